import { PREFIX_FIRST, specified, SPECIFIED_BACKENDS, SPECIFIED_MESH } from '../../gateway-api/read/implementation';
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
  rank: specified(PREFIX_FIRST),
  ageTie: ({ object }) => `${object.name}.${object.namespace}`,
  open: false,
  gateway: { isolation: 'covered-names', fallsBack: false, kindsCompete: false },
  mesh: SPECIFIED_MESH,
  backends: { ...SPECIFIED_BACKENDS, others: [...SPECIFIED_BACKENDS.others, 'networking.istio.io/Hostname'] },
  retryAttempts: 2,
};
