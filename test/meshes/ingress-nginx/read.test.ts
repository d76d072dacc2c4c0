import { RequestSource, Traffic } from '../../../src';
import { answers, read, service, services } from '../read-world';

const WORLD = [services('shop', 'v1', 'v2', 'v3'), service('shop', 'empty', 'nobody')];

interface Written {
  readonly name?: string;
  readonly to?: string;
  readonly host?: string;
  readonly path?: string;
  readonly pathType?: string;
  readonly port?: string;
  readonly created?: string;
  readonly annotations?: string;
}

const INGRESS = ({ name = 'main', to = 'v1', host = 'a.example.com', path = '/', pathType = 'Prefix', port = '{ number: 80 }', created, annotations = '' }: Written) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: shop, annotations: { ${annotations} }${created ? `, creationTimestamp: "${created}"` : ''} }
spec:
  ingressClassName: nginx
  rules: [{ host: ${host}, http: { paths: [{ path: ${path}, pathType: ${pathType}, backend: { service: { name: ${to}, port: ${port} } } }] } }]
`;
const on = (name: string, value: string) => `nginx.ingress.kubernetes.io/${name}: "${value}"`;
const CANARY = (annotations: readonly string[], written: Written = {}) =>
  INGRESS({ name: 'canary', to: 'v2', ...written, annotations: [on('canary', 'true'), ...annotations].join(', ') });

const MAIN = INGRESS({});
const V1 = { v1: '1' };
const V2 = { v2: '1' };

interface Asked {
  readonly path?: string;
  readonly host?: string;
  readonly headers?: Record<string, string>;
}

const ask = (documents: readonly string[], { path = '/', host = 'a.example.com', headers }: Asked = {}) =>
  read({}, ...WORLD, ...documents).decide({ host, port: 80, path, headers, from: RequestSource.gateway('nginx') });

const WEIGHT = on('canary-weight', '25');
const HEADER = on('canary-by-header', 'X-Tester');
const COOKIE = on('canary-by-cookie', 'tester');

// https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/rootfs/etc/nginx/lua/balancer.lua (route_to_alternative_balancer)
test.each<{ what: string; canary: string[]; headers?: Record<string, string>; gets: Record<string, string> }>([
  { what: 'a share of a hundred', canary: [WEIGHT], gets: { v1: '3/4', v2: '1/4' } },
  { what: 'a share of another total', canary: [WEIGHT, on('canary-weight-total', '1000')], gets: { v1: '39/40', v2: '1/40' } },
  { what: 'a total below 100 does not count', canary: [WEIGHT, on('canary-weight-total', '50')], gets: { v1: '3/4', v2: '1/4' } },
  { what: 'a weight above the total', canary: [on('canary-weight', '120')], gets: V2 },
  { what: 'no weight', canary: [HEADER], gets: V1 },
  { what: 'a weight that is no number', canary: [on('canary-weight', '25%')], gets: V1 },
  { what: 'the header says always', canary: [HEADER], headers: { 'x-tester': 'always' }, gets: V2 },
  { what: 'the header says never', canary: [HEADER, on('canary-weight', '100')], headers: { 'x-tester': 'never' }, gets: V1 },
  { what: 'the header says something else, so that the weight decides', canary: [HEADER, WEIGHT], headers: { 'x-tester': 'Always' }, gets: { v1: '3/4', v2: '1/4' } },
  { what: 'the header has the value', canary: [HEADER, on('canary-by-header-value', 'yes')], headers: { 'X-Tester': 'yes' }, gets: V2 },
  { what: 'the case of the value counts', canary: [HEADER, on('canary-by-header-value', 'yes')], headers: { 'x-tester': 'Yes' }, gets: V1 },
  { what: 'with a value, never is a word like any other', canary: [HEADER, on('canary-by-header-value', 'yes'), WEIGHT], headers: { 'x-tester': 'never' }, gets: { v1: '3/4', v2: '1/4' } },
  { what: 'the pattern is found somewhere', canary: [HEADER, on('canary-by-header-pattern', 'b.t')], headers: { 'x-tester': 'alphabeta bat' }, gets: V2 },
  { what: 'the value comes before the pattern', canary: [HEADER, on('canary-by-header-value', 'yes'), on('canary-by-header-pattern', '.*')], headers: { 'x-tester': 'no' }, gets: V1 },
  { what: 'a value without a header', canary: [on('canary-by-header-value', 'yes')], headers: { '': 'yes' }, gets: V1 },
  { what: 'the cookie says always', canary: [COOKIE], headers: { cookie: 'a=b; tester=always' }, gets: V2 },
  { what: 'the cookie says never', canary: [COOKIE, on('canary-weight', '100')], headers: { cookie: 'tester=never' }, gets: V1 },
  { what: 'another cookie', canary: [COOKIE], headers: { cookie: 'my-tester=always' }, gets: V1 },
  { what: 'the header comes before the cookie', canary: [HEADER, COOKIE], headers: { 'x-tester': 'never', 'cookie': 'tester=always' }, gets: V1 },
  { what: 'the header says nothing, so that the cookie decides', canary: [HEADER, COOKIE], headers: { 'x-tester': 'maybe', 'cookie': 'tester=always' }, gets: V2 },
])('a canary: $what', ({ canary, headers, gets }) => {
  const decision = ask([MAIN, CANARY(canary)], { headers });
  expect([answers(decision), decision.doubts]).toEqual([gets, []]);
});

// https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go
test.each([
  { what: 'without a main Ingress', documents: [CANARY([WEIGHT])], gets: { 404: '1' } },
  { what: 'for another path', documents: [MAIN, CANARY([WEIGHT], { path: '/new' })], gets: V1 },
  { what: 'for another host', documents: [MAIN, CANARY([WEIGHT], { host: 'b.example.com' })], gets: V1 },
  { what: 'of another type', documents: [INGRESS({ path: '/x' }), CANARY([WEIGHT], { path: '/x', pathType: 'Exact' })], asked: { path: '/x' }, gets: V1 },
  { what: 'whose Service is missing', documents: [MAIN, CANARY([on('canary-weight', '100')], { to: 'nowhere' })], gets: V1 },
  { what: 'whose Service has no pods', documents: [MAIN, CANARY([on('canary-weight', '100')], { to: 'empty' })], gets: V1 },
  { what: 'of a main Ingress without pods', documents: [INGRESS({ to: 'empty' }), CANARY([on('canary-weight', '100')])], gets: { 503: '1' } },
  { what: 'that is switched off', documents: [MAIN, INGRESS({ name: 'canary', to: 'v2', path: '/new', annotations: [on('canary', 'false'), WEIGHT].join(', ') })], gets: V1 },
  { what: 'leaks to other paths of the same Service', documents: [MAIN, INGRESS({ name: 'other', path: '/other' }), CANARY([WEIGHT])], asked: { path: '/other/x' }, gets: { v1: '3/4', v2: '1/4' } },
  { what: 'leaks to other hosts of the same Service', documents: [MAIN, INGRESS({ name: 'other', host: 'b.example.com' }), CANARY([WEIGHT])], asked: { host: 'b.example.com' }, gets: { v1: '3/4', v2: '1/4' } },
  { what: 'does not leak to the same port by its name', documents: [MAIN, INGRESS({ name: 'other', path: '/other', port: '{ name: http }' }), CANARY([WEIGHT])], asked: { path: '/other' }, gets: V1 },
  {
    what: 'that repeats one path and misses another is off for both',
    documents: [MAIN, CANARY([WEIGHT]), CANARY([WEIGHT], { path: '/nowhere' }).replace('name: canary', 'name: canary-b')],
    gets: V1,
  },
  {
    what: 'whose Service an older main Ingress has serves its own path, as a main one',
    documents: [INGRESS({ created: '2026-01-01T00:00:00Z' }), CANARY([WEIGHT], { to: 'v1', path: '/new', created: '2026-02-01T00:00:00Z' }),
      INGRESS({ name: 'new', path: '/new', to: 'v2', created: '2026-03-01T00:00:00Z' })],
    asked: { path: '/new' },
    gets: V1,
  },
  {
    what: 'that is second to an older one',
    documents: [INGRESS({ created: '2026-01-01T00:00:00Z' }), CANARY([WEIGHT], { created: '2026-02-01T00:00:00Z' }),
      CANARY([on('canary-weight', '90')], { name: 'late', to: 'v3', created: '2026-03-01T00:00:00Z' })],
    gets: { v1: '3/4', v2: '1/4' },
  },
])('a canary $what', ({ documents, asked, gets }) => {
  const decision = ask(documents, asked);
  expect([answers(decision), decision.doubts]).toEqual([gets, []]);
});

test.each([
  { what: 'two canaries', documents: [MAIN, CANARY([WEIGHT]), CANARY([WEIGHT], { name: 'late', to: 'v3' })], doubt: 'are canaries of one backend' },
  { what: 'a canary of the Service itself', documents: [MAIN, CANARY([WEIGHT], { to: 'v1' })], doubt: 'have one backend, and one of them is a canary' },
  { what: 'one path twice', documents: [MAIN, INGRESS({ name: 'other', to: 'v2' })], doubt: 'both have the path "/"' },
  { what: 'sessions', documents: [INGRESS({ annotations: on('affinity', 'cookie') }), CANARY([WEIGHT])], doubt: 'clients with a session' },
  { what: 'a pattern that RE2 does not know', documents: [MAIN, CANARY([HEADER, on('canary-by-header-pattern', '(?=a)')])], headers: { 'x-tester': 'a' }, doubt: 'dialect' },
  { what: 'a snippet', documents: [INGRESS({ annotations: on('configuration-snippet', 'return 418;') })], doubt: 'is not followed' },
])('doubted: $what', ({ documents, headers, doubt }) => {
  expect(ask(documents, { headers }).doubts).toEqual([expect.stringContaining(doubt)]);
});

// https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/location.go, and
// https://nginx.org/en/docs/http/ngx_http_core_module.html#location
const PATHS = [MAIN, INGRESS({ name: 'long', path: '/shop/new', to: 'v2' }), INGRESS({ name: 'short', path: '/shop', to: 'v3' }), INGRESS({ name: 'exact', path: '/shop', pathType: 'Exact', to: 'v2' })];
test.each([
  { what: 'an exact path first', documents: PATHS, path: '/shop', gets: V2 },
  { what: 'a prefix of elements', documents: PATHS, path: '/shop/old', gets: { v3: '1' } },
  { what: 'no prefix of characters', documents: PATHS, path: '/shopping', gets: V1 },
  { what: 'the longest prefix', documents: PATHS, path: '/shop/new/x', gets: V2 },
  { what: 'what is left to the controller is a prefix', documents: [INGRESS({ path: '/shop', pathType: 'ImplementationSpecific' })], path: '/shop/x', gets: V1 },
  { what: 'no path fits', documents: [INGRESS({ path: '/shop' })], path: '/', gets: { 404: '1' } },
  { what: 'a path with a slash at its end takes what is under it', documents: [INGRESS({ path: '/shop/' })], path: '/shop/x', gets: V1 },
  { what: 'use-regex makes an expression of every path of the host', documents: [INGRESS({ path: '/s.o', pathType: 'ImplementationSpecific', annotations: on('use-regex', 'true') })], path: '/SHOPPING', gets: V1 },
  { what: 'a rewrite too', documents: [INGRESS({ path: '/shop', annotations: on('rewrite-target', '/') })], path: '/shopping', gets: V1 },
])('paths: $what', ({ documents, path, gets }) => {
  expect(answers(ask(documents, { path }))).toEqual(gets);
});

test('what no path takes is unmatched', () => {
  expect(ask([INGRESS({ path: '/shop' })])._verdict.outcomes).toEqual([expect.objectContaining({ status: 404, cause: 'unmatched' })]);
});

test('without its slash a path is redirected to itself', () => {
  expect(ask([INGRESS({ path: '/shop/' })], { path: '/shop' })._verdict.outcomes).toEqual([
    expect.objectContaining({ kind: 'redirected', redirect: expect.objectContaining({ status: 301, path: { kind: 'full', value: '/shop/' } }) }),
  ]);
});

test.each([
  { what: 'the class nginx', to: 'nginx', spec: 'ingressClassName: nginx', annotations: '', gets: 'ingress-nginx' },
  { what: 'the class nginx by annotation', to: 'nginx', spec: '', annotations: 'kubernetes.io/ingress.class: nginx', gets: 'ingress-nginx' },
  { what: 'an annotation of the controller', to: 'edge', spec: 'ingressClassName: edge', annotations: on('canary', 'false'), gets: 'ingress-nginx' },
  { what: 'another class', to: 'traefik', spec: 'ingressClassName: traefik', annotations: '', gets: 'ingress' },
])('whose Ingress it is: $what', ({ to, spec, annotations, gets }) => {
  const backend = 'defaultBackend: { service: { name: v1, port: { number: 80 } } }';
  const ingress = `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: i, namespace: shop, annotations: { ${annotations} } }\nspec:\n  ${backend}\n${spec ? `  ${spec}\n` : ''}`;
  const decision = read({}, ...WORLD, ingress).decide({ host: 'any', port: 80, from: RequestSource.gateway(to) });
  expect([answers(decision), decision._verdict.followed]).toEqual([V1, gets]);
});

test('a class that says who serves it is believed', () => {
  const ingressClass = 'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: nginx }\nspec: { controller: nginx.org/ingress-controller }';
  expect(ask([MAIN, ingressClass])._verdict.followed).toBe('ingress');
});

// https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary
test.each([
  { stage: 'stable', tester: { stable: '1' }, others: { stable: '1' } },
  { stage: '75-25', tester: { canary: '1' }, others: { stable: '3/4', canary: '1/4' } },
  { stage: '0-100', tester: { canary: '1' }, others: { canary: '1' } },
])('the example at $stage', ({ stage, tester, others }) => {
  const traffic = Traffic.fromFiles(['workloads', stage].map((name) => `${__dirname}/../../cases/ingress/nginx/${name}.yaml`));
  const from = RequestSource.gateway('nginx');
  for (const path of ['/shop', '/shop/cart', '/health']) {
    expect([answers(traffic.decide({ host: 'shop.example.com', path, from, headers: { 'x-tester': 'yes' } })), answers(traffic.decide({ host: 'shop.example.com', path, from }))])
      .toEqual([tester, others]);
  }
  expect(answers(traffic.decide({ host: 'shop.example.com', path: '/', from }))).toEqual({ 404: '1' });
});
