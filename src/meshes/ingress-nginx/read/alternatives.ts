import { canaryOf } from './canary';
import { ANY_HOST, Location, Servers, typeOf } from './servers';
import { Upstream, upstreamName } from './upstreams';
import { Backend, Ingress } from '../../plain-ingress/read/ingress';

/**
 * Hangs the upstreams of canaries on those of the locations that they repeat. A canary that finds none for one of its paths is taken away
 * altogether, also from those that it has found: their requests stay with them.
 * @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go (mergeAlternativeBackends)
 */
export function mergeAlternatives(ingresses: readonly Ingress[], upstreams: Map<string, Upstream>, servers: Servers): void {
  for (const ingress of ingresses.filter(({ object }) => canaryOf(object))) {
    const { defaultBackend, rules } = ingress;
    const all = servers.get(ANY_HOST)!;
    if (defaultBackend?.service !== undefined) merge({ ingress, upstreams, backend: defaultBackend, locations: all, repeats: () => true });
    for (const { host, paths } of rules) {
      for (const path of paths) {
        const locations = servers.get(host);
        const repeats = (location: Location) => location.path === path.path && location.pathType === typeOf(path);
        if (locations) merge({ ingress, upstreams, backend: path.backend, locations, repeats });
      }
    }
  }
}

interface Merging {
  readonly ingress: Ingress;
  readonly backend: Backend;
  readonly upstreams: Map<string, Upstream>;
  readonly locations: readonly Location[];
  readonly repeats: (location: Location) => boolean;
}

function merge({ ingress, backend, upstreams, locations, repeats }: Merging): void {
  const alternative = backend.service === undefined ? undefined : upstreams.get(upstreamName(ingress, backend));
  if (!alternative) return;
  let merged = false;
  for (const location of locations) {
    const main = location.upstream === undefined ? undefined : upstreams.get(location.upstream);
    // It gets requests of its own already.
    if (main === alternative) return;
    if (!main || main.canary || !repeats(location)) continue;
    if (!main.alternatives.includes(alternative.name)) main.alternatives.push(alternative.name);
    merged = true;
  }
  if (!merged) upstreams.delete(alternative.name);
}
