import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { findingsOf, manifestsOf, specs } from './manifests';
import {
  CanaryService, CanaryServiceProps, Client, GatewayApiGateway, GatewayApiImplementation, HttpMethod, Mesh, PathMatch, Protocol,
} from '../../../src';
import { rustProblem } from '../../../src/meshes/linkerd/rust-regex';
import { reported } from '../../findings';
import { decide, PRECEDENCES, RouteMatch } from '../gateway-api/precedence';

// https://linkerd.io/2/tasks/configuring-per-route-policy/. Of all routes on a Server the one that says most of a request decides, by path length,
// headers, query, method (linkerd2-proxy linkerd/http/route/src/http/match.rs); policies of the Server hold on each route as well
// (linkerd/proxy/server-policy/src/authz.rs, mk_authorizations).

const { GET, POST } = HttpMethod;
const cart = Client.serviceAccount('cart', { requests: [{ path: PathMatch.prefix('/api'), methods: [GET, POST] }] });
const pay = Client.serviceAccount('pay', { namespace: 'bank', requests: [{ path: PathMatch.prefix('/api/pay') }] });
const admin = Client.namespace('admin');

const group = 'policy.linkerd.io';
const named = (props: Partial<CanaryServiceProps>, kind: string) => Object.fromEntries(
  manifestsOf({}, props).filter((manifest) => manifest.kind === kind && !manifest.apiVersion.startsWith('gateway.')).map(({ metadata, spec }) => [metadata.name, spec]),
);
const policy = (kind: string, name: string, authentication: string) => ({
  targetRef: { group, kind, name }, requiredAuthenticationRefs: [{ group, kind: 'MeshTLSAuthentication', name: authentication }],
});
const account = (name: string, namespace: string) => ({ kind: 'ServiceAccount', name, namespace });
const path = (type: string, value: string) => ({ type, value });

test('what two clients may send both has a route for both, and a route for the rest keeps it from 404', () => {
  const props = { allowFrom: [cart, pay, admin] };
  const parentRefs = [{ group, kind: 'Server', namespace: 'shop', name: 'web' }];
  const api = path('PathPrefix', '/api');
  const payments = path('PathPrefix', '/api/pay');
  expect(named(props, 'HTTPRoute')).toEqual({
    'web-access-1': { parentRefs, rules: [{ matches: [{ path: api, method: 'GET' }, { path: api, method: 'POST' }] }] },
    'web-access-2': { parentRefs, rules: [{ matches: [{ path: payments }] }] },
    'web-access-3': { parentRefs, rules: [{ matches: [{ path: payments, method: 'GET' }, { path: payments, method: 'POST' }] }] },
    'web-access': { parentRefs, rules: [{ matches: [{ path: path('PathPrefix', '/') }] }] },
  });
  expect(named(props, 'MeshTLSAuthentication')).toEqual({
    'web-requests': { identityRefs: [{ kind: 'Namespace', name: 'admin' }] },
    'web-access-1': { identityRefs: [account('cart', 'shop')] },
    'web-access-2': { identityRefs: [account('pay', 'bank')] },
    'web-access-3': { identityRefs: [account('cart', 'shop'), account('pay', 'bank')] },
  });
  expect(named(props, 'AuthorizationPolicy')).toEqual({
    'web': policy('Server', 'web', 'web-requests'),
    'web-access-1': policy('HTTPRoute', 'web-access-1', 'web-access-1'),
    'web-access-2': policy('HTTPRoute', 'web-access-2', 'web-access-2'),
    'web-access-3': policy('HTTPRoute', 'web-access-3', 'web-access-3'),
  });
});

test('where nobody may do everything, no policy is for the Server', () => {
  expect(named({ allowFrom: [cart] }, 'AuthorizationPolicy')).toEqual({ 'web-access-1': policy('HTTPRoute', 'web-access-1', 'web-access-1') });
});

test('connections are open to limited clients too, and gRPC counts as HTTP/2, where HTTPRoutes hold', () => {
  const props = { allowFrom: [cart, admin], ports: [{ port: 90, protocol: Protocol.GRPC }, { port: 5432, protocol: Protocol.TCP }] };
  const manifests = manifestsOf({}, props);
  expect(specs(manifests, 'Server')).toMatchObject([{ port: 90, proxyProtocol: 'HTTP/2' }, { port: 5432, proxyProtocol: 'opaque' }]);
  expect(named(props, 'AuthorizationPolicy')).toMatchObject({ 'web-grpc': policy('Server', 'web-grpc', 'web-requests'), 'web-tcp': policy('Server', 'web-tcp', 'web') });
  expect(named(props, 'MeshTLSAuthentication')).toMatchObject({ web: { identityRefs: [account('cart', 'shop'), { kind: 'Namespace', name: 'admin' }] } });
  expect(named(props, 'HTTPRoute')).toMatchObject({ 'web-access': { parentRefs: [{ group, kind: 'Server', namespace: 'shop', name: 'web-grpc' }] } });
});

test('an expression is bound to the whole path, and its methods are spelt out: the route for the rest says as much of "/"', () => {
  const allowFrom = [Client.serviceAccount('cart', { requests: [{ path: PathMatch.regex('/a|/ab') }] })];
  const [{ rules }] = specs(manifestsOf({}, { allowFrom }), 'HTTPRoute') as { rules: { matches: { path: unknown; method: string }[] }[] }[];
  expect(rules[0].matches[0]).toEqual({ path: path('RegularExpression', '^(?:/a|/ab)$'), method: 'GET' });
  expect(rules.flatMap(({ matches }) => matches).map(({ method }) => method))
    .toEqual(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);
});

// https://docs.rs/regex/latest/regex/#syntax beside https://github.com/google/re2/wiki/Syntax
test.each([
  ['/items/[0-9]+(\\.json)?', undefined], ['/a{2,3}[[:alpha:]]\\d', undefined], ['/[^a\\[]', undefined], ['/\\p{Greek}', undefined],
  ['/\\Qa.b\\E', '\\Q'], ['/\\<a', '\\<'], ['/a{', '{'], ['/a{,3}', '{,3}'], ['/[[a]', '['], ['/[a&&b]', '&&'], ['/[a--b]', '--'], ['/\\101', '\\1'],
])('in %s, what Rust reads in another way: %s', (pattern, problem) => {
  expect(rustProblem(pattern)).toBe(problem);
});

const PATHS = ['/', '/a', '/a/b', '/ab'] as const;
const requests = fc.record({
  path: fc.constantFrom(...PATHS.flatMap((value) => [PathMatch.exact(value), PathMatch.prefix(value)]), PathMatch.regex('/a.*'), PathMatch.regex('/')),
  methods: fc.subarray([GET, POST]),
});
const clientLists = fc.array(fc.array(requests, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 });

const takes = (request: { readonly path: PathMatch; readonly methods: readonly HttpMethod[] }, at: string, method: HttpMethod) => {
  const { kind, value } = request.path._toModel();
  const fits = kind === 'exact' ? at === value : kind === 'regex' ? new RegExp(`^(?:${value})$`).test(at) : value === '/' || at === value || at.startsWith(`${value}/`);
  return fits && (request.methods.length === 0 || request.methods.includes(method));
};

/** Linkerd's order, where a regular expression is as long as the path that it matched. */
const byLength = (at: string) => (a: RouteMatch, b: RouteMatch) => PRECEDENCES.LINKERD(asLong(a, at), asLong(b, at));
const asLong = (match: RouteMatch, at: string) => (match.path.type === 'RegularExpression' ? { ...match, path: { ...match.path, value: at } } : match);

test('each client may send what it was allowed, and nothing else, or the declaration is refused', () => {
  let kept = 0;
  fc.assert(fc.property(clientLists, (lists) => {
    const allowFrom = [...lists.map((list, index) => Client.serviceAccount(`c${index}`, { requests: list })), Client.serviceAccount('all')];
    if (findingsOf({}, { allowFrom }).length > 0) return;
    kept++;
    const routes = named({ allowFrom }, 'HTTPRoute') as Record<string, { rules: { matches: RouteMatch[] }[] }>;
    const policies = Object.values(named({ allowFrom }, 'AuthorizationPolicy')) as ReturnType<typeof policy>[];
    const identities = named({ allowFrom }, 'MeshTLSAuthentication') as Record<string, { identityRefs: { name: string }[] }>;
    const rules = Object.entries(routes).flatMap(([name, route]) => route.rules.map(({ matches }) => ({ matches, backendRefs: [{ name }] })));
    const on = (target: string) => policies.filter(({ targetRef }) => targetRef.name === target)
      .flatMap(({ requiredAuthenticationRefs: [{ name }] }) => identities[name].identityRefs.map((ref) => ref.name));
    const wrong = [...PATHS, '/a/', '/x'].flatMap((at) => [GET, POST].flatMap((method) => {
      const deciding = decide(rules, { path: at, method, headers: {}, query: {} }, byLength(at), false);
      const declared = ['all', ...lists.flatMap((list, index) => (list.some((request) => takes(request, at, method)) ? [`c${index}`] : []))].sort();
      return deciding.map((route) => [...new Set([...on('web'), ...on(route)])].sort()).filter((allowed) => String(allowed) !== String(declared));
    }));
    expect(wrong).toEqual([]);
  }), { numRuns: 200 });
  expect(kept).toBeGreaterThan(30);
});

const limited = (name: string, value: PathMatch, methods?: HttpMethod[]) => Client.serviceAccount(name, { requests: [{ path: value, methods }] });
const probed = (props: object): Partial<CanaryServiceProps> => ({ versions: [{ name: 'v1', image: 'web:1', ...props }, { name: 'v2', image: 'web:2' }] });
const unknown = (one: string, other: string) => '[test/web] access-invalid at allowFrom: Linkerd asks the policies of one route only, and nobody says whether '
  + `that of ${one} or of ${other} for requests that both take; allow both to the same clients, or let the paths exclude each other`;

test.each<{ name: string; props: Partial<CanaryServiceProps>; findings: string[] }>([
  {
    name: 'an exact path and a prefix of its length',
    props: { allowFrom: [limited('cart', PathMatch.exact('/a')), limited('pay', PathMatch.prefix('/a'))] },
    findings: [unknown('exact "/a"', 'prefix "/a"')],
  },
  {
    name: 'an expression beside a prefix',
    props: { allowFrom: [limited('cart', PathMatch.regex('/a.*'), [GET]), limited('pay', PathMatch.prefix('/a'), [GET])] },
    findings: [unknown('GET regex "/a.*"', 'GET prefix "/a"')],
  },
  {
    name: 'an expression of RE2 alone',
    props: { allowFrom: [limited('cart', PathMatch.regex('/\\Qa.b\\E'))] },
    findings: ['[test/web] regex-invalid at allowFrom[0].requests[0].path: "/\\Qa.b\\E" holds "\\Q", which expressions of Linkerd (Rust) refuse or read in another way; '
      + 'escape it, or say it in another way'],
  },
  {
    name: 'probes from clients, on a port named as it is in the container',
    props: { ...probed({ readiness: kplus.Probe.fromHttpGet('/ready', { port: 8080 }), liveness: kplus.Probe.fromTcpSocket() }), allowFrom: [cart] },
    findings: ['[test/web] access-invalid at versions.v1: the pods are probed at "/ready" on port 8080, and where clients are limited to some requests Linkerd denies probes; '
      + 'probe by TCP or on another port, or leave `requests` out'],
  },
  { name: 'nothing, where probes go to another port', props: { ...probed({ readiness: kplus.Probe.fromHttpGet('/ready', { port: 9000 }) }), allowFrom: [cart] }, findings: [] },
  {
    name: 'nothing, where no client is limited',
    props: { ...probed({ readiness: kplus.Probe.fromHttpGet('/ready', { port: 8080 }) }), allowFrom: [admin] },
    findings: [],
  },
])('fails if asked to keep apart $name', ({ props, findings }) => {
  expect(findingsOf({}, props)).toEqual(findings);
});

test('fails if the gateway that a service is exposed on is no client without limits, and all others are limited', () => {
  const chart = new Chart(new App(), 'test');
  const edge = new GatewayApiGateway(chart, 'edge', {
    gatewayClassName: 'edge', listeners: [{ port: 80, protocol: Protocol.HTTP }], serviceAccountName: 'edge', implementation: GatewayApiImplementation.ENVOY_GATEWAY,
  });
  const declare = (id: string, allowFrom: Client[]) => new CanaryService(chart, id, {
    mesh: Mesh.linkerd(), ports: [{ port: 80 }], versions: [{ name: 'v1', image: 'web:1' }], allowFrom,
  }).exposeViaGateway(edge, { hosts: [`${id}.example.com`] });
  declare('web', [cart]);
  declare('api', [cart, Client.serviceAccount('edge')]);
  expect(reported(() => chart.toJson())).toEqual([
    '[test/web] access-invalid at allowFrom: all clients are limited to some requests, and the gateway that the service is exposed on sends others too; '
    + 'name the account of the gateway without `requests`',
  ]);
});
