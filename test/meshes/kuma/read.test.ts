import { RequestSource, Traffic } from '../../../src';
import { answers, meshed, read } from '../read-world';

/** A Service whose port speaks what is said, and a Deployment behind it. */
const APP = (name: string, appProtocol = 'http', namespace = 'shop') => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace}, labels: { team: blue } }
spec: { selector: { app: ${name} }, ports: [{ name: main, port: 80, targetPort: 8080${appProtocol ? `, appProtocol: ${appProtocol}` : ''} }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name}, version: ${name} } }, spec: { containers: [{ name: c, image: i }] } } }
`;
const WORLD = [APP('web'), APP('v1'), APP('v2'), APP('raw', ''), APP('bytes', 'tcp')];

interface Written {
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly targetRef?: string;
  readonly to?: string;
}

const POLICY = (items: string, { kind = 'MeshHTTPRoute', name = 'route', namespace = 'shop', targetRef, to = 'name: web' }: Written = {}) => `
apiVersion: kuma.io/v1alpha1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ${targetRef ? `targetRef: ${targetRef}, ` : ''}to: [{ targetRef: { kind: MeshService, ${to} }, ${items} }] }
`;
const REF = (name: string, weight?: number) => `{ kind: MeshService, name: ${name}, port: 80${weight === undefined ? '' : `, weight: ${weight}`} }`;
const RULE = (match: string, ...refs: readonly string[]) => `{ matches: [${match}], default: { backendRefs: [${refs.join(', ')}] } }`;
const ROUTE = (rules: readonly string[], written?: Written) => POLICY(`rules: [${rules.join(', ')}]`, written);
const PATH = (type: string, value: string) => `{ path: { type: ${type}, value: "${value}" } }`;

const WEB = { web: '1' };
const V1 = { v1: '1' };
const V2 = { v2: '1' };
const HALF = { v1: '1/2', v2: '1/2' };

interface Asked {
  readonly host?: string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly protocol?: string;
  readonly from?: RequestSource;
}

const ask = (documents: readonly string[], { host = 'web.shop', from = meshed('shop'), ...request }: Asked = {}) =>
  read({}, ...WORLD, ...documents).decide({ host, port: 80, from, ...request });

// https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/meshhttproute/api/v1alpha1/compare.go and ../xds/match.go, configurer.go
test.each<{ what: string; rules: string[]; asked?: Asked; gets: Record<string, string> }>([
  { what: 'weights', rules: [RULE('{}', REF('v1', 1), REF('v2', 3))], gets: { v1: '1/4', v2: '3/4' } },
  { what: 'a weight left out is 1', rules: [RULE('{}', REF('v1'), REF('v2'))], gets: HALF },
  { what: 'a weight of 0', rules: [RULE('{}', REF('v1', 0), REF('v2'))], gets: V2 },
  { what: 'what no rule takes goes to the Service itself', rules: [RULE(PATH('Exact', '/x'), REF('v1'))], gets: WEB },
  { what: 'without backends it goes there too', rules: ['{ matches: [{}], default: {} }'], gets: WEB },
  { what: 'exact before prefix', rules: [RULE(PATH('PathPrefix', '/x'), REF('v1')), RULE(PATH('Exact', '/x'), REF('v2'))], asked: { path: '/x' }, gets: V2 },
  { what: 'prefix before expression', rules: [RULE(PATH('RegularExpression', '/x/.*'), REF('v1')), RULE(PATH('PathPrefix', '/x'), REF('v2'))], asked: { path: '/x/y' }, gets: V2 },
  { what: 'the longer prefix', rules: [RULE(PATH('PathPrefix', '/'), REF('v1')), RULE(PATH('PathPrefix', '/x'), REF('v2'))], asked: { path: '/x/y' }, gets: V2 },
  { what: 'an expression before no path', rules: [RULE('{ method: GET }', REF('v1')), RULE(PATH('RegularExpression', '/.*'), REF('v2'))], gets: V2 },
  { what: 'a method before none', rules: [RULE('{}', REF('v1')), RULE('{ method: GET }', REF('v2'))], gets: V2 },
  { what: 'more headers before fewer', rules: [RULE('{ headers: [{ name: a, value: b }] }', REF('v1')), RULE('{ headers: [{ name: a, value: b }, { name: c, value: d }] }', REF('v2'))], asked: { headers: { a: 'b', c: 'd' } }, gets: V2 },
  { what: 'of equal ones the first', rules: [RULE(PATH('RegularExpression', '/a.*'), REF('v1')), RULE(PATH('RegularExpression', '/.*b'), REF('v2'))], asked: { path: '/ab' }, gets: V1 },
  { what: 'a prefix takes whole elements', rules: [RULE(PATH('PathPrefix', '/x'), REF('v1'))], asked: { path: '/xy' }, gets: WEB },
  { what: 'an expression covers the whole path', rules: [RULE(PATH('RegularExpression', '/x'), REF('v1'))], asked: { path: '/xy' }, gets: WEB },
  { what: 'a header that is there', rules: [RULE('{ headers: [{ type: Present, name: a }] }', REF('v1'))], asked: { headers: { A: '' } }, gets: V1 },
  { what: 'a header that is not there', rules: [RULE('{ headers: [{ type: Absent, name: a }] }', REF('v1'))], asked: { headers: { a: '' } }, gets: WEB },
  { what: 'the beginning of a header', rules: [RULE('{ headers: [{ type: Prefix, name: a, value: b }] }', REF('v1'))], asked: { headers: { a: 'bc' } }, gets: V1 },
  { what: 'a query', rules: [RULE('{ queryParams: [{ type: RegularExpression, name: a, value: "b+" }] }', REF('v1'))], asked: { path: '/?a=bb' }, gets: V1 },
])('rules of a MeshHTTPRoute: $what', ({ rules, asked, gets }) => {
  const decision = ask([ROUTE(rules)], asked);
  expect([answers(decision), decision.doubts]).toEqual([gets, []]);
});

test('where a rule takes everything, nothing is left for the Service itself', () => {
  const otherwise = (match: string) => {
    const { _evaluator, _verdict: { request } } = { ...read({}, ...WORLD, ROUTE([RULE(match, REF('v1'))])), ...ask([]) };
    return _evaluator.tableFor({ ...request, source: { kind: 'meshed', namespace: 'shop', serviceAccount: 'default', labels: {} } }).table.otherwise.kind;
  };
  expect([otherwise('{}'), otherwise(PATH('Exact', '/x'))]).toEqual(['answer', 'forward']);
});

// https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/core/xds/meshroute/listeners.go (makeSplits) and
// ../../meshhttproute/plugin/v1alpha1/listeners.go (generateFromService): a route without any cluster is left out.
test.each([
  { what: 'one that is missing is left out', refs: [REF('v1'), REF('nowhere', 9)], gets: V1, doubt: 'no MeshService nowhere' },
  { what: 'without any the rule is left out', refs: [REF('nowhere')], gets: WEB, doubt: 'no MeshService nowhere' },
  { what: 'without any weight too', refs: [REF('v1', 0)], gets: WEB },
  { what: 'a port that is not declared for HTTP is none', refs: [REF('raw'), REF('v2')], gets: V2, doubt: 'no MeshService raw' },
  { what: 'a tag of old', refs: ['{ kind: MeshService, name: v2_shop_svc_80 }'], gets: V2 },
  { what: 'a name without a port is a tag of old, and none', refs: ['{ kind: MeshService, name: v2 }', REF('v1')], gets: V1, doubt: 'no MeshService v2' },
  { what: 'the name of a port', refs: ['{ kind: MeshService, name: v2, sectionName: main }'], gets: V2 },
])('backends: $what', ({ refs, gets, doubt }) => {
  const decision = ask([ROUTE([RULE('{}', ...refs)])]);
  expect([answers(decision), decision.doubts]).toEqual([gets, doubt ? [expect.stringContaining(doubt)] : []]);
});

// https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/core/rules/resolve/targetref.go
test.each([
  { what: 'the name of a port', to: 'name: web, sectionName: main', gets: V1 },
  { what: 'another port', to: 'name: web, sectionName: admin', gets: WEB },
  { what: 'labels that Kuma adds', to: 'labels: { kuma.io/display-name: web }', gets: V1 },
  { what: 'labels of the Service', to: 'labels: { team: blue }', gets: V1 },
  { what: 'other labels', to: 'labels: { team: red }', gets: WEB },
  { what: 'a tag of old', to: 'name: web_shop_svc_80', gets: V1 },
  { what: 'another Service', to: 'name: v2', gets: WEB },
])('what a route is about: $what', ({ to, gets }) => {
  expect(answers(ask([ROUTE([RULE('{}', REF('v1'))], { to })]))).toEqual(gets);
});

// https://github.com/kumahq/kuma/blob/v2.14.3/pkg/core/resources/labels/compute.go (ComputePolicyRole) and
// https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/core/matchers/dataplane.go
const ELSEWHERE: Written = { namespace: 'desk', to: 'name: web, namespace: shop' };
const OF_SHOP = (name: string) => `{ kind: MeshService, name: ${name}, namespace: shop, port: 80 }`;
test.each([
  { what: 'one beside its Service is for all', written: {}, from: meshed('desk'), gets: V1 },
  { what: 'one elsewhere is for clients there', written: ELSEWHERE, from: meshed('desk'), gets: V1 },
  { what: 'one elsewhere is not for others', written: ELSEWHERE, from: meshed('shop'), gets: WEB },
  { what: 'one of the system is for all', written: { ...ELSEWHERE, namespace: 'kuma-system' }, from: meshed('shop'), gets: V1 },
  { what: 'some clients, by their labels', written: { targetRef: '{ kind: Dataplane, labels: { app: till } }' }, from: meshed('desk', { labels: { app: 'till' } }), gets: V1 },
  { what: 'clients with other labels', written: { targetRef: '{ kind: Dataplane, labels: { app: till } }' }, from: meshed('desk'), gets: WEB },
  { what: 'some clients, by tags', written: { targetRef: '{ kind: MeshSubset, tags: { k8s.kuma.io/namespace: desk } }' }, from: meshed('desk'), gets: V1 },
  { what: 'gateways only', written: { targetRef: '{ kind: Mesh, proxyTypes: [Gateway] }' }, from: meshed('desk'), gets: WEB },
  { what: 'a client without a sidecar', written: {}, from: RequestSource.plain({ namespace: 'shop' }), gets: WEB },
])('whom a route is for: $what', ({ written, from, gets }) => {
  expect(answers(ask([ROUTE([RULE('{}', OF_SHOP('v1'))], written)], { from }))).toEqual(gets);
});

// https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/core/rules/outbound/sort.go and ../merge/merge.go
test.each([
  { what: 'the first name prevails', first: { name: 'a' }, second: { name: 'b' }, gets: V1 },
  { what: 'a port prevails over its Service', first: { name: 'a' }, second: { name: 'b', to: 'name: web, sectionName: main' }, gets: V2 },
  { what: 'clients of a namespace prevail over all', first: { name: 'a' }, second: { ...ELSEWHERE, name: 'b' }, gets: V2 },
  { what: 'some clients prevail over all', first: { name: 'a' }, second: { name: 'b', targetRef: '{ kind: Dataplane }' }, gets: V2 },
])('two routes with one match: $what', ({ first, second, gets }) => {
  const documents = [ROUTE([RULE('{}', OF_SHOP('v1'))], first), ROUTE([RULE('{}', OF_SHOP('v2'))], second)];
  expect(answers(ask(documents, { from: meshed('desk') }))).toEqual(gets);
});

// https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/meshtcproute/plugin/v1alpha1/listeners_backendrefs.go
const STREAM = (to: string, ...refs: readonly string[]) => POLICY(`rules: [{ default: { backendRefs: [${refs.join(', ')}] } }]`, { kind: 'MeshTCPRoute', name: 'stream', to: `name: ${to}` });
test.each([
  { what: 'shares connections', host: 'bytes', documents: [STREAM('bytes', REF('v1'), REF('v2'))], gets: HALF },
  { what: 'takes any backend', host: 'bytes', documents: [STREAM('bytes', REF('raw'))], gets: { raw: '1' } },
  { what: 'without a port for it', host: 'bytes', documents: [STREAM('bytes', REF('v1', 0))], gets: { closed: '1' } },
  { what: 'holds for requests where no MeshHTTPRoute does', host: 'web', documents: [STREAM('web', REF('v2'))], gets: V2 },
  { what: 'gives way to a MeshHTTPRoute', host: 'web', documents: [STREAM('web', REF('v2')), ROUTE([RULE('{}', REF('v1'))])], gets: V1 },
])('a MeshTCPRoute $what', ({ host, documents, gets }) => {
  expect(answers(ask(documents, { host: `${host}.shop`, protocol: host === 'bytes' ? 'TCP' : 'HTTP' }))).toEqual(gets);
});

test('a MeshHTTPRoute on a port that is not declared for HTTP counts only for backends that are', () => {
  const route = (to: string) => ROUTE([RULE('{}', REF(to))], { to: 'name: raw' });
  expect([answers(ask([route('raw')], { host: 'raw.shop' })), answers(ask([route('v1')], { host: 'raw.shop' }))]).toEqual([{ raw: '1' }, V1]);
});

// https://github.com/kumahq/kuma/tree/v2.14.3/pkg/defaults/mesh
describe('times and tries', () => {
  const MESH = 'apiVersion: kuma.io/v1alpha1\nkind: Mesh\nmetadata: { name: default }\nspec: { skipCreatingInitialPolicies: ["*"] }';
  const TIME = (time: string, written: Written = {}) => POLICY(`default: { http: { requestTimeout: ${time} } }`, { kind: 'MeshTimeout', name: 'time', ...written });
  const route = ROUTE([RULE('{}', REF('v1'))]);
  const filters = (...documents: readonly string[]) => ask([route, ...documents])._verdict.filters;

  test.each([
    { what: 'by default', documents: [], timeout: 15_000 },
    { what: 'of a Mesh without policies', documents: [MESH], timeout: undefined },
    { what: 'of a Service', documents: [TIME('1m2s')], timeout: 62_000 },
    { what: 'without an end', documents: [TIME('0s')], timeout: undefined },
    { what: 'of a route', documents: [TIME('2s'), TIME('3s', { name: 'own', to: 'name: route' }).replace('kind: MeshService', 'kind: MeshHTTPRoute')], timeout: 3000 },
    { what: 'of another Service', documents: [TIME('2s', { to: 'name: v2' })], timeout: 15_000 },
  ])('the time $what', ({ documents, timeout }) => {
    expect(filters(...documents).timeoutMilliseconds).toBe(timeout);
  });

  test('tries by default, of a Mesh without policies, and of a policy', () => {
    const retry = POLICY('default: { http: { numRetries: 2, perTryTimeout: 1s, retryOn: ["5xx"] } }', { kind: 'MeshRetry', name: 'retry' });
    expect([filters(), filters(MESH), filters(retry)].map(({ retries }) => retries)).toEqual([
      { attempts: 5, on: 'gateway-error,connect-failure,refused-stream', perTryMilliseconds: 16_000 },
      undefined,
      { attempts: 2, on: '5xx', perTryMilliseconds: 1000 },
    ]);
  });
});

test('filters', () => {
  const written = `[
    { type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: a, value: b }], add: [], remove: [c] } },
    { type: URLRewrite, urlRewrite: { hostname: x.example.com, path: { type: ReplacePrefixMatch, replacePrefixMatch: /new } } },
    { type: RequestMirror, requestMirror: { percentage: "12.5", backendRef: { kind: MeshService, name: v2_shop_svc_80 } } },
  ]`;
  const { filters } = ask([ROUTE([`{ matches: [{}], default: { filters: ${written}, backendRefs: [${REF('v1')}] } }`])])._verdict;
  expect([filters.requestHeaders, filters.hostRewrite, filters.pathRewrite, filters.mirrors?.map(({ percent }) => percent)]).toEqual([
    { set: { a: 'b' }, add: {}, remove: ['c'] }, 'x.example.com', { kind: 'prefix', value: '/new' }, [12.5],
  ]);
});

test('a redirect, for which 302 is the default', () => {
  const redirect = '{ type: RequestRedirect, requestRedirect: { hostname: x.example.com } }';
  const { outcomes } = ask([ROUTE([`{ matches: [{}], default: { filters: [${redirect}] } }`])])._verdict;
  expect(outcomes).toEqual([expect.objectContaining({ kind: 'redirected', redirect: expect.objectContaining({ status: 302, host: 'x.example.com' }) })]);
});

const OTHER = (kind: string) => `apiVersion: kuma.io/v1alpha1\nkind: ${kind}\nmetadata: { name: other, namespace: shop }\nspec: {}`;
test.each([
  { what: 'the receiver of a mirror, as a MeshService', document: ROUTE([`{ matches: [{}], default: { filters: [{ type: RequestMirror, requestMirror: { backendRef: ${REF('v2')} } }] } }`]), doubt: 'finds no receiver' },
  { what: 'a fault', document: OTHER('MeshFaultInjection'), doubt: 'MeshFaultInjection shop/other is not followed' },
  { what: 'a permission', document: OTHER('MeshTrafficPermission'), doubt: 'MeshTrafficPermission shop/other may let the client in or not' },
  { what: 'clients by their Service', document: ROUTE([RULE('{}', REF('v1'))], { targetRef: '{ kind: MeshService, name: till_desk_svc_80 }' }), doubt: 'is for clients by their Service' },
])('doubted: $what', ({ document, doubt }) => {
  expect(ask([document]).doubts).toEqual([expect.stringContaining(doubt)]);
});

// https://kuma.io/docs/2.14.x/policies/meshhttproute/
test.each([
  { stage: '500-500', gets: { 'v1': '1/2', 'linux-training-v2': '1/2' } },
  { stage: '250-750', gets: { 'v1': '1/4', 'linux-training-v2': '3/4' } },
  { stage: '0-1', gets: { 'linux-training-v2': '1' } },
])('emojivoto at $stage', ({ stage, gets }) => {
  const traffic = Traffic.fromFiles(['workloads', stage].map((name) => `${__dirname}/../../cases/emojivoto/kuma/${name}.yaml`));
  const decision = traffic.decide({ host: 'web-apex', from: meshed('emojivoto') });
  expect([traffic.mesh, answers(decision), decision.doubts]).toEqual(['kuma', gets, []]);
  expect(decision._verdict.filters.timeoutMilliseconds).toBeUndefined();
});
