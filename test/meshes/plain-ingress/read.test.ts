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
}

const BACKEND = (to: string, port = '{ number: 80 }') => `{ service: { name: ${to}, port: ${port} } }`;
const INGRESS = ({ name = 'main', to = 'v1', host, path = '/', pathType = 'Prefix', port, created }: Written) => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: shop${created ? `, creationTimestamp: "${created}"` : ''} }
spec:
  ingressClassName: edge
  rules: [{ ${host ? `host: "${host}", ` : ''}http: { paths: [{ path: ${path}, pathType: ${pathType}, backend: ${BACKEND(to, port)} }] } }]
`;
const DEFAULT = (to: string, name = 'fallback') => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: shop }
spec: { ingressClassName: edge, defaultBackend: ${BACKEND(to)} }
`;

const V1 = { v1: '1' };
const V2 = { v2: '1' };
const V3 = { v3: '1' };
const NOT_FOUND = { 404: '1' };
const ask = (documents: readonly string[], path = '/', host = 'a.example.com') =>
  read({}, ...WORLD, ...documents).decide({ host, port: 80, path, from: RequestSource.gateway('edge') });

const HOSTS = [INGRESS({ name: 'any', to: 'v1' }), INGRESS({ name: 'wild', host: '*.example.com', to: 'v2' }), INGRESS({ name: 'exact', host: 'a.example.com', to: 'v3' })];
const PATHS = [INGRESS({ name: 'all', to: 'v1' }), INGRESS({ name: 'shop', path: '/shop', to: 'v2' }), INGRESS({ name: 'long', path: '/shop/new', to: 'v3' })];

// https://kubernetes.io/docs/concepts/services-networking/ingress/#examples, #multiple-matches and #hostname-wildcards
test.each([
  { what: 'the exact host', documents: HOSTS, host: 'a.example.com', gets: V3 },
  { what: 'a host has no case', documents: HOSTS, host: 'A.Example.com', gets: V3 },
  { what: 'one label for the wildcard', documents: HOSTS, host: 'b.example.com', gets: V2 },
  { what: 'two labels are too many for it', documents: HOSTS, host: 'c.b.example.com', gets: V1 },
  { what: 'none is too few', documents: HOSTS, host: 'example.com', gets: V1 },
  { what: 'a prefix takes itself', documents: PATHS, path: '/shop', gets: V2 },
  { what: 'a prefix takes what is under it', documents: PATHS, path: '/shop/old', gets: V2 },
  { what: 'a prefix takes whole elements', documents: PATHS, path: '/shopping', gets: V1 },
  { what: 'the longest prefix', documents: PATHS, path: '/shop/new/x', gets: V3 },
  { what: 'the slash at the end of a prefix means nothing', documents: [INGRESS({ path: '/shop/' })], path: '/shop', gets: V1 },
  { what: 'an exact path before a prefix', documents: [...PATHS, INGRESS({ name: 'exact', path: '/shop', pathType: 'Exact', to: 'v1' })], path: '/shop', gets: V1 },
  { what: 'an exact path takes no slash', documents: [INGRESS({ path: '/shop', pathType: 'Exact' })], path: '/shop/', gets: NOT_FOUND },
  { what: 'an exact path has a case', documents: [INGRESS({ path: '/shop', pathType: 'Exact' })], path: '/Shop', gets: NOT_FOUND },
  { what: 'no path fits', documents: [INGRESS({ path: '/shop' })], path: '/', gets: NOT_FOUND },
  { what: 'no path fits, and there is a default backend', documents: [INGRESS({ path: '/shop' }), DEFAULT('v2')], path: '/', gets: V2 },
  { what: 'no host fits, and there is a default backend', documents: [INGRESS({ host: 'b.example.com' }), DEFAULT('v2')], gets: V2 },
  { what: 'a port by its name', documents: [INGRESS({ port: '{ name: http }' })], gets: V1 },
  { what: 'a Service without pods', documents: [INGRESS({ to: 'empty' })], gets: { 503: '1' } },
  {
    what: 'of two with one path the older',
    documents: [INGRESS({ to: 'v1', created: '2026-02-01T00:00:00Z' }), INGRESS({ name: 'old', to: 'v2', created: '2026-01-01T00:00:00Z' })],
    gets: V2,
  },
  { what: 'a path that is left to the controller, where all agree', documents: [INGRESS({ path: '/shop', pathType: 'ImplementationSpecific' })], path: '/shop', gets: V1 },
])('Ingresses: $what', ({ documents, path, host, gets }) => {
  const decision = ask(documents, path, host);
  expect([answers(decision), decision.doubts]).toEqual([gets, []]);
});

test.each([
  { what: 'a path that is left to the controller', documents: [INGRESS({ path: '/shop', pathType: 'ImplementationSpecific' })], path: '/shop/x', gets: V1, doubt: 'left to the controller' },
  { what: 'a Service that is missing', documents: [INGRESS({ to: 'nowhere' })], gets: { 503: '1' }, doubt: 'there is no Service shop/nowhere' },
  { what: 'a port that is missing', documents: [INGRESS({ port: '{ name: admin }' })], gets: { 503: '1' }, doubt: 'has no port admin' },
  { what: 'two with one path', documents: [INGRESS({}), INGRESS({ name: 'other', to: 'v2' })], gets: V2, doubt: 'their age is not known' },
  { what: 'two default backends', documents: [DEFAULT('v1'), DEFAULT('v2', 'another')], gets: V1, doubt: 'have default backends' },
  { what: 'a broader host with the path', documents: [INGRESS({ host: 'a.example.com', path: '/shop' }), INGRESS({ name: 'other' })], gets: NOT_FOUND, doubt: 'for a broader host' },
])('doubted: $what', ({ documents, path, gets, doubt }) => {
  const decision = ask(documents, path);
  expect([answers(decision), decision.doubts]).toEqual([gets, [expect.stringContaining(doubt)]]);
});

// https://kubernetes.io/docs/reference/using-api/deprecation-guide/#ingress-v122
test.each(['networking.k8s.io/v1beta1', 'extensions/v1beta1'])('fields of %s', (apiVersion) => {
  const ingress = `
apiVersion: ${apiVersion}
kind: Ingress
metadata: { name: old, namespace: shop, annotations: { kubernetes.io/ingress.class: edge } }
spec:
  backend: { serviceName: v2, servicePort: http }
  rules: [{ host: a.example.com, http: { paths: [{ path: /shop, backend: { serviceName: v1, servicePort: 80 } }] } }]
`;
  expect([ask([ingress], '/shop'), ask([ingress], '/')].map(answers)).toEqual([V1, V2]);
});

test.each([
  { what: 'the name of an Ingress', from: RequestSource.gateway('all', { namespace: 'shop' }), gets: V2 },
  { what: 'the name of the class', from: RequestSource.gateway('edge'), gets: V2 },
  { what: 'the name of an Ingress, without its namespace', from: RequestSource.gateway('all'), gets: V2 },
  { what: 'an Ingress of another namespace', from: RequestSource.gateway('all', { namespace: 'default' }), gets: { closed: '1' } },
])('called by $what, all Ingresses of the class are one', ({ from, gets }) => {
  expect(answers(read({}, ...WORLD, ...PATHS).decide({ host: 'a.example.com', path: '/shop', from }))).toEqual(gets);
});

test('Ingresses without a class are of the default one', () => {
  const edge = 'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: edge, annotations: { ingressclass.kubernetes.io/is-default-class: "true" } }';
  expect(answers(ask([edge, INGRESS({}).replace('ingressClassName: edge', '')]))).toEqual(V1);
});

test('each host of a class has rules, whichever Ingress they stand in', () => {
  const entries = read({}, ...WORLD, ...HOSTS, DEFAULT('v1'))._evaluator.entries();
  expect(entries.map(({ from, host, objects }) => [from, host, objects.length])).toEqual([
    ['shop/wild', '*.example.com', 1], ['shop/fallback', '*', 2], ['shop/exact', 'a.example.com', 1],
  ]);
});

// https://kubernetes.io/docs/concepts/services-networking/ingress/
test.each([
  { stage: '75-25', gets: { stable: '3/4', canary: '1/4' } },
  { stage: '0-100', gets: { canary: '1' } },
])('the example at $stage', ({ stage, gets }) => {
  const traffic = Traffic.fromFiles(['workloads', stage].map((name) => `${__dirname}/../../cases/ingress/plain/${name}.yaml`));
  const decide = (path: string) => traffic.decide({ host: 'shop.example.com', path, from: RequestSource.gateway('web-edge', { namespace: 'shop' }) });
  expect(['/shop', '/shop/cart', '/health', '/health/x', '/'].map((path) => answers(decide(path)))).toEqual([gets, gets, gets, NOT_FOUND, NOT_FOUND]);
});
