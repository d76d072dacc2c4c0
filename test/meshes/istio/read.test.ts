import * as fc from 'fast-check';
import { parseAllDocuments as loadAll } from 'yaml';
import { RequestSource, Traffic, TrafficRequest } from '../../../src';

/** A Service `web` of namespace `shop` with three versions, of which v3 has no pods, a Service `echo` for connections to the same pods, and `api` in namespace `bank`. */
const WORLD = `
${service('shop', 'web', '{name: http, port: 80, targetPort: 8080}')}
${service('shop', 'echo', '{name: tcp, port: 9000}').replace('app: echo', 'app: web')}
${service('bank', 'api', '{name: http, port: 80}, {name: http-admin, port: 8080}')}
${deployment('shop', 'web', 'v1', 3)}
${deployment('shop', 'web', 'v2', 1)}
${deployment('shop', 'web', 'v3', 0)}
${deployment('bank', 'api', 'v1', 1)}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: web, namespace: shop}
spec:
  host: web
  subsets:
  - {name: v1, labels: {version: v1}}
  - {name: v2, labels: {version: v2}}
  - {name: v3, labels: {version: v3}}
  - {name: typo, labels: {version: v22}}
`;

function service(namespace: string, name: string, ports: string): string {
  return `---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {app: ${name}}, ports: [${ports}]}`;
}

function deployment(namespace: string, app: string, version: string, replicas: number): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${app}-${version}, namespace: ${namespace}}
spec:
  replicas: ${replicas}
  template:
    metadata: {labels: {app: ${app}, version: ${version}}}
    spec: {containers: [{name: app}]}`;
}

function virtualService(spec: string, { name = 'web', namespace = 'shop', created = '' } = {}): string {
  return `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: ${namespace}${created ? `, creationTimestamp: "${created}"` : ''}}
spec: ${spec}
`;
}

/** What becomes of a request of a pod with a sidecar in namespace `shop`: shares of versions and of statuses. */
function outcome(objects: string, request: Partial<TrafficRequest> = {}): Record<string, number> {
  const decision = Traffic.fromYaml(WORLD + objects).decide({ host: 'web', port: 80, ...request });
  const shares: Record<string, number> = {};
  for (const { version, status, outside, share } of decision.outcomes) {
    const what = version ?? status ?? outside ?? '';
    shares[what] = (shares[what] ?? 0) + share;
  }
  return shares;
}

const BY_PODS = { v1: 0.75, v2: 0.25 };
const to = (subset: string, weight?: number) => `{destination: {host: web, subset: ${subset}}${weight === undefined ? '' : `, weight: ${weight}`}}`;

interface Row {
  readonly says: string;
  readonly spec: string;
  readonly asks?: Partial<TrafficRequest>;
  readonly gets: Record<string, number>;
}

/** Sources are files of istio/istio, release 1.31, below `pilot/pkg/`. */
test.each<Row>([
  // networking/core/route/route.go, applyHTTPRouteDestination
  { says: 'weights are shares of their sum', spec: `{hosts: [web], http: [{route: [${to('v1', 1)}, ${to('v2', 3)}]}]}`, gets: { v1: 0.25, v2: 0.75 } },
  { says: 'a lone destination gets everything, whatever its weight', spec: `{hosts: [web], http: [{route: [${to('v2', 0)}]}]}`, gets: { v2: 1 } },
  { says: 'of several destinations the one without weight gets nothing', spec: `{hosts: [web], http: [{route: [${to('v1')}, ${to('v2', 5)}]}]}`, gets: { v2: 1 } },
  // ../../pkg/config/validation/validation.go, validateHTTPRouteDestinations
  { says: 'weights that add up to 0 are refused, and the object has no effect', spec: `{hosts: [web], http: [{route: [${to('v1', 0)}, ${to('v2')}]}]}`, gets: BY_PODS },
  { says: 'a weight that is a text is refused', spec: '{hosts: [web], http: [{route: [{destination: {host: web, subset: v1}, weight: "1"}]}]}', gets: BY_PODS },
  { says: 'a subset that nobody defines is lost', spec: `{hosts: [web], http: [{route: [${to('v9')}]}]}`, gets: { 503: 1 } },
  { says: 'a subset that selects no pod is lost', spec: `{hosts: [web], http: [{route: [${to('typo', 1)}, ${to('v3', 1)}, ${to('v1', 2)}]}]}`, gets: { 503: 0.5, v1: 0.5 } },
  // model/config.go, ResolveShortnameToFQDN
  { says: 'a host with a dot is no short name', spec: `{hosts: [web.shop], http: [{route: [${to('v2')}]}]}`, gets: BY_PODS },
  { says: 'a destination with a dot is no short name', spec: '{hosts: [web], http: [{route: [{destination: {host: web.shop}}]}]}', gets: { 503: 1 } },
  // networking/core/httproute.go: names that are no host of the registry are served on port 80
  { says: 'a host with a dot takes the calls that use that very word', spec: `{hosts: [web.shop], http: [{route: [${to('v2')}]}]}`, asks: { host: 'web.shop' }, gets: { v2: 1 } },
  // networking/core/route/route.go, GetDestinationCluster: a sidecar knows only the ports of the listener
  { says: 'a destination without a port is called on the port of the caller', spec: '{hosts: [web], http: [{route: [{destination: {host: api.bank.svc.cluster.local}}]}]}', gets: { v1: 1 } },
  // networking/core/route/route.go, TranslateRouteMatch
  { says: 'a prefix is of characters', spec: `{hosts: [web], http: [{match: [{uri: {prefix: /v2}}], route: [${to('v2')}]}, {route: [${to('v1')}]}]}`, asks: { path: '/v20' }, gets: { v2: 1 } },
  { says: 'a regular expression has to cover the path', spec: `{hosts: [web], http: [{match: [{uri: {regex: /a}}], route: [${to('v2')}]}, {route: [${to('v1')}]}]}`, asks: { path: '/a/b' }, gets: { v1: 1 } },
  { says: 'no match, no answer', spec: `{hosts: [web], http: [{match: [{uri: {prefix: /v2}}], route: [${to('v2')}]}]}`, gets: { 404: 1 } },
  { says: 'an empty test asks for the header', spec: `{hosts: [web], http: [{match: [{headers: {x-user: {}}}], route: [${to('v2')}]}, {route: [${to('v1')}]}]}`, asks: { headers: { 'X-User': '' } }, gets: { v2: 1 } },
  { says: 'a missing header is not the one that is ruled out', spec: `{hosts: [web], http: [{match: [{withoutHeaders: {x-user: {exact: eve}}}], route: [${to('v2')}]}]}`, gets: { v2: 1 } },
  { says: 'the host header has the port with it', spec: `{hosts: [api.bank.svc.cluster.local], http: [{match: [{authority: {prefix: "api.bank:8080"}}], route: [${to('v2')}]}]}`, asks: { host: 'api.bank', port: 8080 }, gets: { 503: 1 } },
  // sourceMatchHTTP
  { says: 'rules for other clients leave the Service as it is', spec: `{hosts: [web], http: [{match: [{sourceLabels: {app: cli}}], route: [${to('v2')}]}]}`, gets: BY_PODS },
  { says: 'rules for other ports leave the Service as it is', spec: `{hosts: [web], http: [{match: [{port: 8080}], route: [${to('v2')}]}]}`, gets: BY_PODS },
  {
    says: 'a match that names gateways does not look at the client',
    spec: `{hosts: [web], http: [{match: [{gateways: [mesh], sourceLabels: {app: cli}}], route: [${to('v2')}]}]}`,
    gets: { v2: 1 },
  },
  // TranslateFault
  { says: 'a fault without a share hits nobody', spec: `{hosts: [web], http: [{fault: {abort: {httpStatus: 500}}, route: [${to('v1')}]}]}`, gets: { v1: 1 } },
  { says: 'an abort takes its share of everything', spec: `{hosts: [web], http: [{fault: {abort: {httpStatus: 500, percentage: {value: 10}}}, route: [${to('v1')}]}]}`, gets: { 500: 0.1, v1: 0.9 } },
  { says: 'a rule for a gateway is none for the mesh', spec: `{hosts: [web], gateways: [edge], http: [{route: [${to('v2')}]}]}`, gets: BY_PODS },
  { says: 'a plain client meets no rules', spec: `{hosts: [web], http: [{route: [${to('v2')}]}]}`, asks: { from: RequestSource.plain() }, gets: BY_PODS },
])('$says', ({ spec, asks, gets }) => {
  expect(outcome(virtualService(spec), asks)).toEqual(gets);
});

test('of two VirtualServices for one host the older counts, and the doubt says so where nobody knows', () => {
  const rule = (subset: string) => `{hosts: [web], http: [{route: [${to(subset)}]}]}`;
  expect(outcome(virtualService(rule('v1'), { name: 'a', created: '2026-02-01T00:00:00Z' }) + virtualService(rule('v2'), { name: 'b', created: '2026-01-01T00:00:00Z' }))).toEqual({ v2: 1 });

  const { shares, doubts } = Traffic.fromYaml(WORLD + virtualService(rule('v1'), { name: 'a' }) + virtualService(rule('v2'), { name: 'b' })).decide({ host: 'web' });
  expect({ shares, doubts }).toEqual({
    shares: { v1: 1 },
    doubts: ['VirtualService shop/a and VirtualService shop/b are both for "web.shop.svc.cluster.local": the older one counts, and a is taken for it by its name'],
  });
});

test('what Istio refuses takes no part, and the decision says why', () => {
  const { shares, doubts } = Traffic.fromYaml(WORLD + virtualService(`{hosts: [web], http: [{route: [${to('v1', 0)}, ${to('v2', 0)}]}]}`)).decide({ host: 'web' });
  expect({ shares, doubts }).toEqual({
    shares: BY_PODS,
    doubts: ['VirtualService shop/web takes no part: Istio refuses it, because the weights of spec.http[0].route add up to 0'],
  });
});

describe('gateways', () => {
  const edge = (servers: string) => `---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {selector: {istio: ingressgateway}, servers: [${servers}]}
`;
  const HTTP = '{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*.example.com"]}';
  const bound = (subset: string, match = '') => `{hosts: [shop.example.com], gateways: [edge], http: [{${match ? `match: [${match}], ` : ''}route: [${to(subset)}]}]}`;
  const through = (objects: string, asks: Partial<TrafficRequest> = {}) => outcome(objects, { host: 'shop.example.com', from: RequestSource.gateway('edge', { namespace: 'shop' }), ...asks });

  // networking/core/gateway.go, buildGatewayHTTPRouteConfig; model/gateway.go, mergeGateways
  test.each<{ says: string; objects: string; asks?: Partial<TrafficRequest>; gets: Record<string, number> }>([
    { says: 'a bound VirtualService is followed', objects: edge(HTTP) + virtualService(bound('v2')), gets: { v2: 1 } },
    { says: 'a host that no VirtualService has is answered with 404', objects: edge(HTTP) + virtualService(bound('v2')), asks: { host: 'other.example.com' }, gets: { 404: 1 } },
    { says: 'a port without a server is closed', objects: edge(HTTP) + virtualService(bound('v2')), asks: { port: 81 }, gets: { closed: 1 } },
    { says: 'a VirtualService of the mesh lets nothing in', objects: edge(HTTP) + virtualService(`{hosts: [shop.example.com], http: [{route: [${to('v2')}]}]}`), gets: { 404: 1 } },
    {
      says: 'rules of several VirtualServices are in one list, and what takes everything comes last',
      objects: edge(HTTP) + virtualService(bound('v1'), { name: 'a' }) + virtualService(bound('v2', '{uri: {prefix: /v2}}'), { name: 'b' }),
      asks: { path: '/v2' },
      gets: { v2: 1 },
    },
    {
      says: 'hosts for another namespace are not for this one',
      objects: edge(HTTP.replace('*.example.com', 'bank/*.example.com')) + virtualService(bound('v2')),
      gets: { 404: 1 },
    },
    {
      says: 'a server may send all to https',
      objects: edge(HTTP.replace('hosts:', 'tls: {httpsRedirect: true}, hosts:')) + virtualService(bound('v2')),
      gets: { 301: 1 },
    },
    {
      says: 'TLS is ended where a server has a certificate',
      objects: edge('{port: {number: 443, name: https, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: c}, hosts: ["*.example.com"]}')
        + virtualService(bound('v2', '{scheme: {exact: https}}')),
      asks: { port: 443 },
      gets: { v2: 1 },
    },
    {
      says: 'TLS is passed on by the name of the server',
      objects: edge('{port: {number: 443, name: tls, protocol: TLS}, tls: {mode: PASSTHROUGH}, hosts: ["*.example.com"]}')
        + virtualService('{hosts: [shop.example.com], gateways: [edge], tls: [{match: [{sniHosts: [shop.example.com]}], route: [{destination: {host: echo}}]}]}'),
      asks: { port: 443, protocol: 'TLS' },
      gets: BY_PODS,
    },
    {
      says: 'connections are shared',
      objects: edge('{port: {number: 31400, name: tcp, protocol: TCP}, hosts: ["*"]}')
        + virtualService('{hosts: ["*"], gateways: [edge], tcp: [{match: [{port: 31400}], route: [{destination: {host: echo}, weight: 1}, {destination: {host: none}, weight: 1}]}]}'),
      asks: { port: 31400, protocol: 'TCP', host: '203.0.113.7' },
      gets: { v1: 0.375, v2: 0.125, closed: 0.5 },
    },
    {
      says: 'policies for the pods of the gateway come before its rules',
      objects: edge(HTTP) + virtualService(bound('v2')) + `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: edge, namespace: istio-system}
spec: {selector: {matchLabels: {istio: ingressgateway}}, action: DENY, rules: [{to: [{operation: {paths: ["/admin"]}}]}]}
`,
      asks: { path: '/admin' },
      gets: { 403: 1 },
    },
    // manifests/charts/gateways/istio-ingress/templates/serviceaccount.yaml: what `istioctl install` makes
    {
      says: 'the account of a gateway that the manifests do not hold is that of the usual one',
      objects: edge(HTTP) + virtualService(bound('v2')) + `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: web, namespace: shop}
spec: {rules: [{from: [{source: {principals: [cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account]}}]}]}
`,
      asks: {},
      gets: { v2: 1 },
    },
    // networking/core/route/route.go, GetDestinationCluster: a gateway knows all ports of a host
    {
      says: 'a destination with one port is called on that port',
      objects: edge(HTTP.replace('80', '8080')) + virtualService(bound('v2')),
      asks: { port: 8080 },
      gets: { v2: 1 },
    },
  ])('$says', ({ objects, asks, gets }) => {
    expect(through(objects, asks)).toEqual(gets);
  });
});

describe('access', () => {
  const policy = (spec: string, namespace = 'shop') => `---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: rules, namespace: ${namespace}}
spec: ${spec}
`;
  const mutual = (mode: string) => `---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: mtls, namespace: shop}
spec: {mtls: {mode: ${mode}}}
`;
  const client = RequestSource.meshed({ namespace: 'shop', serviceAccount: 'cli' });
  const DENIED = { 403: 1 };

  // security/authz/builder/builder.go; security/authz/model/generator.go
  test.each<{ says: string; objects: string; asks?: Partial<TrafficRequest>; gets: Record<string, number> }>([
    { says: 'a policy without rules lets nobody in', objects: policy('{}'), gets: DENIED },
    { says: 'an empty rule lets everybody in', objects: policy('{rules: [{}]}'), gets: BY_PODS },
    { says: 'a policy of another namespace is for other pods', objects: policy('{}', 'bank'), gets: BY_PODS },
    { says: 'a policy of the namespace of Istio is for all', objects: policy('{}', 'istio-system'), gets: DENIED },
    { says: 'a policy for some versions takes only their share', objects: policy('{selector: {matchLabels: {version: v2}}}'), gets: { v1: 0.75, 403: 0.25 } },
    { says: 'principals are those of the caller', objects: policy('{rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/cli]}}]}]}'), gets: BY_PODS },
    { says: 'an account of the namespace of the policy has a short name', objects: policy('{rules: [{from: [{source: {serviceAccounts: [cli]}}]}]}'), gets: BY_PODS },
    { says: 'DENY goes before ALLOW', objects: policy('{action: DENY, rules: [{to: [{operation: {paths: ["/admin*"]}}]}]}'), asks: { path: '/admin/x' }, gets: DENIED },
    { says: 'who does not prove the account is not let in', objects: policy('{rules: [{from: [{source: {namespaces: [shop]}}]}]}'), asks: { from: RequestSource.plain() }, gets: DENIED },
    { says: 'headers are asked for by when', objects: policy('{rules: [{when: [{key: "request.headers[x-user]", values: [jason]}]}]}'), gets: DENIED },
    { says: 'STRICT shuts out clients without a proxy', objects: mutual('STRICT'), asks: { from: RequestSource.plain() }, gets: { closed: 1 } },
    { says: 'STRICT lets the mesh in', objects: mutual('STRICT'), gets: BY_PODS },
    { says: 'without mutual TLS nobody proves who calls', objects: mutual('DISABLE') + policy('{rules: [{from: [{source: {principals: ["*"]}}]}]}'), gets: DENIED },
  ])('$says', ({ objects, asks, gets }) => {
    expect(outcome(virtualService('{hosts: [none.example.com], http: [{directResponse: {status: 418}}]}') + objects, { from: client, ...asks })).toEqual(gets);
  });
});

describe('HTTPRoutes on a Service beside a VirtualService for it', () => {
  const both = `${virtualService('{hosts: [web], http: [{directResponse: {status: 418}}]}', { name: 'web' })}---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec: {parentRefs: [{group: "", kind: Service, name: web}], rules: [{backendRefs: [{name: echo, port: 9000}]}]}
`;

  // model/virtualservice.go, SelectVirtualServices: what Istio makes of a route is called `namespace~host`
  test.each([
    { from: 'shop', says: 'a client of the namespace of the route follows the route', gets: BY_PODS },
    { from: 'bank', says: 'another follows the older one, of one age by name, where that of the route begins with its namespace', gets: BY_PODS },
  ])('$says', ({ from, gets }) => {
    expect(outcome(both, { host: 'web.shop', from: RequestSource.meshed({ namespace: from }) })).toEqual(gets);
  });

  test('a VirtualService whose name comes first is followed by clients of other namespaces', () => {
    const { shares, doubts, outcomes } = Traffic.fromYaml(WORLD + both.replace('kind: VirtualService\nmetadata: {name: web', 'kind: VirtualService\nmetadata: {name: a'))
      .decide({ host: 'web.shop', from: RequestSource.meshed({ namespace: 'bank' }) });
    expect([shares, outcomes.map(({ status }) => status), doubts]).toEqual([{}, ['418'], [
      'VirtualService shop/a and HTTPRoute shop/web are both for the host: the older one counts, and VirtualService shop/a is taken for it',
    ]]);
  });
});

/** Every field that is read, once. */
const EVERYTHING = `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec:
  hosts: [web, shop.example.com]
  gateways: [mesh, edge]
  exportTo: ["."]
  http:
  - name: first
    match: [{name: m, uri: {prefix: /a}, headers: {x-user: {exact: eve}}, withoutHeaders: {y: {}}, queryParams: {q: {regex: a+}}, sourceLabels: {app: cli}, gateways: [mesh], port: 80}]
    route: [{destination: {host: web, subset: v1, port: {number: 80}}, weight: 1, headers: {request: {set: {a: b}}}}, {destination: {host: web, subset: v2}, weight: 2}]
    fault: {delay: {fixedDelay: 1s, percentage: {value: 1}}, abort: {httpStatus: 500, percentage: {value: 1}}}
    mirrors: [{destination: {host: web}, percentage: {value: 1}}]
    retries: {attempts: 1, perTryTimeout: 1s, retryOn: 5xx}
    rewrite: {uri: /, authority: a}
    timeout: 1s
  - match: [{uri: {exact: /b}}]
    redirect: {uri: /c, redirectCode: 302}
  - match: [{uri: {exact: /d}}]
    directResponse: {status: 418}
  - delegate: {name: more, namespace: shop}
  tcp: [{match: [{port: 31400, destinationSubnets: [10.0.0.0/8]}], route: [{destination: {host: web}, weight: 1}]}]
  tls: [{match: [{sniHosts: [shop.example.com]}], route: [{destination: {host: web}}]}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: more, namespace: shop}
spec: {http: [{match: [{uri: {prefix: /}}], route: [{destination: {host: web}}]}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: more, namespace: shop}
spec:
  host: web
  exportTo: ["*"]
  workloadSelector: {matchLabels: {app: cli}}
  trafficPolicy: {tls: {mode: DISABLE}, portLevelSettings: [{port: {number: 80}, tls: {mode: ISTIO_MUTUAL}}]}
  subsets: [{name: v1, labels: {version: v1}, trafficPolicy: {tls: {mode: SIMPLE}}}]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers:
  - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["./*"], tls: {httpsRedirect: false}}
  - {port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {mode: SIMPLE, credentialName: c}}
  - {port: {number: 31400, name: tcp, protocol: TCP}, hosts: ["*"]}
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: out, namespace: shop}
spec: {hosts: ["*.example.com"], ports: [{number: 443, name: tls, protocol: TLS}], exportTo: ["."]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: rules, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  action: DENY
  rules: [{from: [{source: {principals: [a], notNamespaces: [b], ipBlocks: [10.0.0.0/8]}}], to: [{operation: {methods: [GET], paths: ["/{*}"], ports: ["80"]}}], when: [{key: "request.headers[a]", values: [b]}]}]
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: mtls, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, mtls: {mode: STRICT}, portLevelMtls: {8080: {mode: DISABLE}}}
`;

/** Anything that YAML may hold in the place of something else. */
const junk = fc.oneof(fc.constantFrom(null, '', '*', '.', '~', 0, -1, 1.5, 80, true, [], {}, [null], [[]], { exact: 1 }, '(', 'a.b.c'), fc.string(), fc.integer(), fc.jsonValue({ maxDepth: 2 }));

function mangled(value: unknown, at: number, by: unknown): unknown {
  let left = at;
  const visit = (node: unknown): unknown => {
    if (left-- === 0) return by;
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node === 'object' && node !== null) return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, visit(child)]));
    return node;
  };
  return visit(value);
}

test('whatever is written, a decision is made, and its shares add up to 1', () => {
  const objects = (loadAll(WORLD + EVERYTHING, { version: '1.1' })).map((document) => document.toJS() as unknown).filter(Boolean);
  const sources = [RequestSource.meshed({ namespace: 'shop' }), RequestSource.plain(), RequestSource.gateway('edge', { namespace: 'shop' })];
  const requests = fc.record({ host: fc.constantFrom('web', 'shop.example.com', 'api.bank', '*', ''), port: fc.constantFrom(80, 443, 31400, 8080), from: fc.constantFrom(...sources), protocol: fc.constantFrom('HTTP', 'TCP', 'TLS', 'GRPC') });
  const wrong = fc.tuple(fc.nat(objects.length - 1), fc.nat(60), junk);
  fc.assert(fc.property(fc.array(wrong, { minLength: 1, maxLength: 4 }), requests, (faults, request) => {
    const wronged = (list: unknown[], [which, at, by]: typeof faults[number]) =>
      list.map((one, index) => (index === which ? mangled(one, at, by) : one));
    const broken = faults.reduce(wronged, objects);
    const { outcomes } = Traffic.fromYaml(broken.map((one) => JSON.stringify(one)).join('\n---\n'), { mesh: 'istio' }).decide(request);
    expect(outcomes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  }), { numRuns: 1000, seed: 7 });
});
