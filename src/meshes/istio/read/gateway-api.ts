import { groupedBy } from '../../../manifests/grouped';
import { byPath, MeshRoute, PREFIX_FIRST, SPECIFIED_BACKENDS, SPECIFIED_MESH } from '../../gateway-api/read/implementation';
import { MeshImplementation } from '../../gateway-api/read/service-routes';

/**
 * Istio as an implementation of the Gateway API, for gateways and for sidecars.
 * @see https://github.com/istio/istio/blob/master/pilot/pkg/config/kube/gateway/conversion.go
 */
export const ISTIO_ROUTES: MeshImplementation = {
  name: 'Istio',
  takes: ({ name, controller }) => (controller === undefined ? ['istio', 'istio-remote'].includes(name) : /^istio\.io\/(unmanaged-)?gateway-controller$/.test(controller)),
  runs: (cluster) => cluster.objects.some(({ group }) => group.endsWith('.istio.io')) || cluster.ofKind('', 'Namespace').some(({ labels }) => labels['istio-injection'] === 'enabled'),
  covers: 'whole',
  rank: byPath(PREFIX_FIRST),
  ageTie: ({ object }) => `${object.name}.${object.namespace}`,
  open: false,
  gateway: { isolation: 'covered-names', fallsBack: false, apart: 'Istio makes a VirtualService of each kind of route and of each host name as it is written' },
  mesh: { ...SPECIFIED_MESH, chosen: oldestVirtualService },
  backends: { ...SPECIFIED_BACKENDS, others: [...SPECIFIED_BACKENDS.others, 'networking.istio.io/Hostname'], lostCall: 500 },
  retryAttempts: 2,
};

/**
 * Routes of one kind, namespace and port become one VirtualService. Of several for one host the oldest counts alone, or the one whose name,
 * in which the port comes first, does.
 * @see https://github.com/istio/istio/blob/master/pilot/pkg/config/kube/gateway/route_collections.go
 */
function oldestVirtualService(all: readonly MeshRoute[]) {
  const groups = [...groupedBy(all, ({ route, port }) => `${port === undefined ? 'root' : port} ${route.kind}`)].sort(([a, first], [b, second]) => {
    const [ageA, ageB] = [oldest(first), oldest(second)];
    if (ageA !== undefined && ageB !== undefined && ageA !== ageB) return ageA < ageB ? -1 : 1;
    return a < b ? -1 : 1;
  });
  const [[, routes] = ['', []], ...others] = groups;
  const ages = groups.map(([, group]) => oldest(group));
  const kinds = new Set(all.map(({ route }) => route.kind));
  const unsure = others.length > 0 && (kinds.size > 1 || ages.includes(undefined) || new Set(ages).size < ages.length);
  const titles = others.flatMap(([, group]) => group.map(({ route }) => route.object.title));
  return { routes, doubts: unsure ? [`${titles.join(', ')}: not followed by Istio beside ${routes[0].route.object.title}, unless older, and the age is not known`] : [] };
}

/** Nothing: not all ages are known. */
function oldest(routes: readonly MeshRoute[]): string | undefined {
  const ages = routes.map(({ route }) => route.object.created);
  return ages.includes(undefined) ? undefined : ages.sort()[0];
}
