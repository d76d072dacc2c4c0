import { RequestSource, Traffic } from '../../../src';
import { tablesOf } from '../../../src/evaluation/entries';
import { explainText } from '../../../src/report/explanation';
import { answers, call, meshed, read, service, services } from '../read-world';

const NAMESPACE = `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { openservicemesh.io/monitored-by: osm }, annotations: { openservicemesh.io/sidecar-injection: enabled } }
`;
const PORTS = '[{ name: http, port: 80, targetPort: 8080 }]';
const WORLD = [NAMESPACE, services('shop', 'v1', 'v2'), service('shop', 'web', 'v1', PORTS), service('shop', 'empty', 'nobody', PORTS)];

const SPLIT = (backends: string, { version = 'v1alpha2', root = 'web', name = 'split', matches = '' } = {}) => `
apiVersion: split.smi-spec.io/${version}
kind: TrafficSplit
metadata: { name: ${name}, namespace: shop }
spec: { service: ${root}, backends: ${backends}${matches} }
`;

const GROUP = (matches: string, version = 'v1alpha4') => `
apiVersion: specs.smi-spec.io/${version}
kind: HTTPRouteGroup
metadata: { name: routes, namespace: shop }
${['v1alpha1', 'v1alpha2'].includes(version) ? `matches: ${matches}` : `spec: { matches: ${matches} }`}
`;

const half = '[{ service: v1, weight: 1 }, { service: v2, weight: 1 }]';
const buyer = meshed('shop', { serviceAccount: 'buyer' });
const thief = meshed('shop', { serviceAccount: 'thief' });
const decide = (mesh: string, documents: string[], request = '/', from = buyer) =>
  read({ mesh }, ...WORLD, ...documents).decide({ host: 'web.shop', port: 80, from, headers: { agent: 'Android 5' }, ...call(request) });

// https://github.com/servicemeshinterface/smi-spec/tree/main/apis/traffic-split
test.each([
  { what: 'without one', documents: [], gets: { v1: '1' } },
  { what: 'of v1alpha1, with quantities', documents: [SPLIT('[{ service: v1, weight: 500m }, { service: v2, weight: 1500m }]', { version: 'v1alpha1' })], gets: { v1: '1/4', v2: '3/4' } },
  { what: 'of v1alpha4', documents: [SPLIT(half, { version: 'v1alpha4' })], gets: { v1: '1/2', v2: '1/2' } },
  { what: 'on the full name', documents: [SPLIT(half, { root: 'web.shop.svc.cluster.local' })], gets: { v1: '1/2', v2: '1/2' } },
  { what: 'with a backend that is not there', documents: [SPLIT('[{ service: v2, weight: 1 }, { service: nowhere, weight: 9 }]')], gets: { v2: '1' } },
  { what: 'with the root as backend', documents: [SPLIT('[{ service: web, weight: 1 }, { service: v2, weight: 1 }]')], gets: { v1: '1/2', v2: '1/2' } },
])('a TrafficSplit $what', ({ documents, gets }) => {
  expect(answers(decide('smi', documents))).toEqual(gets);
});

// https://github.com/servicemeshinterface/smi-spec/blob/main/apis/traffic-specs/v1alpha4/traffic-specs.md; the CRDs have a list of headers.
test.each([
  { what: 'headers as a map', group: GROUP('[{ name: a, headers: { agent: ".*Android.*" } }]'), request: '/', gets: { v2: '1' } },
  { what: 'headers as a list', group: GROUP('[{ name: a, headers: [{ agent: ".*Android.*" }] }]'), request: '/', gets: { v2: '1' } },
  { what: 'headers that differ', group: GROUP('[{ name: a, headers: [{ agent: Android }] }]'), request: '/', gets: { v1: '1' } },
  { what: 'at the top, as in v1alpha2', group: GROUP('[{ name: a, pathRegex: /new }]', 'v1alpha2'), request: '/new', gets: { v2: '1' } },
  { what: 'one of several methods', group: GROUP('[{ name: a, methods: [PUT, GET] }]'), request: 'GET /', gets: { v2: '1' } },
  { what: 'any method', group: GROUP('[{ name: a, methods: ["*"] }]'), request: 'PATCH /', gets: { v2: '1' } },
  { what: 'another method', group: GROUP('[{ name: a, methods: [PUT] }]'), request: 'GET /', gets: { v1: '1' } },
])('a split for matches only: $what', ({ group, request, gets }) => {
  const split = SPLIT('[{ service: v2, weight: 1 }]', { version: 'v1alpha3', matches: ', matches: [{ kind: HTTPRouteGroup, name: routes }]' });
  expect(answers(decide('smi', [split, group], request))).toEqual(gets);
});

// What OSM v1.2.4's own catalog and generators made of such manifests.
describe('Open Service Mesh', () => {
  test.each([
    { what: 'serves v1alpha2 only', split: SPLIT(half, { version: 'v1alpha4' }), gets: { v1: '1' }, doubt: 'does not serve' },
    { what: 'passes a backend without pods over', split: SPLIT('[{ service: empty, weight: 1 }, { service: v2, weight: 1 }]'), gets: { v2: '1' } },
    { what: 'knows no backends by their full names', split: SPLIT('[{ service: v1.shop.svc.cluster.local, weight: 1 }, { service: v2, weight: 1 }]'), gets: { v2: '1' } },
    { what: 'counts equal backends once', split: SPLIT('[{ service: v1, weight: 1 }, { service: v1, weight: 1 }, { service: v2, weight: 1 }]'), gets: { v1: '1/2', v2: '1/2' } },
    { what: 'takes a weight of 0', split: SPLIT('[{ service: v1, weight: 0 }, { service: v2, weight: 1 }]'), gets: { v2: '1' } },
    { what: 'breaks without any weight', split: SPLIT('[{ service: v1, weight: 0 }]'), gets: { closed: '1' }, doubt: 'refuse' },
    { what: 'breaks for other Services too', split: SPLIT('[{ service: nowhere, weight: 1 }]', { root: 'v2' }), gets: { closed: '1' }, doubt: 'refuse' },
  ])('$what', ({ split, gets, doubt }) => {
    const decision = decide('open-service-mesh', [split]);
    expect([answers(decision), decision.doubts]).toEqual([gets, doubt ? [expect.stringContaining(doubt)] : []]);
  });

  test('chooses between two splits on one root by chance', () => {
    const decision = decide('open-service-mesh', [SPLIT('[{ service: v1, weight: 1 }]'), SPLIT('[{ service: v2, weight: 1 }]', { name: 'other', root: 'web.shop' })]);
    expect(decision.doubts).toEqual([expect.stringContaining('left to chance')]);
  });

  test.each([
    { what: 'a lone backend of the weight 0 gets all connections', backends: '[{ service: v2, weight: 0 }]', gets: { v2: '1' } },
    { what: 'a weight of 0 among others breaks the listener', backends: '[{ service: v1, weight: 0 }, { service: v2, weight: 1 }]', gets: { closed: '1' } },
  ])('connections: $what', ({ backends, gets }) => {
    const tcp = [...WORLD, SPLIT(backends)].map((text) => text.replaceAll('name: http,', 'name: tcp,'));
    expect(answers(read({ mesh: 'open-service-mesh' }, ...tcp).decide({ host: 'web.shop', port: 80, protocol: 'TCP', from: buyer }))).toEqual(gets);
  });

  const TARGET = (account: string, rules: string, source = 'buyer') => `
apiVersion: access.smi-spec.io/v1alpha3
kind: TrafficTarget
metadata: { name: ${account}-${source}, namespace: shop }
spec:
  destination: { kind: ServiceAccount, name: ${account}, namespace: shop }
  rules: ${rules}
  sources: [{ kind: ServiceAccount, name: ${source}, namespace: shop }]
`;
  const HTTP = '[{ kind: HTTPRouteGroup, name: routes, matches: [books] }]';
  const ON_PORTS = '[{ kind: HTTPRouteGroup, name: routes, matches: [books] }, { kind: TCPRoute, name: ports }]';
  const BOOKS = GROUP('[{ name: books, pathRegex: /books, methods: [GET] }, { name: all, pathRegex: ".*" }]');
  const TCP = (ports: string) => `
apiVersion: specs.smi-spec.io/v1alpha4
kind: TCPRoute
metadata: { name: ports, namespace: shop }
spec: { matches: { ports: ${ports} } }
`;

  test.each([
    { what: 'who is named gets in', documents: [TARGET('v1', HTTP), BOOKS], request: '/books', gets: { v1: '1' } },
    { what: 'an expression covers the whole path', documents: [TARGET('v1', HTTP), BOOKS], request: '/books/1', gets: { 404: '1' } },
    { what: 'a request that no match takes', documents: [TARGET('v1', HTTP), BOOKS], request: 'POST /books', gets: { 404: '1' } },
    { what: 'who is not named', documents: [TARGET('v1', HTTP), BOOKS], request: '/books', from: thief, gets: { closed: '1' } },
    {
      what: 'who is named for other requests only',
      request: '/books',
      from: thief,
      gets: { 403: '1' },
      documents: [TARGET('v1', HTTP), TARGET('v1', HTTP.replace('books', 'other'), 'thief'), BOOKS],
    },
    { what: 'without matches nothing is taken', documents: [TARGET('v1', '[{ kind: HTTPRouteGroup, name: routes }]'), BOOKS], request: '/books', gets: { 404: '1' } },
    { what: 'a leaf that lets nobody in', documents: [TARGET('v1', HTTP), BOOKS, SPLIT('[{ service: web, weight: 1 }, { service: v2, weight: 1 }]')], request: '/books', gets: { v1: '1/2', 503: '1/2' } },
    { what: 'a TCPRoute narrows it to ports', documents: [TARGET('v1', ON_PORTS), BOOKS, TCP('[9090]')], request: '/books', gets: { 503: '1' } },
    { what: 'the port is among them', documents: [TARGET('v1', ON_PORTS), BOOKS, TCP('[8080]')], request: '/books', gets: { v1: '1' } },
    { what: 'a kind of rule that is not known makes it void', documents: [TARGET('v1', '[{ kind: UDPRoute, name: x }]'), BOOKS], request: '/books', gets: { closed: '1' } },
  ])('TrafficTargets: $what', ({ documents, request, from, gets }) => {
    expect(answers(decide('open-service-mesh', documents, request, from))).toEqual(gets);
  });

  test('an explanation shows the split as clients see it that may call, and others do not', () => {
    const traffic = read({ mesh: 'open-service-mesh' }, ...WORLD, TARGET('v1', HTTP), TARGET('v2', HTTP), BOOKS, SPLIT(half));
    const tables = tablesOf(traffic._evaluator);
    expect(explainText(tables, traffic._evaluator)).toContain('always  50 % v1 (v1), 50 % v2 (v2)  TrafficSplit shop/split backends');
  });

  test('TrafficTargets that do not agree on a request are tried in any order', () => {
    const decision = decide('open-service-mesh', [TARGET('v1', HTTP), TARGET('v1', HTTP.replace('books', 'all'), 'thief'), BOOKS], '/books');
    expect(decision.doubts).toEqual([expect.stringContaining('left to chance')]);
  });

  test('a MeshConfig may say that TrafficTargets do not count', () => {
    const config = 'apiVersion: config.openservicemesh.io/v1alpha2\nkind: MeshConfig\nmetadata: { name: osm }\nspec: { traffic: { enablePermissiveTrafficPolicyMode: true } }';
    expect(answers(decide('open-service-mesh', [config, TARGET('v1', HTTP), BOOKS], '/', thief))).toEqual({ v1: '1' });
  });

  test('sidecars refuse clients without one; pods without a sidecar do not', () => {
    const plain = RequestSource.plain({ namespace: 'shop' });
    expect(answers(decide('open-service-mesh', [], '/', plain))).toEqual({ closed: '1' });
    expect(answers(decide('open-service-mesh', [NAMESPACE.replace('enabled', 'disabled')], '/', plain))).toEqual({ v1: '1' });
  });
});

// https://release-v1-2.docs.openservicemesh.io/docs/getting_started/traffic_split/
test.each([
  { stage: 'before', gets: { v1: '1/2', v2: '1/2' } },
  { stage: '100-0', gets: { v1: '1' } },
  { stage: '50-50', gets: { v1: '1/2', v2: '1/2' } },
  { stage: '0-100', gets: { v2: '1' } },
])('bookstore at $stage', ({ stage, gets }) => {
  const traffic = Traffic.fromFiles(['workloads', stage].map((name) => `${__dirname}/../../cases/bookstore/osm/${name}.yaml`));
  const bookbuyer = meshed('bookbuyer', { serviceAccount: 'bookbuyer' });
  const ask = (from: RequestSource, request: string) => traffic.decide({ host: 'bookstore.bookstore', port: 14001, from, ...call(request) });
  expect([traffic.mesh, traffic.unread]).toEqual(['open-service-mesh', []]);
  expect(answers(ask(bookbuyer, '/books-bought'))).toEqual(gets);
  expect(ask(bookbuyer, 'PUT /books-bought').denied).toBe(1);
  expect(ask(meshed('bookthief', { serviceAccount: 'bookthief' }), '/books-bought').denied).toBe(1);
  expect(ask(RequestSource.plain({ namespace: 'bookbuyer' }), '/books-bought').denied).toBe(1);
});

test.each([
  { stage: '500-500', gets: { 'v1': '1/2', 'linux-training-v2': '1/2' } },
  { stage: '250-750', gets: { 'v1': '1/4', 'linux-training-v2': '3/4' } },
  { stage: '0-1', gets: { 'linux-training-v2': '1' } },
])('emojivoto at $stage', ({ stage, gets }) => {
  for (const [folder, root] of [['smi', 'web-apex'], ['smi-root-as-backend', 'web-svc']]) {
    const files = ['workloads', stage].map((name) => `${__dirname}/../../cases/emojivoto/${folder}/${name}.yaml`);
    for (const mesh of ['smi', 'linkerd']) {
      expect(answers(Traffic.fromFiles(files, { mesh }).decide({ host: root, from: meshed('emojivoto') }))).toEqual(gets);
    }
  }
});
