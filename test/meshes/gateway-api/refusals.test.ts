import { App, Chart, Duration, Testing } from 'cdk8s';
import { declare, Declared, Exposed, findingsOf } from './manifests';
import {
  Client, ExposeViaGatewayOptions, Fault, GatewayApiGateway, GatewayApiImplementation as Implementation, HeaderMatch, HttpMethod, LoadBalancing, Mesh,
  PathMatch, Protocol, QueryMatch, Retries, Rewrite, SourceMatch, TcpRouteVersion, TlsMode,
} from '../../../src';
import { reported } from '../../findings';

interface Refusal {
  readonly name: string;
  readonly declared: Declared;
  readonly findings: readonly string[];
}

const lacks = (place: string, what: string, remedy = 'leave it out, or choose a mesh that can') =>
  `[shop/web] capability-missing at ${place}: the mesh "gateway-api" cannot ${what}; ${remedy}`;
const channel = 'give `channel: GatewayApiChannel.EXPERIMENTAL` if the cluster has the experimental CRDs: the standard ones drop the field without a word';
const on = (implementation: Implementation) => ({ options: { implementation } });
const items = { matches: [{ path: PathMatch.regex('/items/[0-9]+') }], weights: { v2: 1 } };
const grpc = { ports: [{ port: 90, protocol: Protocol.GRPC }] };

test.each<Refusal>([
  {
    name: 'faults, sources, retries, policies and access',
    declared: {
      routes: [{ matches: [{ path: PathMatch.exact('/x'), source: SourceMatch.labels({ app: 'cart' }) }], fault: Fault.abort(503), retries: Retries.attempts(2) }],
      trafficPolicy: { loadBalancing: LoadBalancing.random() },
      allowFrom: [Client.serviceAccount('cart')],
    },
    findings: [
      lacks('routes[0].matches[0]', 'match the pod that sends a request (SourceMatching)'), lacks('routes[0].fault', 'abort requests (FaultAbort)'), lacks('routes[0].retries', 'retry requests as declared (HTTPRouteRetry)', channel),
      lacks('trafficPolicy.loadBalancing', 'pick pods at random (Random)'), lacks('allowFrom[0]', 'allow clients by service account (ServiceAccountAccess)'),
    ],
  },
  { name: 'a regular expression where no dialect is known', declared: { routes: [items] }, findings: [lacks('routes[0].matches[0]', 'match paths by regular expression (HTTPRoutePathRegexMatching)')] },
  {
    name: 'presence where no dialect is known',
    declared: { routes: [{ matches: [{ headers: [HeaderMatch.present('x-a')], queryParams: [QueryMatch.exact('q', '1')] }], weights: { v2: 1 } }] },
    findings: ['[shop/web] capability-missing at routes[0].matches: this takes a regular expression, and those of CONFORMANT are not known; '
      + 'compare with an exact value, or choose another implementation'],
  },
  {
    name: 'a regular expression before a prefix, where prefixes come first',
    declared: { ...on(Implementation.ISTIO), routes: [items] },
    findings: ['[shop/web] order-inexpressible at routes[0]: the Gateway API has no order of rules, and on ISTIO some requests that routes[0] takes first '
      + 'would be taken by weights; let their conditions exclude each other, or choose another implementation'],
  },
  { name: 'nothing, where regular expressions come before prefixes', declared: { ...on(Implementation.CILIUM), routes: [items] }, findings: [] },
  {
    name: 'a replaced prefix that would have to name a longer one',
    declared: {
      routes: [
        { matches: [{ path: PathMatch.prefix('/api') }], rewrite: Rewrite.prefix('/') },
        { matches: [{ path: PathMatch.prefix('/api/v2') }, { path: PathMatch.exact('/x') }], weights: { v2: 1 } },
      ],
    },
    findings: ['[shop/web] rule-unreachable at routes[1].matches[0]: all its requests are taken by routes[0]; put the route first, or drop the match'],
  },
  {
    name: 'a replaced prefix that a more specific rule would take from',
    declared: {
      routes: [
        { matches: [{ path: PathMatch.prefix('/api'), headers: [HeaderMatch.exact('x-a', '1')] }], rewrite: Rewrite.prefix('/') },
        { matches: [{ path: PathMatch.prefix('/api/v2') }], weights: { v2: 1 } },
      ],
    },
    findings: ['[shop/web] order-inexpressible at routes[0]: the Gateway API has no order of rules, and on CONFORMANT some requests that routes[0] takes first '
      + 'would be taken by routes[1]; let their conditions exclude each other, or declare routes[1] first'],
  },
  {
    name: 'rules for an implementation that takes gateways only',
    declared: on(Implementation.ENVOY_GATEWAY),
    findings: ['[shop/web] capability-missing at mesh.implementation: ENVOY_GATEWAY takes routes for gateways only, so that requests inside the cluster '
      + 'would not follow the rules; choose an implementation that takes routes for Services, or `splitByPods`'],
  },
  { name: 'nothing without rules, though it takes gateways only', declared: { ...on(Implementation.TRAEFIK), splitByPods: true }, findings: [] },
  {
    name: 'a version of TCPRoutes that the implementation does not know',
    declared: {
      options: { implementation: Implementation.LINKERD, tcpRouteVersion: TcpRouteVersion.V1 },
      ports: [{ port: 70, protocol: Protocol.TCP }],
    },
    findings: ['[shop/web] capability-missing at mesh.tcpRouteVersion: LINKERD does not know TCPRoutes of version v1; use one of v1alpha2'],
  },
  { name: 'a kind of route that the implementation lacks', declared: { ...on(Implementation.CILIUM), ports: [{ port: 70, protocol: Protocol.TCP }] }, findings: [lacks('ports[0]', 'route TCP connections (TCPRoute)')] },
  {
    name: 'more than a GRPCRoute can say',
    declared: {
      ...grpc,
      timeout: Duration.seconds(1),
      routes: [
        { matches: [{ path: PathMatch.prefix('/shop.Cart') }], weights: { v2: 1 } },
        { matches: [{ method: HttpMethod.POST, queryParams: [QueryMatch.exact('q', '1')] }], rewrite: Rewrite.hostname('in.example'), weights: { v2: 1 } },
      ],
    },
    findings: [
      'routes[0].matches: a GRPCRoute has no condition for the prefix path "/shop.Cart", just "/package.Service/Method"', 'timeout: a GRPCRoute has no timeout',
      'routes[1].matches: a GRPCRoute has no condition on the HTTP method', 'routes[1].matches: a GRPCRoute has no condition on query parameters',
      'routes[1].rewrite: a GRPCRoute has no rewrite',
    ].map((what) => `[shop/web] capability-missing at ${what}; limit the rule to another \`port\`, or drop it`),
  },
  {
    name: 'more rules than a route holds',
    declared: { routes: Array.from({ length: 16 }, (_, index) => ({ matches: [{ path: PathMatch.exact(`/x${index}`) }], weights: { v2: 1 } })) },
    findings: ['[shop/web] capability-missing at routes: 17 rules for one HTTPRoute, which holds 16; declare fewer'],
  },
  {
    name: 'more matches than a rule holds',
    declared: { routes: [{ matches: Array.from({ length: 65 }, (_, index) => ({ path: PathMatch.exact(`/x${index}`) })), weights: { v2: 1 } }] },
    findings: ['[shop/web] capability-missing at routes[0].matches: 65 matches, and a rule of a HTTPRoute holds 64; declare fewer'],
  },
  {
    name: 'more matches than a route holds, once earlier rules name what they share with later ones',
    declared: {
      routes: [
        { matches: Array.from({ length: 40 }, (_, index) => ({ headers: [HeaderMatch.exact(`x-${index}`, '1')] })), weights: { v2: 1 } },
        { matches: [{ path: PathMatch.prefix('/a') }, { path: PathMatch.prefix('/b') }, { path: PathMatch.prefix('/c') }], weights: { v3: 1 } },
      ],
    },
    findings: [
      '[shop/web] capability-missing at routes: 129 matches for one HTTPRoute, which holds 128; declare fewer',
      '[shop/web] capability-missing at routes[0].matches: 125 matches, and a rule of a HTTPRoute holds 64; declare fewer',
    ],
  },
  {
    name: 'a path that the CRD refuses',
    declared: { routes: [{ matches: [{ path: PathMatch.prefix('/a|b') }], weights: { v2: 1 } }] },
    findings: ['[shop/web] path-invalid at routes[0].matches: "/a|b" is no path that routes of the Gateway API take; '
      + 'encode such characters, and leave out encoded slashes'],
  },
  {
    name: 'a per cent sign of unknown meaning',
    declared: { requestHeaders: { set: { 'x-share': '50%' } } },
    findings: ['[shop/web] header-invalid at requestHeaders: nobody says whether CONFORMANT takes "%" for the beginning of a placeholder; leave "%" out'],
  },
  {
    name: 'a redirect to another scheme from a port that the target would not have',
    declared: { ports: [{ port: 8080 }], routes: [{ matches: [{ path: PathMatch.exact('/x') }], redirect: { scheme: 'https' } }] },
    findings: ['[shop/web] redirect-invalid at routes[0].redirect: requests come in on port 8080, and a route would send them to the default port of https; name the `port`'],
  },
])('inside the cluster: $name', ({ declared, findings }) => {
  expect(findingsOf(declared)).toEqual(findings);
});

const http: Exposed['gateway'] = { implementation: Implementation.ENVOY_GATEWAY, listeners: [{ port: 80, protocol: Protocol.HTTP }] };
const cannot = (place: string, what: string, remedy = 'leave it out, or use a gateway of the mesh') =>
  `[shop/web/Exposure1] capability-missing at ${place}: the gateway "edge" (ENVOY_GATEWAY) sends straight to the pods and cannot ${what}; ${remedy}`;

test.each<Refusal & { readonly exposed: readonly Exposed[] }>([
  {
    name: 'what only the mesh would do',
    declared: {
      mesh: Mesh.istio(),
      routes: [{ matches: [{ path: PathMatch.exact('/x') }], fault: Fault.abort(503), retries: Retries.none() }],
      trafficPolicy: { outlierDetection: { consecutive5xxErrors: 3 } },
    },
    exposed: [{ gateway: http }],
    findings: [cannot('routes[0].fault', 'abort requests (FaultAbort)'), cannot('routes[0].retries', 'retry requests as declared (HTTPRouteRetry)', channel), cannot('trafficPolicy.outlierDetection', 'leave failing pods out (OutlierDetection)')],
  },
  {
    name: 'named clients, and a gateway that nobody knows',
    declared: { mesh: Mesh.istio(), allowFrom: [Client.serviceAccount('cart')] },
    exposed: [{ gateway: http }],
    findings: ['[shop/web/Exposure1] exposure-invalid at gateway: the service lets in named clients only, and the pods of the gateway "edge" have no account '
      + 'that the mesh knows; give the gateway `serviceAccountName` if its pods belong to the mesh, or drop `allowFrom`'],
  },
  {
    name: 'nothing, if the gateway belongs to the mesh',
    declared: { mesh: Mesh.istio(), allowFrom: [Client.serviceAccount('cart')] },
    exposed: [{ gateway: { ...http, implementation: Implementation.ISTIO } }],
    findings: [],
  },
  {
    name: 'a gateway that admits other namespaces only',
    declared: {},
    exposed: [{ gateway: { ...http, namespace: 'infra' } }],
    findings: ['[shop/web/Exposure1] exposure-invalid at gateway: the gateway "edge" admits routes of its namespace "infra" alone, and the service is in "shop"; '
      + 'give the gateway `allowedRoutes: AllowedRoutes.ALL`'],
  },
  {
    name: 'listeners that the Gateway API has no words for',
    declared: {},
    exposed: [{
      gateway: {
        listeners: [
          { port: 80, protocol: Protocol.HTTP, hosts: ['a.example', 'b.example'], httpsRedirect: true },
          { port: 443, protocol: Protocol.HTTPS, tls: { mode: TlsMode.MUTUAL, secretName: 'cert' } },
        ],
      },
      exposure: { listener: 'https-443' },
    }],
    findings: [
      '[shop/edge] listener-invalid at listeners[0].hosts: a listener of the Gateway API takes one host, not 2; declare a listener for each',
      '[shop/edge] listener-invalid at listeners[0].httpsRedirect: a listener of the Gateway API redirects nothing; declare a route with a `redirect`',
      '[shop/edge] listener-invalid at listeners[1].tls.mode: a listener of the Gateway API asks no client for a certificate; use `TlsMode.TERMINATE`',
    ],
  },
  {
    name: 'streams of TLS whose names are not said',
    declared: { ports: [{ port: 8443, protocol: Protocol.TLS }] },
    exposed: [{ gateway: { listeners: [{ port: 443, protocol: Protocol.TLS, tls: { mode: TlsMode.PASSTHROUGH } }] } }],
    findings: ['[shop/web/Exposure1] exposure-invalid at hosts: a TLSRoute has to name its hosts; name the hosts, "*." and a DNS name for many'],
  },
  {
    name: 'routes for an implementation without gateways',
    declared: {},
    exposed: [{ gateway: { ...http, implementation: Implementation.LINKERD } }],
    findings: ['[shop/web/Exposure1] capability-missing at gateway: LINKERD takes no HTTPRoute for gateways; choose another implementation'],
  },
  {
    name: 'a later rule that has more points, where the sum of points decides',
    declared: {
      ...on(Implementation.CILIUM),
      routes: [
        { matches: [{ path: PathMatch.regex('/a.*') }], weights: { v2: 1 } },
        { matches: [{ path: PathMatch.prefix('/abc') }], weights: { v3: 1 } },
      ],
    },
    exposed: [{ gateway: { ...http, implementation: Implementation.TRAEFIK } }],
    findings: ['[shop/web/Exposure1] order-inexpressible at routes[0]: the Gateway API has no order of rules, and on TRAEFIK some requests that routes[0] takes '
      + 'first would be taken by routes[1]; let their conditions exclude each other, or declare routes[1] first'],
  },
])('on a gateway: $name', ({ declared, exposed, findings }) => {
  expect(findingsOf(declared, ...exposed)).toEqual(findings);
});

test('on a gateway: two exposures of the same requests, or of one name in two kinds', () => {
  const expose = (second: ExposeViaGatewayOptions) => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const service = declare(chart, { ports: [{ port: 80 }, { port: 90, protocol: Protocol.GRPC }] });
    const gateway = new GatewayApiGateway(chart, 'edge', { gatewayClassName: 'edge', listeners: [{ port: 80, protocol: Protocol.HTTP }] });
    service.exposeViaGateway(gateway, { port: 80, hosts: ['a.example'] });
    service.exposeViaGateway(gateway, { port: 80, ...second });
    return reported(() => Testing.synth(chart));
  };
  const older = '[shop/web/Exposure2] exposure-invalid at matches: "shop/web/Exposure1" exposes some of the same requests on the gateway "edge", and the older '
    + 'object would decide; expose other hosts or paths, or on another listener';

  expect(expose({ name: 'other', hosts: ['a.example'] })).toEqual([older]);
  expect(expose({ name: 'other', hosts: ['a.example'], matches: [{ path: PathMatch.prefix('/more') }] })).toEqual([]);
  expect(expose({ name: 'other', hosts: ['b.example'] })).toEqual([]);
  expect(expose({ name: 'other', hosts: ['a.example'], port: 90 })).toEqual([older]);
  expect(expose({ hosts: ['b.example'], port: 90 })).toEqual(['[shop/web/Exposure2] object-duplicate at name: "shop/web/Exposure1" has a route of this name and '
    + 'another kind, and implementations mix them up; give one of them another name']);
});
