import { Duration } from 'cdk8s';
import {
  CanaryServiceProps, Client, Fault, HeaderMatch, HttpMethod, LoadBalancing, Mirror, PathMatch, Protocol, QueryMatch, Retries, Rewrite, RouteMatch,
  RouteProps, SourceMatch,
} from '../../src';
import { Capability } from '../../src/model/capabilities';

/** The smallest declaration that asks for each capability. `GatewayMatching` needs a gateway of the mesh's own kind and is not here. */
export const SAMPLES: Partial<Record<Capability, Partial<CanaryServiceProps>>> = {
  HTTPRoute: {},
  GRPCRoute: { ports: [{ port: 80, protocol: Protocol.GRPC }] },
  TCPRoute: { ports: [{ port: 80, protocol: Protocol.TCP }] },
  TLSRoute: { ports: [{ port: 443, protocol: Protocol.TLS, sniHosts: ['db.example.com'] }] },
  WeightedSplit: {},
  EndpointSplit: { weights: undefined, splitByPods: true },
  HTTPRoutePathMatching: matching({ path: PathMatch.prefix('/api') }),
  HTTPRoutePathRegexMatching: matching({ path: PathMatch.regex('/items/[0-9]+') }),
  HTTPRouteHeaderMatching: matching({ headers: [HeaderMatch.exact('x-a', '1')] }),
  HTTPRouteHeaderRegexMatching: matching({ headers: [HeaderMatch.regex('x-a', 'a.*')] }),
  HTTPRouteHeaderAbsenceMatching: matching({ headers: [HeaderMatch.absent('x-a')] }),
  HTTPRouteQueryParamMatching: matching({ queryParams: [QueryMatch.exact('a', '1')] }),
  HTTPRouteMethodMatching: matching({ method: HttpMethod.POST }),
  SourceMatching: matching({ source: SourceMatch.namespace('tests') }),
  HTTPRouteParentRefPort: { ports: [{ port: 80 }, { port: 81 }], routes: [{ port: 81, weights: { v2: 1 } }] },
  FaultDelay: doing({ fault: Fault.delay(Duration.seconds(1)) }),
  FaultAbort: doing({ fault: Fault.abort(503) }),
  HTTPRouteRequestMirror: doing({ mirrors: [Mirror.to('v1')] }),
  HTTPRouteRequestPercentageMirror: doing({ mirrors: [Mirror.to('v1', 10)] }),
  HTTPRouteRequestMultipleMirrors: doing({ mirrors: [Mirror.to('v1'), Mirror.to('v3')] }),
  HTTPRouteRequestHeaderModification: doing({ requestHeaders: { set: { 'x-a': '1' } } }),
  HTTPRouteResponseHeaderModification: doing({ responseHeaders: { remove: ['server'] } }),
  HTTPRouteHostRewrite: doing({ rewrite: Rewrite.hostname('other.example.com') }),
  HTTPRoutePathRewrite: doing({ rewrite: Rewrite.path('/new') }),
  HTTPRouteRedirect: { routes: [{ matches: [{ path: PathMatch.exact('/a') }], redirect: { path: '/b' } }] },
  HTTPRouteRequestTimeout: doing({ timeout: Duration.seconds(1) }),
  HTTPRouteRetry: doing({ retries: Retries.attempts(3, { retryOn: ['503'] }) }),
  RoundRobin: { trafficPolicy: { loadBalancing: LoadBalancing.roundRobin() } },
  LeastRequest: { trafficPolicy: { loadBalancing: LoadBalancing.leastRequest() } },
  Random: { trafficPolicy: { loadBalancing: LoadBalancing.random() } },
  Passthrough: { weights: undefined, splitByPods: true, trafficPolicy: { loadBalancing: LoadBalancing.passthrough() } },
  ConsistentHash: { trafficPolicy: { loadBalancing: LoadBalancing.hashSourceIp() } },
  ConnectionPool: { trafficPolicy: { connectionPool: { maxConnections: 10 } } },
  OutlierDetection: { trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } } },
  VersionTrafficPolicy: {
    versions: [
      { name: 'v1', image: 'web:1' }, { name: 'v2', image: 'web:2' },
      { name: 'v3', image: 'web:3', trafficPolicy: { connectionPool: { maxConnections: 10 } } },
    ],
  },
  ServiceAccountAccess: { allowFrom: [Client.serviceAccount('cart')] },
  NamespaceAccess: { allowFrom: [Client.namespace('tests')] },
  RequestAccess: { allowFrom: [Client.serviceAccount('cart', { requests: [{ methods: [HttpMethod.GET] }] })] },
};

/** What every sample is made of, unless it says otherwise. */
export const BASE: CanaryServiceProps = {
  ports: [{ port: 80 }],
  versions: ['v1', 'v2', 'v3'].map((name) => ({ name, image: `web:${name}` })),
  weights: { v1: 1, v2: 1, v3: 1 },
};

function matching(match: RouteMatch): Partial<CanaryServiceProps> {
  return { routes: [{ matches: [match], weights: { v2: 1 } }] };
}

function doing(filter: Partial<RouteProps>): Partial<CanaryServiceProps> {
  return { routes: [{ matches: [{ path: PathMatch.exact('/a') }], weights: { v2: 1 }, ...filter }] };
}
