import { cases, Case } from './canary';
import { alternativeDoubts, locationDoubts, sessionDoubts } from './doubts';
import { filters, redirect } from './filters';
import { Tried } from './locations';
import { Upstream } from './upstreams';
import { Action, Answer, TableRule } from '../../../evaluation/route-table';
import { KubeObject } from '../../../manifests/kube-object';

/** The controller's own backend. */
export const NOT_FOUND: Answer = { kind: 'answer', status: 404, reason: 'no path of an Ingress takes the request' };

/**
 * What becomes of the requests that come to a location: a rule for each case in which a canary decides otherwise. None where they are left to the
 * controller's own backend, which is so at the last location only.
 */
export function rulesOf({ location, conditions, slash, doubts }: Tried, upstreams: ReadonlyMap<string, Upstream>): TableRule[] {
  const unsure = [...doubts, ...locationDoubts(location)];
  const rule = (action: Action): TableRule => ({ object: location.ingress?.object, place: location.place, conditions, action, doubts: unsure });
  // @see https://nginx.org/en/docs/http/ngx_http_core_module.html#location: one that ends with a slash and hands requests on.
  if (slash !== undefined) return [rule({ kind: 'redirect', status: 301, path: { kind: 'full', value: slash } })];
  const elsewhere = redirect(location);
  if (elsewhere) return [rule(elsewhere)];
  const main = location.upstream === undefined ? undefined : upstreams.get(location.upstream);
  if (!main) return [];
  const forward = (one: Pick<Case, 'destinations'>): Action => ({ kind: 'forward', destinations: one.destinations, filters: filters(location) });
  const split = splitOf(main, upstreams);
  if (!split) return [rule(forward({ destinations: [{ weight: 1, to: main.to }] }))];
  return split.cases.map((one) => ({
    object: split.object,
    place: `metadata.annotations, at ${location.ingress?.object.name ?? ''} ${location.place}`,
    conditions: [...conditions, ...one.conditions],
    action: forward(one),
    doubts: [...unsure, ...one.doubts ?? [], ...sessionDoubts(location), ...alternativeDoubts(main, upstreams)],
  }));
}

interface Split {
  readonly object: KubeObject;
  readonly cases: readonly Case[];
}

/**
 * The first canary shares the requests of an upstream, whichever path they come by; without endpoints of its own it leaves all to the main
 * Ingress, and without those of the main one nobody asks for it.
 * @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/balancer.lua (get_balancer, sync_backend)
 */
function splitOf(main: Upstream, upstreams: ReadonlyMap<string, Upstream>): Split | undefined {
  const alternative = upstreams.get(main.alternatives[0] ?? '');
  if (!main.hasEndpoints || !alternative?.hasEndpoints || !alternative.canary) return undefined;
  return { object: alternative.canary.object, cases: cases(alternative.canary, main.to, alternative.to) };
}
