import { Action, Destination } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';

/** What a client gets while nothing is there to send a request to. */
export const NO_ENDPOINTS = 504;

/** Seen on the wire: the proxy ends the connection. */
export const PANIC = 'the proxy panics where several backends have no weight at all';

/**
 * Backends without endpoints are passed over, and the others take their share. A lone backend gets everything, whatever its weight.
 * @see https://github.com/linkerd/linkerd2-proxy/tree/main/linkerd/distribute
 */
export function split(destinations: readonly Destination[], stream: boolean, cluster: Cluster): Action {
  const empty = stream ? 'closed' : NO_ENDPOINTS;
  const all = (destinations.length === 1 ? [{ ...destinations[0], weight: 1 }] : destinations)
    .map((one): Destination => (one.to.kind === 'pods' ? { ...one, to: { ...one.to, emptyStatus: empty } } : one));
  const taken = all.filter(({ weight }) => weight > 0);
  if (taken.length === 0) return { kind: 'answer', status: 'closed', reason: PANIC };
  const available = taken.filter(({ to }) => to.kind !== 'pods' || cluster.endpoints(to.service, to.port).length > 0);
  return { kind: 'forward', destinations: available.length > 0 ? available : taken };
}
