import { RequestSource, Traffic } from '../../../src';
import { answers, call, meshed, read, service, services } from '../read-world';

const WORLD = [services('shop', 'v1', 'v2', 'v3'), services('other', 'far'), service('shop', 'empty', 'nobody')];

function gateway(listeners: string, className = 'eg'): string {
  return `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  gatewayClassName: ${className}
  listeners: ${listeners}
`;
}

const HTTP = '[{ name: http, port: 80, protocol: HTTP }]';

interface RouteText {
  readonly kind?: string;
  readonly version?: string;
  readonly namespace?: string;
  readonly created?: string;
  readonly parent?: string;
  readonly hostnames?: string;
}

function route(name: string, rules: string, { kind = 'HTTPRoute', version = 'v1', namespace = 'shop', created, parent = '{ name: edge, namespace: shop }', hostnames }: RouteText = {}): string {
  return `
apiVersion: gateway.networking.k8s.io/${version}
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace}${created ? `, creationTimestamp: "${created}"` : ''} }
spec:
  parentRefs: [${parent}]
  ${hostnames ? `hostnames: ${hostnames}` : ''}
  rules: ${rules}
`;
}

const to = (...names: string[]) => `backendRefs: [${names.map((name) => `{ name: ${name}, port: 80 }`).join(', ')}]`;
const on = (path: string, name: string, type = 'PathPrefix') => `{ matches: [{ path: { type: ${type}, value: "${path}" } }], ${to(name)} }`;
const edge = (listener?: string) => RequestSource.gateway('edge', { namespace: 'shop', listener });

function through(className: string, ...documents: string[]): Traffic {
  return read({}, ...WORLD, gateway(HTTP, className), ...documents);
}

// https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
test.each([
  { what: 'a prefix takes whole elements', rules: `[${on('/v2', 'v2')}]`, request: '/v20', gets: { 404: '1' } },
  { what: 'the slash at the end of a prefix has no meaning', rules: `[${on('/v2/', 'v2')}]`, request: '/v2', gets: { v2: '1' } },
  { what: 'paths have a case', rules: `[${on('/v2', 'v2')}]`, request: '/V2', gets: { 404: '1' } },
  { what: 'an exact path comes before a longer prefix', rules: `[${on('/a/b', 'v1')}, ${on('/a', 'v2', 'Exact')}]`, request: '/a', gets: { v2: '1' } },
  { what: 'the longest prefix comes first, wherever it stands', rules: `[${on('/a', 'v1')}, ${on('/a/b', 'v2')}]`, request: '/a/b/c', gets: { v2: '1' } },
  { what: 'one of several matches is enough', rules: `[{ matches: [{ method: PUT }, { path: { value: / } }], ${to('v1')} }]`, request: '/', gets: { v1: '1' } },
  { what: 'a rule without matches takes everything', rules: `[{ ${to('v1')} }]`, request: '/x?y=1', gets: { v1: '1' } },
  { what: 'of two rules alike the first decides', rules: `[{ ${to('v1')} }, { ${to('v2')} }]`, request: '/', gets: { v1: '1' } },
  { what: 'a weight that is left out is 1', rules: '[{ backendRefs: [{ name: v1, port: 80, weight: 3 }, { name: v2, port: 80 }] }]', request: '/', gets: { v1: '3/4', v2: '1/4' } },
  { what: 'the weight 0 gets nothing', rules: '[{ backendRefs: [{ name: v1, port: 80, weight: 0 }, { name: v2, port: 80 }] }]', request: '/', gets: { v2: '1' } },
  { what: 'no weight above 0: 500', rules: '[{ backendRefs: [{ name: v1, port: 80, weight: 0 }] }]', request: '/', gets: { 500: '1' } },
  // https://github.com/kubernetes-sigs/gateway-api/blob/main/conformance/tests/httproute-omitted-backendrefs.yaml
  { what: 'a rule without backends: 500', rules: '[{ matches: [{ path: { value: / } }] }]', request: '/', gets: { 500: '1' } },
  { what: 'a missing backend keeps its share', rules: `[{ ${to('v1', 'nowhere')} }]`, request: '/', gets: { v1: '1/2', 500: '1/2' } },
  { what: 'a port that the backend lacks', rules: '[{ backendRefs: [{ name: v1, port: 81 }] }]', request: '/', gets: { 500: '1' } },
  { what: 'a kind that is no backend', rules: '[{ backendRefs: [{ group: example.com, kind: Widget, name: v1, port: 80 }] }]', request: '/', gets: { 500: '1' } },
  { what: 'a backend without pods', rules: `[{ ${to('empty')} }]`, request: '/', gets: { 503: '1' } },
  { what: 'a backend elsewhere needs a grant', rules: '[{ backendRefs: [{ name: far, namespace: other, port: 80 }] }]', request: '/', gets: { 500: '1' } },
  {
    what: 'a redirect answers by itself',
    request: '/',
    gets: { 301: '1' },
    rules: '[{ filters: [{ type: RequestRedirect, requestRedirect: { scheme: https, statusCode: 301 } }] }]',
  },
  {
    what: 'an unknown type of match takes nothing',
    request: '/x',
    gets: { v2: '1' },
    rules: `[{ matches: [{ path: { type: Glob, value: /x } }], ${to('v1')} }, { ${to('v2')} }]`,
  },
])('HTTPRoute: $what', ({ rules, request, gets }) => {
  for (const version of ['v1', 'v1beta1']) {
    expect(answers(through('eg', route('web', rules, { version })).decide({ host: 'a.example', from: edge(), ...call(request), headers: { 'x-user': 'jason' } }))).toEqual(gets);
  }
});

const GRANT = (name: string) => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: grant, namespace: other }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }]
  to: [{ group: "", kind: Service${name} }]
`;

// https://gateway-api.sigs.k8s.io/reference/spec/#referencegrant
test.each([
  { what: 'for all Services', grant: GRANT(''), gets: { far: '1' } },
  { what: 'for the Service', grant: GRANT(', name: far'), gets: { far: '1' } },
  { what: 'for another Service', grant: GRANT(', name: near'), gets: { 500: '1' } },
  { what: 'for another kind of route', grant: GRANT('').replace('HTTPRoute', 'GRPCRoute'), gets: { 500: '1' } },
  { what: 'for another namespace', grant: GRANT('').replace('namespace: shop', 'namespace: web'), gets: { 500: '1' } },
])('a ReferenceGrant $what', ({ grant, gets }) => {
  const rules = '[{ backendRefs: [{ name: far, namespace: other, port: 80 }] }]';
  expect(answers(through('eg', route('web', rules), grant).decide({ host: 'a.example', from: edge() }))).toEqual(gets);
});

const EXPRESSION = `[${on('/a.*', 'v1', 'RegularExpression')}, ${on('/abc', 'v2')}]`;

test.each([
  // https://github.com/envoyproxy/gateway/blob/v1.9.1/internal/gatewayapi/sort.go
  { what: 'Envoy Gateway: an expression comes before a prefix', className: 'eg', rules: EXPRESSION, request: '/abc', gets: { v1: '1' } },
  // https://github.com/istio/istio/blob/master/pilot/pkg/config/kube/gateway/conversion.go (getURIRank)
  { what: 'Istio: a prefix comes before an expression', className: 'istio', rules: EXPRESSION, request: '/abc', gets: { v2: '1' } },
  {
    what: 'Istio: a method counts more than headers',
    className: 'istio',
    request: 'POST /',
    gets: { v2: '1' },
    rules: `[{ matches: [{ headers: [{ name: X-User, value: jason }] }], ${to('v1')} }, { matches: [{ method: POST }], ${to('v2')} }]`,
  },
  {
    what: 'Envoy Gateway: the method is one of the headers',
    className: 'eg',
    request: 'POST /',
    gets: { v1: '1' },
    rules: `[{ matches: [{ headers: [{ name: x-user, value: jason }, { name: x-tier, value: gold }] }], ${to('v1')} }, { matches: [{ method: POST }], ${to('v2')} }]`,
  },
  // https://github.com/traefik/traefik/blob/v3.6/pkg/provider/kubernetes/gateway/httproute.go (buildMatchRule)
  { what: 'Traefik: an expression is found anywhere', className: 'traefik', rules: `[${on('/b', 'v1', 'RegularExpression')}]`, request: '/a/b/c', gets: { v1: '1' } },
  { what: 'Cilium: an expression covers the whole path', className: 'cilium', rules: `[${on('/b', 'v1', 'RegularExpression')}]`, request: '/a/b/c', gets: { 404: '1' } },
])('$what', ({ className, rules, request, gets }) => {
  const decision = through(className, route('web', rules)).decide({ host: 'a.example', from: edge(), ...call(request), headers: { 'x-user': 'jason', 'x-tier': 'gold' } });
  expect([answers(decision), decision.doubts]).toEqual([gets, []]);
});

test('a class says by its controller whose it is, whatever its name', () => {
  const named = `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: eg }
spec: { controllerName: istio.io/gateway-controller }
`;
  expect(answers(through('eg', named, route('web', EXPRESSION)).decide({ host: 'a', path: '/abc', from: edge() }))).toEqual({ v2: '1' });
});

test.each([
  { what: 'where an expression comes', rules: [`[${on('/a.*', 'v1', 'RegularExpression')}]`, `[${on('/abc', 'v2')}]`], path: '/abc', doubts: 1 },
  { what: 'how much an expression covers', rules: [`[${on('/b', 'v1', 'RegularExpression')}]`], path: '/a/b', doubts: 1 },
  { what: 'an expression that plays no part', rules: [`[${on('/b', 'v1', 'RegularExpression')}]`, `[${on('/abc', 'v2')}]`], path: '/abc', doubts: 0 },
])('an implementation that is not known: $what makes $doubts doubts', ({ rules, path, doubts }) => {
  const traffic = through('acme', ...rules.map((one, index) => route(`r${index}`, one)));
  expect(traffic.decide({ host: 'a', path, from: edge() }).doubts).toEqual(Array(doubts).fill(expect.stringContaining('depends on the implementation')));
});

describe('routes of one listener', () => {
  const day = (number: number) => `2026-01-0${number}T00:00:00Z`;
  const everything = (name: string) => `[{ ${to(name)} }]`;

  test('compete with each other', () => {
    const traffic = through('eg', route('a', `[${on('/', 'v1')}]`), route('b', `[${on('/b', 'v2')}]`));
    expect(['/', '/b'].map((path) => answers(traffic.decide({ host: 'a', path, from: edge() })))).toEqual([{ v1: '1' }, { v2: '1' }]);
  });

  test('the older one decides between equals', () => {
    const traffic = through('eg', route('a', everything('v1'), { created: day(2) }), route('b', everything('v2'), { created: day(1) }));
    const decision = traffic.decide({ host: 'a', from: edge() });
    expect([answers(decision), decision.doubts]).toEqual([{ v2: '1' }, []]);
  });

  test('an age that is not known is a doubt only where it decides', () => {
    const traffic = through('eg', route('b', everything('v2')), route('a', everything('v1'), { created: day(1) }), route('c', `[${on('/c', 'v3')}]`));
    expect(traffic.decide({ host: 'a', path: '/c', from: edge() }).doubts).toEqual([]);
    const decision = traffic.decide({ host: 'a', from: edge() });
    expect([answers(decision), decision.doubts]).toEqual([{ v1: '1' }, [expect.stringContaining('HTTPRoute shop/a and HTTPRoute shop/b')]]);
  });
});

describe('listeners', () => {
  const two = '[{ name: wide, port: 80, protocol: HTTP, hostname: "*.example" }, { name: narrow, port: 80, protocol: HTTP, hostname: a.example }, { name: back, port: 8080, protocol: HTTP }]';
  const all = `[{ ${to('v1')} }]`;
  const decide = (className: string, routes: string[], host: string, port = 80) =>
    answers(read({}, ...WORLD, gateway(two, className), ...routes).decide({ host, port, from: edge() }));

  // https://github.com/kubernetes-sigs/gateway-api/blob/main/conformance/tests/gateway-http-listener-isolation.yaml
  test.each([
    { what: 'a host without a listener', routes: [route('r', all)], host: 'a.org', gets: { 404: '1' } },
    { what: 'a wildcard stands for more than one label', routes: [route('r', all)], host: 'x.y.example', gets: { v1: '1' } },
    { what: 'a wildcard does not stand for nothing', routes: [route('r', all)], host: 'example', gets: { 404: '1' } },
    { what: 'names that do not meet', routes: [route('r', all, { hostnames: '[b.org]', parent: '{ name: edge, sectionName: wide }' })], host: 'b.org', gets: { 404: '1' } },
    { what: 'a narrower name of the route', routes: [route('r', all, { hostnames: '[b.example]' })], host: 'c.example', gets: { 404: '1' } },
    { what: 'a listener for the host that the route is not on', routes: [route('r', all, { parent: '{ name: edge, sectionName: wide }' })], host: 'a.example', gets: { 404: '1' } },
    { what: 'a section that is not there', routes: [route('r', all, { parent: '{ name: edge, sectionName: nope }' })], host: 'a.example', gets: { 404: '1' } },
    { what: 'a port of the parent', routes: [route('r', all, { parent: '{ name: edge, port: 8080 }' })], host: 'a.example', gets: { 404: '1' } },
    { what: 'a namespace that is not allowed', routes: [route('r', all, { namespace: 'other' })], host: 'a.example', gets: { 404: '1' } },
    { what: 'a port on which nobody listens', routes: [route('r', all)], host: 'a.example', port: 81, gets: { closed: '1' } },
  ])('$what', ({ routes, host, port, gets }) => {
    expect(decide('acme', routes, host, port)).toEqual(gets);
  });

  test('Envoy Gateway leaves no more to a narrower listener than its own name', () => {
    const wide = route('r', all, { parent: '{ name: edge, sectionName: wide }' });
    expect([decide('acme', [wide], 'a.example'), decide('eg', [wide], 'a.example')]).toEqual([{ 404: '1' }, { v1: '1' }]);
  });

  test('Envoy Gateway makes routes that Envoy refuses where two listeners share the name of a route', () => {
    const listeners = '[{ name: a, port: 80, protocol: HTTP }, { name: b, port: 80, protocol: HTTP, hostname: "*.example" }]';
    const decision = read({}, ...WORLD, gateway(listeners), route('r', all, { hostnames: '[c.example]' })).decide({ host: 'c.example', from: edge() });
    expect([answers(decision), decision.doubts]).toEqual([{ v1: '1' }, [expect.stringContaining('"c.example"')]]);
  });

  test('a port is that of a listener, whatever Service has the name of the host', () => {
    const web = service('shop', 'web', 'v1', '[{ port: 9090 }]');
    expect(answers(through('eg', web, route('r', all)).decide({ host: 'web.shop.svc.cluster.local', from: edge() }))).toEqual({ v1: '1' });
  });

  // https://github.com/kubernetes-sigs/gateway-api/blob/main/conformance/tests/httproute-listener-port-matching.go
  test('a port in the host header plays no part', () => {
    expect(decide('acme', [route('r', all)], 'b.example:80')).toEqual({ v1: '1' });
  });

  test('of the host names of routes only the most specific counts', () => {
    const routes = [route('a', `[${on('/a', 'v1')}]`, { hostnames: '[c.example]' }), route('b', `[{ ${to('v2')} }]`, { hostnames: '["*.example"]' })];
    expect(decide('eg', routes, 'c.example')).toEqual({ 404: '1' });
    expect(decide('eg', routes, 'd.example')).toEqual({ v2: '1' });
  });

  const allowed = (namespaces: string) => gateway(`[{ name: http, port: 80, protocol: HTTP, allowedRoutes: ${namespaces} }]`);
  test.each([
    { rule: '{ namespaces: { from: All } }', gets: { far: '1' } },
    { rule: '{ namespaces: { from: None } }', gets: { 404: '1' } },
    { rule: '{ namespaces: { from: Selector, selector: { matchLabels: { kubernetes.io/metadata.name: other } } } }', gets: { far: '1' } },
    { rule: '{ namespaces: { from: Selector, selector: { matchExpressions: [{ key: team, operator: In, values: [blue] }] } } }', gets: { far: '1' } },
    { rule: '{ namespaces: { from: Selector, selector: { matchExpressions: [{ key: team, operator: DoesNotExist }] } } }', gets: { 404: '1' } },
    { rule: '{ namespaces: { from: All }, kinds: [{ kind: GRPCRoute }] }', gets: { 404: '1' } },
  ])('routes of another namespace with $rule', ({ rule, gets }) => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: other, labels: { team: blue } }';
    const far = route('r', `[{ ${to('far')} }]`, { namespace: 'other' });
    expect(answers(read({}, ...WORLD, namespace, allowed(rule), far).decide({ host: 'a', from: edge() }))).toEqual(gets);
  });
});

test('what a rule does to requests is told', () => {
  const rules = `[{ timeouts: { request: 1m30s, backendRequest: 500ms }, retry: { attempts: 3, codes: [503] }, ${to('v1')}, filters: [{ type: CORS, cors: {} }] }]`;
  const decision = through('eg', route('web', rules)).decide({ host: 'a', from: edge() });
  expect(decision).toMatchObject({ timeoutMillis: 90_000, retries: 3, doubts: [expect.stringContaining('CORS')], rule: 'HTTPRoute shop/web rules[0]' });
  expect(through('eg', route('web', `[{ ${to('v1')} }]`)).decide({ host: 'a', from: edge() }).timeoutMillis).toBe(15_000);
});

// https://gateway-api.sigs.k8s.io/geps/gep-1294/
describe('routes on Services', () => {
  const parent = '{ group: "", kind: Service, name: web, namespace: shop }';
  const WEB = service('shop', 'web', 'v1', '[{ name: http, port: 80, targetPort: 8080 }, { name: http-2, port: 81, targetPort: 8080 }]');
  const mesh = (...documents: string[]) => read({ mesh: 'gateway-api' }, ...WORLD, WEB, ...documents);

  test.each([
    { what: 'clients of the mesh follow them', routes: [route('r', `[{ ${to('v2')} }]`, { parent })], gets: { v2: '1' } },
    { what: 'others do not', routes: [route('r', `[{ ${to('v2')} }]`, { parent })], from: RequestSource.plain(), gets: { v1: '1' } },
    { what: 'what no rule takes is rejected', routes: [route('r', `[${on('/v2', 'v2')}]`, { parent })], gets: { 404: '1' } },
    { what: 'host names are ignored', routes: [route('r', `[{ ${to('v2')} }]`, { parent, hostnames: '[other.example]' })], gets: { v2: '1' } },
    { what: 'a route on another port', routes: [route('r', `[{ ${to('v2')} }]`, { parent: parent.replace('}', ', port: 81 }') })], gets: { v1: '1' } },
    { what: 'the Service itself may be a backend', routes: [route('r', `[{ ${to('web', 'v2')} }]`, { parent })], gets: { v1: '1/2', v2: '1/2' } },
    { what: 'a backend elsewhere needs no grant', routes: [route('r', '[{ backendRefs: [{ name: far, namespace: other, port: 80 }] }]', { parent })], gets: { far: '1' } },
    { what: 'without a group the parent is no Service', routes: [route('r', `[{ ${to('v2')} }]`, { parent: '{ kind: Service, name: web }' })], gets: { v1: '1' } },
    {
      what: 'a client’s own routes replace those beside the Service',
      from: meshed('other'),
      gets: { far: '1' },
      routes: [route('r', `[{ ${to('v2')} }]`, { parent }), route('c', `[{ ${to('far')} }]`, { parent, namespace: 'other' })],
    },
    { what: 'routes of other clients do not count', routes: [route('c', `[{ ${to('far')} }]`, { parent, namespace: 'other' })], gets: { v1: '1' } },
  ])('$what', ({ routes, from = meshed('shop'), gets }) => {
    expect(answers(mesh(...routes).decide({ host: 'web.shop', port: 80, from }))).toEqual(gets);
  });

  test('a Service without an address of its own is no parent', () => {
    const headless = WEB.replace('10.0.0.1', 'None');
    expect(answers(read({ mesh: 'gateway-api' }, ...WORLD, headless, route('r', `[{ ${to('v2')} }]`, { parent })).decide({ host: 'web.shop', port: 80 }))).toEqual({ v1: '1' });
  });

  test('the mesh is seen by the routes', () => {
    expect(Traffic.fromYaml(route('r', '[]', { parent })).mesh).toBe('gateway-api');
    expect(Traffic.fromYaml(route('r', '[]')).mesh).toBe('');
  });
});

describe('GRPCRoutes', () => {
  const calls = `[
    { matches: [{ method: { method: Get } }], ${to('v3')} },
    { matches: [{ method: { service: shop.Api } }], ${to('v2')} },
    { matches: [{ method: { service: shop.Api, method: Get } }], ${to('v1')} }
  ]`;

  // https://gateway-api.sigs.k8s.io/reference/spec/#grpcrouterule; the shares of Envoy Gateway and Istio are those of their own code
  test.each(['acme', 'eg', 'istio'])('the longest service, then the longest method comes first: %s', (className) => {
    const traffic = through(className, route('calls', calls, { kind: 'GRPCRoute' }));
    const decide = (path: string) => answers(traffic.decide({ host: 'a', protocol: 'GRPC', path, from: edge() }));
    expect(['/shop.Api/Get', '/shop.Api/Put', '/shop.Apis/Get', '/shop.Apis/Put'].map(decide)).toEqual([{ v1: '1' }, { v2: '1' }, { v3: '1' }, { 404: '1' }]);
  });

  test('a rule without matches comes last, behind expressions too', () => {
    const rules = `[{ ${to('v2')} }, { matches: [{ method: { type: RegularExpression, service: "shop.*" } }], ${to('v1')} }]`;
    const decide = (className: string) =>
      answers(through(className, route('calls', rules, { kind: 'GRPCRoute' })).decide({ host: 'a', protocol: 'GRPC', path: '/shop.Api/Get', from: edge() }));
    expect(['istio', 'eg'].map(decide)).toEqual([{ v1: '1' }, { v1: '1' }]);
  });

  test.each([{ className: 'eg', status: 503 }, { className: 'istio', status: 500 }])('a missing backend in $className', ({ className, status }) => {
    const traffic = through(className, route('calls', `[{ ${to('v1', 'nowhere')} }]`, { kind: 'GRPCRoute' }));
    expect(answers(traffic.decide({ host: 'a', protocol: 'GRPC', path: '/a.B/C', from: edge() }))).toEqual({ v1: '1/2', [status]: '1/2' });
  });
});

describe('connections', () => {
  const STREAMS = '[{ name: tcp, port: 9000, protocol: TCP }, { name: tls, port: 443, protocol: TLS, hostname: "*.example", tls: { mode: Passthrough } }]';
  const world = (...documents: string[]) => read({}, ...WORLD, gateway(STREAMS), ...documents);
  const tcp = (name: string, rules: string, created?: string) =>
    route(name, rules, { kind: 'TCPRoute', version: 'v1alpha2', parent: '{ name: edge, sectionName: tcp }', created });
  const tls = (name: string, hostnames: string, to_: string, version = 'v1alpha3') => route(name, `[{ ${to(to_)} }]`, { kind: 'TLSRoute', version, parent: '{ name: edge }', hostnames });

  test.each([
    { what: 'weights', rules: '[{ backendRefs: [{ name: v1, port: 80, weight: 4 }, { name: v2, port: 80 }] }]', gets: { v1: '4/5', v2: '1/5' } },
    { what: 'a missing backend', rules: `[{ ${to('v1', 'nowhere')} }]`, gets: { v1: '1/2', closed: '1/2' } },
    { what: 'no weight', rules: '[{ backendRefs: [{ name: v1, port: 80, weight: 0 }] }]', gets: { closed: '1' } },
    { what: 'no pods', rules: `[{ ${to('empty')} }]`, gets: { closed: '1' } },
  ])('TCPRoute: $what', ({ rules, gets }) => {
    expect(answers(world(tcp('t', rules)).decide({ host: 'any', port: 9000, protocol: 'TCP', from: edge() }))).toEqual(gets);
  });

  // https://github.com/kubernetes-sigs/gateway-api/blob/main/conformance/tests/tcproute-multiple-routes-attachment.yaml
  test('the older of two TCPRoutes takes all connections', () => {
    const traffic = world(tcp('a', `[{ ${to('v1')} }]`, '2026-01-02T00:00:00Z'), tcp('b', `[{ ${to('v2')} }]`, '2026-01-01T00:00:00Z'));
    expect(answers(traffic.decide({ host: 'any', port: 9000, protocol: 'TCP', from: edge() }))).toEqual({ v2: '1' });
    expect(world(tcp('a', `[{ ${to('v1')} }]`), tcp('b', '[]')).decide({ host: 'any', port: 9000, protocol: 'TCP', from: edge() }).doubts).toHaveLength(1);
  });

  test.each([
    { serverName: 'a.example', gets: { v1: '1' } },
    { serverName: 'b.example', gets: { v2: '1' } },
    { serverName: 'a.org', gets: { closed: '1' } },
  ])('TLSRoute: the most specific name decides: $serverName', ({ serverName, gets }) => {
    const traffic = world(tls('wide', '["*.example"]', 'v2'), tls('narrow', '[a.example]', 'v1', 'v1'), tls('outside', '[a.org]', 'v3'));
    expect(answers(traffic.decide({ host: serverName, port: 443, protocol: 'TLS', from: edge() }))).toEqual(gets);
  });

  test('a listener for HTTP takes no other connections', () => {
    expect(answers(through('eg').decide({ host: 'a', protocol: 'TCP', from: edge() }))).toEqual({ closed: '1' });
  });
});

describe('kinds on one port of a Service', () => {
  const parent = '{ group: "", kind: Service, name: web }';
  const WEB = service('shop', 'web', 'v3');
  const routes = {
    http: route('h', `[{ ${to('v1')} }]`, { parent }),
    tcp: route('t', `[{ ${to('v2')} }]`, { parent, kind: 'TCPRoute', version: 'v1' }),
    grpc: route('g', `[${on('/', 'v2')}]`.replace('path: { type: PathPrefix, value: "/" }', 'method: { service: a.B }'), { parent, kind: 'GRPCRoute' }),
  };
  const decide = (documents: string[], protocol: string) =>
    answers(read({ mesh: 'gateway-api' }, ...WORLD, WEB, ...documents).decide({ host: 'web.shop', protocol, path: '/a.B/C', from: meshed('shop') }));

  // https://gateway-api.sigs.k8s.io/geps/gep-1426/#route-types
  test.each([
    { what: 'calls: GRPCRoutes before HTTPRoutes', documents: [routes.http, routes.grpc], protocol: 'GRPC', gets: { v2: '1' } },
    { what: 'requests: HTTPRoutes before TCPRoutes', documents: [routes.http, routes.tcp], protocol: 'HTTP', gets: { v1: '1' } },
    { what: 'requests are bytes to a TCPRoute', documents: [routes.tcp], protocol: 'HTTP', gets: { v2: '1' } },
    { what: 'connections pass HTTPRoutes by', documents: [routes.http], protocol: 'TCP', gets: { v3: '1' } },
  ])('$what', ({ documents, protocol, gets }) => {
    expect(decide(documents, protocol)).toEqual(gets);
  });
});

test.each([
  { stage: 'all-v1', gets: { v1: '1' } },
  { stage: '20-v2', gets: { v1: '4/5', v2: '1/5' } },
])('tcp-echo at $stage', ({ stage, gets }) => {
  const traffic = Traffic.fromFiles(['workloads', stage].map((name) => `${__dirname}/../../cases/tcp-echo/gateway-api/${name}.yaml`));
  const from = RequestSource.gateway('tcp-echo-gateway', { namespace: 'istio-io-tcp-traffic-shifting' });
  expect(answers(traffic.decide({ host: 'any', port: 31400, protocol: 'TCP', from }))).toEqual(gets);
});
