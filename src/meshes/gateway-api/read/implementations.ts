import { bySum, Implementation, namespaceFirst, PREFIX_FIRST, REGEX_FIRST, specified, SPECIFIED_BACKENDS, SPECIFIED_MESH } from './implementation';
import { Action, Destination, Target } from '../../../evaluation/route-table';

const ENVOY_TIMEOUT = 15_000;

/** Any implementation that keeps to the specification. What that leaves open is doubtful. */
export const CONFORMANT: Implementation = {
  name: 'an implementation of the Gateway API',
  takes: () => true,
  covers: 'whole',
  rank: specified(PREFIX_FIRST),
  ageTie: namespaceFirst,
  open: true,
  gateway: { isolation: 'hosts', fallsBack: false },
  mesh: SPECIFIED_MESH,
  backends: SPECIFIED_BACKENDS,
  retryAttempts: 1,
};

/** @see https://github.com/envoyproxy/gateway/blob/v1.9.1/internal/gatewayapi/sort.go */
export const ENVOY_GATEWAY: Implementation = {
  ...CONFORMANT,
  name: 'Envoy Gateway',
  takes: classOf(['eg', 'envoy-gateway'], 'gateway.envoyproxy.io/gatewayclass-controller'),
  rank: ({ path, method, headers, query, grpc }) => {
    // A method of any service becomes a condition on the header `:path`, and so do methods of HTTP.
    const anyService = grpc !== undefined && !grpc.regex && !grpc.service && grpc.method !== undefined;
    const written = anyService || path.kind === 'any' || (path.kind === 'prefix' && path.value === '/') ? { kind: 'prefix', value: '' } : path;
    return [
      ['prefix', 'regex', 'exact'].indexOf(written.kind), written.value.length,
      headers.all + Number(method || anyService), headers.exact + Number(method), query.all, query.exact,
    ];
  },
  open: false,
  gateway: { isolation: 'equal-names', fallsBack: false },
  backends: { ...SPECIFIED_BACKENDS, others: [...SPECIFIED_BACKENDS.others, 'gateway.envoyproxy.io/Backend'], split: failingTogether },
  mesh: undefined,
  timeoutMilliseconds: ENVOY_TIMEOUT,
  retryAttempts: 2,
};

/** @see https://docs.cilium.io/en/latest/network/servicemesh/gateway-api/gamma/ */
export const CILIUM: Implementation = {
  ...CONFORMANT,
  name: 'Cilium',
  takes: classOf(['cilium'], 'io.cilium/gateway-controller'),
  runs: (cluster) => cluster.objects.some(({ group }) => group === 'cilium.io'),
  rank: specified(REGEX_FIRST),
  open: false,
  mesh: { ...SPECIFIED_MESH, consumers: 'ignored' },
};

/** @see https://github.com/projectcontour/contour/blob/main/internal/dag/gatewayapi_processor.go */
export const CONTOUR: Implementation = {
  ...CONFORMANT,
  name: 'Contour',
  takes: classOf(['contour'], 'projectcontour.io/gateway-controller'),
  rank: specified(REGEX_FIRST),
  open: false,
  mesh: undefined,
  timeoutMilliseconds: ENVOY_TIMEOUT,
};

/**
 * One sum of points, and expressions that are found anywhere.
 * @see https://github.com/traefik/traefik/blob/v3.6/pkg/provider/kubernetes/gateway/httproute.go (buildMatchRule)
 */
export const TRAEFIK: Implementation = {
  ...CONFORMANT,
  name: 'Traefik',
  takes: classOf(['traefik'], 'traefik.io/gateway-controller'),
  covers: 'part',
  rank: ({ path, method, headers, query }) => {
    const points = path.kind === 'exact' ? 100_000 : path.kind === 'prefix' && path.value === '/' ? 1 : 10_000 + 100 * path.value.length;
    return [points + 1000 * Number(method) + 100 * headers.all + 10 * query.all];
  },
  open: false,
  gateway: { ...CONFORMANT.gateway, fallsBack: true },
  mesh: undefined,
};

/** Where no backend is sound, the answer is 500 for calls too. @see https://github.com/envoyproxy/gateway/blob/v1.9.1/internal/gatewayapi/route.go */
function failingTogether(destinations: readonly Destination[], stream: boolean): Action {
  const taken = destinations.filter(({ weight }) => weight > 0);
  const broken = !stream && taken.every(({ to }) => to.kind === 'lost');
  return bySum(broken ? taken.map((one) => ({ ...one, to: { ...one.to, status: 500 } as Target })) : destinations, stream);
}

function classOf(names: readonly string[], controller: string): Implementation['takes'] {
  return (one) => (one.controller === undefined ? names.includes(one.name) : one.controller === controller);
}
