import { RequestSource, Traffic } from '../../../src';
import { answers, call, meshed, read, service, services } from '../read-world';

const PARENT = '{ group: core, kind: Service, name: web, port: 80 }';
const WEB = service('shop', 'web', 'v1', '[{ port: 80, targetPort: 8080 }]');
const WORLD = [services('shop', 'v1', 'v2'), services('default', 'stray'), WEB, service('shop', 'empty', 'nobody')];

interface RouteText {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly parent?: string;
  readonly annotations?: string;
}

function route(rules: string, { group = 'gateway.networking.k8s.io', version = 'v1', kind = 'HTTPRoute', namespace = 'shop', name = 'r', parent = PARENT, annotations = '{}' }: RouteText = {}): string {
  return `
apiVersion: ${group}/${version}
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace}, annotations: ${annotations} }
spec: { parentRefs: [${parent}], rules: ${rules} }
`;
}

const OWN = { group: 'policy.linkerd.io', version: 'v1beta3' };
const to = (...backends: string[]) => `backendRefs: [${backends.map((backend) => `{ port: 80, ${backend} }`).join(', ')}]`;
const on = (path: string, type: string, name: string) => `{ matches: [{ path: { type: ${type}, value: "${path}" } }], ${to(`name: ${name}`)} }`;
const linkerd = (...documents: string[]) => read({ mesh: 'linkerd' }, ...WORLD, ...documents);
const decide = (traffic: Traffic, request = '/', host = 'web.shop') => traffic.decide({ host, port: 80, from: meshed('shop'), ...call(request) });

// What was seen on the wire, with Linkerd's own controllers and proxies of August 2026, unless another source is named.
test.each([
  { what: 'weights are shares of their sum', rules: `[{ ${to('name: v1, weight: 9', 'name: v2, weight: 1')} }]`, gets: { v1: '9/10', v2: '1/10' } },
  { what: 'a lone backend of the weight 0 gets everything', rules: `[{ ${to('name: v1, weight: 0')} }]`, gets: { v1: '1' } },
  { what: '0 beside 1 gets nothing', rules: `[{ ${to('name: v1, weight: 0', 'name: v2, weight: 1')} }]`, gets: { v2: '1' } },
  { what: 'a missing backend keeps its share', rules: `[{ ${to('name: v1', 'name: nowhere')} }]`, gets: { v1: '1/2', 500: '1/2' } },
  { what: 'a backend without pods leaves its share to the others', rules: `[{ ${to('name: v1', 'name: empty')} }]`, gets: { v1: '1' } },
  { what: 'a backend without pods alone', rules: `[{ ${to('name: empty')} }]`, gets: { 504: '1' } },
  { what: 'a port that the backend lacks', rules: '[{ backendRefs: [{ name: v1, port: 81 }] }]', gets: { 502: '1' } },
  // https://github.com/linkerd/linkerd2/blob/main/policy-controller/k8s/index/src/outbound/index/http.rs
  { what: 'a rule without backends means the parent', rules: '[{ matches: [{ path: { value: / } }] }]', gets: { v1: '1' } },
  { what: 'no rule takes it', rules: `[${on('/v2', 'PathPrefix', 'v2')}]`, request: '/v20', gets: { 404: '1' } },
  { what: 'the length of a path counts, whatever its kind', rules: `[${on('/foo', 'PathPrefix', 'v1')}, ${on('/foo', 'Exact', 'v2')}]`, request: '/foo', gets: { v1: '1' } },
  { what: 'an expression counts as long as what it took', rules: `[${on('/foo', 'PathPrefix', 'v1')}, ${on('/fo.*', 'RegularExpression', 'v2')}]`, request: '/foo/x', gets: { v2: '1' } },
  // https://github.com/linkerd/linkerd2-proxy/blob/main/linkerd/http/route/src/http/match.rs: what is found first has to span the path.
  { what: 'an alternative that is found first', rules: `[${on('/a|/ab', 'RegularExpression', 'v2')}]`, request: '/ab', gets: { 404: '1' } },
  {
    what: 'the method comes after headers',
    request: 'POST /',
    gets: { v1: '1' },
    rules: `[{ matches: [{ method: POST }], ${to('name: v2')} }, { matches: [{ headers: [{ name: X-User, value: jason }] }], ${to('name: v1')} }]`,
  },
])('HTTPRoute: $what', ({ rules, request, gets }) => {
  for (const api of [{}, OWN]) {
    const traffic = linkerd(route(rules, api));
    expect(answers(traffic.decide({ host: 'web.shop', port: 80, from: meshed('shop'), headers: { 'x-user': 'jason' }, ...call(request ?? '/') }))).toEqual(gets);
  }
});

test('two backends without any weight break the other rules of the Service too', () => {
  const decision = decide(linkerd(route(`[${on('/v2', 'PathPrefix', 'v2')}, { ${to('name: v1, weight: 0', 'name: v2, weight: 0')} }]`)), '/v2');
  expect([answers(decision), decision.doubts]).toEqual([{ closed: '1' }, [expect.stringContaining('panics')]]);
});

test.each(['RequestMirror', 'URLRewrite', 'ExtensionRef'])('the filter %s takes its whole route with it', (type) => {
  const decision = decide(linkerd(route(`[${on('/v2', 'PathPrefix', 'v2')}, { filters: [{ type: ${type} }], ${to('name: v2')} }]`)), '/v2');
  expect([answers(decision), decision.doubts]).toEqual([{ v1: '1' }, [expect.stringContaining(`"${type}"`)]]);
});

// https://github.com/linkerd/linkerd2/blob/main/policy-controller/k8s/index/src/routes/grpc.rs
test('so does an expression for the method of a call', () => {
  const rules = `[{ matches: [{ method: { type: RegularExpression, service: "a.*" } }], ${to('name: v2')} }]`;
  expect(answers(decide(linkerd(route(rules, { kind: 'GRPCRoute' })), '/a.B/C'))).toEqual({ v1: '1' });
});

test('a GRPCRoute wins over an HTTPRoute, and breaks HTTP/1', () => {
  const traffic = linkerd(route(`[{ ${to('name: v2')} }]`), route(`[{ ${to('name: v1')} }]`, { kind: 'GRPCRoute', name: 'g' }));
  const both = ['GRPC', 'HTTP'].map((protocol) => answers(traffic.decide({ host: 'web.shop', port: 80, protocol, path: '/a.B/C', from: meshed('shop') })));
  expect(both).toEqual([{ v1: '1' }, { closed: '1' }]);
});

test('routes of a client’s namespace join those beside the Service', () => {
  const traffic = linkerd(route(`[{ ${to('name: v1')} }]`), route(`[${on('/v2', 'PathPrefix', 'v2')}]`, { namespace: 'default', parent: PARENT.replace('web', 'web, namespace: shop') }));
  expect(['/', '/v2'].map((path) => answers(traffic.decide({ host: 'web.shop', port: 80, path, from: meshed('default') })))).toEqual([{ v1: '1' }, { v2: '1' }]);
  expect(answers(decide(traffic, '/v2'))).toEqual({ v1: '1' });
});

// https://github.com/linkerd/linkerd2/blob/main/charts/linkerd-crds/templates/policy/httproute.yaml
test('backends of the first versions of Linkerd’s HTTPRoute are in the namespace "default"', () => {
  expect(answers(decide(linkerd(route(`[{ ${to('name: stray')} }]`, { group: 'policy.linkerd.io', version: 'v1beta1' }))))).toEqual({ stray: '1' });
});

test.each([
  { what: 'of the rule', annotations: '{}', onService: '{}', timeout: 2000, retries: 0 },
  { what: 'of the route', annotations: '{ timeout.linkerd.io/request: 3s, retry.linkerd.io/http: 5xx, retry.linkerd.io/limit: "2" }', onService: '{}', timeout: 3000, retries: 2 },
  { what: 'of the Service', annotations: '{}', onService: '{ retry.linkerd.io/http: 5xx }', timeout: 2000, retries: 1 },
  { what: 'of the route, which hide those of the Service', annotations: '{ timeout.linkerd.io/request: 3s }', onService: '{ retry.linkerd.io/http: 5xx }', timeout: 3000, retries: 0 },
])('timeouts and retries $what', ({ annotations, onService, timeout, retries }) => {
  const web = WEB.replace('namespace: shop', `namespace: shop, annotations: ${onService}`);
  const decision = decide(linkerd(web, route(`[{ timeouts: { request: 2s }, ${to('name: v2')} }]`, { annotations })));
  expect(decision).toMatchObject({ timeoutMillis: timeout, retries });
});

const PROFILE = (spec: string) => `
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: web.shop.svc.cluster.local, namespace: shop }
spec: ${spec}
`;

const SPLIT = (backends: string, version = 'v1alpha2', root = 'web') => `
apiVersion: split.smi-spec.io/${version}
kind: TrafficSplit
metadata: { name: split, namespace: shop }
spec: { service: ${root}, backends: ${backends} }
`;

// https://github.com/linkerd/linkerd2/blob/main/controller/api/destination/profile_translator.go and
// https://github.com/linkerd/linkerd-smi/blob/main/pkg/adaptor/controller.go
test.each([
  { what: 'an empty profile changes nothing', object: PROFILE('{ routes: [] }'), gets: { v2: '1' } },
  { what: 'a profile with routes switches the HTTPRoute off', object: PROFILE('{ routes: [{ name: all, condition: { pathRegex: ".*" } }] }'), gets: { v1: '1' } },
  {
    what: 'so do overrides',
    gets: { v1: '1/4', v2: '3/4' },
    object: PROFILE('{ dstOverrides: [{ authority: "v1.shop.svc.cluster.local:80", weight: 250m }, { authority: v2.shop.svc.cluster.local, weight: 750m }] }'),
  },
  { what: 'overrides without weight are none', object: PROFILE('{ dstOverrides: [{ authority: v2.shop.svc.cluster.local, weight: 0 }] }'), gets: { v1: '1' } },
  { what: 'a TrafficSplit', object: SPLIT('[{ service: v1, weight: 1 }, { service: v2, weight: 3 }]'), gets: { v1: '1/4', v2: '3/4' } },
  { what: 'a TrafficSplit of quantities', object: SPLIT('[{ service: v1, weight: 500m }, { service: v2, weight: 1 }]', 'v1alpha1'), gets: { v1: '1/3', v2: '2/3' } },
  { what: 'a TrafficSplit with the root as backend', object: SPLIT('[{ service: web, weight: 1 }, { service: v2, weight: 1 }]'), gets: { v1: '1/2', v2: '1/2' } },
  { what: 'a TrafficSplit on the full name, which the extension makes a dead profile of', object: SPLIT('[{ service: v1, weight: 1 }]', 'v1alpha2', 'web.shop.svc.cluster.local'), gets: { v2: '1' } },
])('$what', ({ object, gets }) => {
  expect(answers(decide(linkerd(route(`[{ ${to('name: v2')} }]`), object)))).toEqual(gets);
});

const SERVER = (spec = '') => `
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: web, namespace: shop }
spec: { podSelector: { matchLabels: { app: v1 } }, port: 8080${spec} }
`;

const POLICY = (kind: string, name: string, references: string) => `
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: ${kind.toLowerCase()}, namespace: shop }
spec: { targetRef: { group: policy.linkerd.io, kind: ${kind}, name: ${name} }, requiredAuthenticationRefs: ${references} }
`;

const IDENTITY = (spec: string) => `
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: clients, namespace: shop }
spec: ${spec}
`;

const NETWORK = (cidr: string) => `
apiVersion: policy.linkerd.io/v1alpha1
kind: NetworkAuthentication
metadata: { name: anyone, namespace: shop }
spec: { networks: [{ cidr: ${cidr} }] }
`;

const BY_IDENTITY = '[{ group: policy.linkerd.io, kind: MeshTLSAuthentication, name: clients }]';
const BY_NETWORK = '[{ group: policy.linkerd.io, kind: NetworkAuthentication, name: anyone }]';
const buyer = meshed('shop', { serviceAccount: 'buyer' });
const thief = meshed('shop', { serviceAccount: 'thief' });
const plain = RequestSource.plain({ namespace: 'shop' });

describe('access', () => {
  // Seen on the wire too; https://linkerd.io/2/reference/authorization-policy/
  test.each([
    { what: 'no policies', objects: [], lets: [buyer, thief, plain] },
    { what: 'a Server without authorization', objects: [SERVER()], lets: [] },
    { what: 'a Server that lets the mesh in by itself', objects: [SERVER(', accessPolicy: all-authenticated')], lets: [buyer, thief] },
    { what: 'a Server for another port', objects: [SERVER().replace('8080', '9090')], lets: [buyer, thief, plain] },
    { what: 'an account by reference', objects: [SERVER(), POLICY('Server', 'web', BY_IDENTITY), IDENTITY('{ identityRefs: [{ kind: ServiceAccount, name: buyer }] }')], lets: [buyer] },
    {
      what: 'an account by name',
      lets: [buyer],
      objects: [SERVER(), POLICY('Server', 'web', BY_IDENTITY), IDENTITY('{ identities: [buyer.shop.serviceaccount.identity.linkerd.cluster.local] }')],
    },
    { what: 'everybody in the mesh', objects: [SERVER(), POLICY('Server', 'web', BY_IDENTITY), IDENTITY('{ identities: ["*"] }')], lets: [buyer, thief] },
    { what: 'a namespace', objects: [SERVER(), POLICY('Server', 'web', BY_IDENTITY), IDENTITY('{ identityRefs: [{ kind: Namespace, name: shop }] }')], lets: [buyer, thief] },
    { what: 'an account without a name for it', objects: [SERVER(), POLICY('Server', 'web', '[{ kind: ServiceAccount, name: buyer }]')], lets: [buyer] },
    { what: 'a policy for the namespace', objects: [SERVER(), POLICY('Namespace', 'shop', BY_NETWORK), NETWORK('0.0.0.0/0')], lets: [buyer, thief, plain] },
    { what: 'a policy for another Server', objects: [SERVER(), POLICY('Server', 'other', BY_NETWORK), NETWORK('0.0.0.0/0')], lets: [] },
    { what: 'an authentication that is not there', objects: [SERVER(), POLICY('Server', 'web', BY_IDENTITY)], lets: [] },
  ])('$what', ({ objects, lets }) => {
    const traffic = linkerd(...objects);
    const all = [buyer, thief, plain];
    expect(all.filter((from) => traffic.decide({ host: 'web.shop', port: 80, from }).denied === 0)).toEqual(lets);
    expect(all.filter((from) => traffic.decide({ host: 'web.shop', port: 80, from }).statusShare('403') === 1)).toEqual(all.filter((from) => !lets.includes(from)));
  });

  test.each([
    { policy: 'deny', on: 'pod', lets: [] }, { policy: 'all-authenticated', on: 'pod', lets: [buyer] }, { policy: 'cluster-unauthenticated', on: 'pod', lets: [buyer, plain] },
    { policy: 'audit', on: 'pod', lets: [buyer, plain] },
  ])('pods with the default policy $policy', ({ policy, lets }) => {
    const pods = services('shop', 'v1').replace('labels: { app: v1, version: v1 }', `annotations: { config.linkerd.io/default-inbound-policy: ${policy} }, labels: { app: v1 }`);
    expect([buyer, plain].filter((from) => linkerd(pods).decide({ host: 'web.shop', port: 80, from }).denied === 0)).toEqual(lets);
  });

  test('with a route on the Server what it does not list is not found', () => {
    const listed = route('[{ matches: [{ path: { value: /open } }] }]', { ...OWN, name: 'open', parent: '{ group: policy.linkerd.io, kind: Server, name: web }' });
    const traffic = linkerd(SERVER(), listed, POLICY('HTTPRoute', 'open', BY_NETWORK), NETWORK('0.0.0.0/0'));
    expect(['/open', '/other'].map((path) => answers(decide(traffic, path)))).toEqual([{ v1: '1' }, { 404: '1' }]);
  });

  test('whose address a network holds is not known', () => {
    const decision = decide(linkerd(SERVER(), POLICY('Server', 'web', BY_NETWORK), NETWORK('10.0.0.0/8')));
    expect([answers(decision), decision.doubts]).toEqual([{ v1: '1' }, [expect.stringContaining('NetworkAuthentication shop/anyone')]]);
  });
});

test('pods with its annotation show that Linkerd is meant, more than routes that others follow too', () => {
  const injected = services('shop', 'v1').replace('labels: { app: v1, version: v1 }', 'annotations: { linkerd.io/inject: enabled }, labels: { app: v1 }');
  expect(read({}, injected, WEB, route(`[{ ${to('name: v1')} }]`)).mesh).toBe('linkerd');
});

test.each([
  { stage: '500-500', gets: { 'v1': '1/2', 'linux-training-v2': '1/2' } },
  { stage: '250-750', gets: { 'v1': '1/4', 'linux-training-v2': '3/4' } },
  { stage: '0-1', gets: { 'linux-training-v2': '1' } },
])('emojivoto at $stage', ({ stage, gets }) => {
  const traffic = Traffic.fromFiles(['workloads', stage].map((name) => `${__dirname}/../../cases/emojivoto/linkerd/${name}.yaml`));
  const from = meshed('emojivoto');
  expect(traffic.mesh).toBe('linkerd');
  expect([traffic.unread, answers(traffic.decide({ host: 'web-apex', from })), answers(traffic.decide({ host: 'web-svc', from }))]).toEqual([[], gets, { v1: '1' }]);
  expect(answers(traffic.decide({ host: 'web-apex', from: RequestSource.plain({ namespace: 'emojivoto' }) }))).toEqual({ closed: '1' });
});
