import { canaryOf } from './canary';
import { Upstream, upstreamName } from './upstreams';
import { Backend, Ingress, IngressPath } from '../../plain-ingress/read/ingress';

/** A path of a server, and whose requests it takes. */
export interface Location {
  readonly path: string;
  readonly pathType: string;
  /** Absent: the controller's own backend, which answers 404. */
  readonly upstream?: string;
  readonly ingress?: Ingress;
  readonly place: string;
  /** Any path of an Ingress replaces it. */
  readonly isDefault: boolean;
  /** Younger Ingresses that claim the same path in vain. */
  readonly rivals: readonly Ingress[];
}

/** Locations of servers, by host. */
export type Servers = Map<string, Location[]>;

/** The server for hosts that no other one is for. */
export const ANY_HOST = '';

/** @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go (createServers, getBackendServers) */
export function serversOf(ingresses: readonly Ingress[], upstreams: ReadonlyMap<string, Upstream>): Servers {
  const servers: Servers = new Map([[ANY_HOST, [fallback(undefined, undefined)]]]);
  for (const ingress of ingresses) addServers(servers, ingress);
  for (const ingress of ingresses) {
    for (const { host, paths } of ingress.rules) {
      // A canary names hosts that have no server of their own.
      const locations = servers.get(host) ?? servers.get(ANY_HOST)!;
      for (const path of paths) addLocation(locations, ingress, path, upstreams);
    }
  }
  return servers;
}

/** A default backend takes what its own Ingress does not, and everything where that has no rules. */
function addServers(servers: Servers, ingress: Ingress): void {
  if (canaryOf(ingress.object)) return;
  const [first] = servers.get(ANY_HOST)!;
  if (ingress.defaultBackend && ingress.rules.length === 0 && first.isDefault) {
    servers.set(ANY_HOST, [{ ...fallback(ingress, ingress.defaultBackend), isDefault: false }]);
  }
  for (const { host } of ingress.rules) {
    if (!servers.has(host)) servers.set(host, [fallback(ingress, ingress.defaultBackend)]);
  }
}

function fallback(ingress: Ingress | undefined, backend: Backend | undefined): Location {
  const upstream = ingress && backend?.service !== undefined ? upstreamName(ingress, backend) : undefined;
  return { path: '/', pathType: 'Prefix', upstream, ingress, place: 'defaultBackend', isDefault: true, rivals: [] };
}

/** Of two with one path and type the older counts. What a canary has made is no backend of a server. */
function addLocation(locations: Location[], ingress: Ingress, path: IngressPath, upstreams: ReadonlyMap<string, Upstream>): void {
  if (path.backend.service === undefined) return;
  const upstream = upstreams.get(upstreamName(ingress, path.backend));
  if (!upstream || upstream.canary) return;
  const pathType = typeOf(path);
  const made: Location = { path: path.path, pathType, upstream: upstream.name, ingress, place: path.place, isDefault: false, rivals: [] };
  const at = locations.findIndex((one) => one.path === path.path && one.pathType === pathType);
  if (at < 0) locations.push(made);
  else if (locations[at].isDefault) locations[at] = made;
  else if (locations[at].upstream !== upstream.name) locations[at] = { ...locations[at], rivals: [...locations[at].rivals, ingress] };
}

/** What is left to the controller is a prefix. @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/k8s/main.go (SetDefaultNGINXPathType) */
export function typeOf({ pathType }: IngressPath): string {
  return pathType === undefined || pathType === 'ImplementationSpecific' ? 'Prefix' : pathType;
}
