import { parseAllDocuments } from 'yaml';
import { Manifest, synthesize } from './manifests';
import { decide, Request, Shares } from './smi-interpreter';
import { EXAMPLES } from '../examples/examples';

/** The request tables of the walk-throughs on SMI, asked of an interpreter of its rules that knows nothing of the renderer. */
type Row = readonly [sentence: string, request: Request, shares: Shares];

const NOT_FOUND = { 404: 1 };
const CLOSED = { closed: 1 };

const bookbuyer = (method: string, path: string): Request => ({ from: 'bookbuyer/bookbuyer', host: 'bookstore.bookstore', port: 14001, path, method });
const BOUGHT = bookbuyer('GET', '/books-bought');
const V1 = { 'bookstore-v1': 1 };
const V2 = { 'bookstore-v2': 1 };
const HALF = { 'bookstore-v1': 0.5, 'bookstore-v2': 0.5 };

const bookstore = (shares: Shares): readonly Row[] => [
  ['bookbuyer may GET /books-bought', BOUGHT, shares],
  ['bookbuyer may GET /books-bought with a query', bookbuyer('GET', '/books-bought?page=2'), shares],
  ['bookbuyer may use the full name', { ...BOUGHT, host: 'bookstore.bookstore.svc.cluster.local' }, shares],
  ['bookbuyer may GET /buy-a-book/new', bookbuyer('GET', '/buy-a-book/new'), shares],
  ['bookbuyer may POST /update-books-bought', bookbuyer('POST', '/update-books-bought'), shares],
  ['bookbuyer may not PUT /books-bought', bookbuyer('PUT', '/books-bought'), NOT_FOUND],
  ['bookbuyer may not HEAD /books-bought', bookbuyer('HEAD', '/books-bought'), NOT_FOUND],
  ['bookbuyer may not POST /books-bought', bookbuyer('POST', '/books-bought'), NOT_FOUND],
  ['bookbuyer may not GET /update-books-bought', bookbuyer('GET', '/update-books-bought'), NOT_FOUND],
  ['bookbuyer may not GET /books-bought/x', bookbuyer('GET', '/books-bought/x'), NOT_FOUND],
  ['bookbuyer may not GET /x/books-bought', bookbuyer('GET', '/x/books-bought'), NOT_FOUND],
  ['bookbuyer may not GET /Books-Bought', bookbuyer('GET', '/Books-Bought'), NOT_FOUND],
  ['bookbuyer may not GET /buy-a-book/newer', bookbuyer('GET', '/buy-a-book/newer'), NOT_FOUND],
  ['bookbuyer may not GET /', bookbuyer('GET', '/'), NOT_FOUND],
  ['the Service of v1 is not split', { ...BOUGHT, host: 'bookstore-v1.bookstore' }, V1],
  ['the Service of v2 is not split', { ...BOUGHT, host: 'bookstore-v2.bookstore' }, V2],
  ['another namespace has no short name for it', { ...BOUGHT, host: 'bookstore' }, CLOSED],
  ['bookstore is not on port 80', { ...BOUGHT, port: 80 }, CLOSED],
  ['bookthief may not GET /books-bought', { ...BOUGHT, from: 'bookthief/bookthief' }, CLOSED],
  ['bookthief may not GET /buy-a-book/new', { ...bookbuyer('GET', '/buy-a-book/new'), from: 'bookthief/bookthief' }, CLOSED],
  ['bookthief may not go round the root', { ...BOUGHT, from: 'bookthief/bookthief', host: 'bookstore-v1.bookstore' }, CLOSED],
  ['bookbuyer of another namespace is another one', { ...BOUGHT, from: 'bookthief/bookbuyer' }, CLOSED],
  ['a sidecar refuses a client without one', { ...BOUGHT, from: 'plain' }, CLOSED],
];

const voteBot = (host: string): Request => ({ from: 'emojivoto/default', host, port: 80, path: '/api/vote' });
const WEB = { web: 1 };
const WEB_2 = { 'web-svc-2': 1 };

const emojivoto = (root: string, shares: Shares, plain: Shares): readonly Row[] => [
  ['vote-bot gets the shares from the root that it is told', voteBot(`${root}.emojivoto`), shares],
  ['vote-bot gets the shares under the short name', voteBot(root), shares],
  ['vote-bot gets the shares under the full name', voteBot(`${root}.emojivoto.svc.cluster.local`), shares],
  ['whatever the method', { ...voteBot(root), method: 'POST' }, shares],
  ['the root is not on the port of the pods', { ...voteBot(root), port: 8080 }, CLOSED],
  ['the Service of the new version is not split', voteBot('web-svc-2'), WEB_2],
  ['a client without a proxy gets what the root selects', { ...voteBot(`${root}.emojivoto`), from: 'plain' }, plain],
  ['a client without a proxy gets one version from its Service', { ...voteBot('web-svc-2.emojivoto'), from: 'plain' }, WEB_2],
];

/** The apex has no pods of its own. */
const apex = (shares: Shares): readonly Row[] => [
  ...emojivoto('web-apex', shares, CLOSED),
  ['the Service of v1 is not split', voteBot('web-svc'), WEB],
];

/** The root has the pods of v1. */
const rootAsBackend = (shares: Shares): readonly Row[] => emojivoto('web-svc', shares, WEB);

const TABLES: Readonly<Record<string, Readonly<Record<string, readonly Row[]>>>> = {
  'bookstore/osm': {
    'before': bookstore(HALF),
    '100-0': bookstore(V1),
    '50-50': bookstore(HALF),
    '0-100': bookstore(V2),
  },
  'emojivoto/smi': {
    '500-500': apex({ 'web': 0.5, 'web-svc-2': 0.5 }),
    '250-750': apex({ 'web': 0.25, 'web-svc-2': 0.75 }),
    '0-1': apex(WEB_2),
  },
  'emojivoto/smi-root-as-backend': {
    '500-500': rootAsBackend({ 'web': 0.5, 'web-svc-2': 0.5 }),
    '250-750': rootAsBackend({ 'web': 0.25, 'web-svc-2': 0.75 }),
    '0-1': rootAsBackend(WEB_2),
  },
};

const stages = EXAMPLES.filter(({ output }) => output === 'osm' || output.startsWith('smi'))
  .flatMap((example) => example.stages.map((stage) => ({ table: `${example.folder}/${example.output}`, stage, example })));

describe.each(stages)('$table at $stage', ({ table, stage, example }) => {
  test.each(TABLES[table]?.[stage] ?? [])('%s', (_, request, shares) => {
    expect(decide(synthesize(example, stage), request)).toStrictEqual(shares);
  }, 60_000);
});

describe('request tables', () => {
  test('there is one for each stage of the examples, and none without a stage', () => {
    const tables = Object.entries(TABLES).flatMap(([table, rows]) => Object.keys(rows).map((stage) => [table, stage]));

    expect(tables).toStrictEqual(stages.map(({ table, stage }) => [table, stage]));
  });

  test.each(EXAMPLES.find(({ output }) => output === 'osm')!.stages)('where pods have no sidecars, bookstore is shared by pod count at %s', (stage) => {
    const world = synthesize(EXAMPLES.find(({ output }) => output === 'osm')!, stage).filter(({ kind }) => kind !== 'Namespace');

    expect(decide(world, { ...BOUGHT, from: 'plain' })).toStrictEqual(HALF);
    expect(decide(scaled(world, 'bookstore-v1', 3), { ...BOUGHT, from: 'plain' })).toStrictEqual({ 'bookstore-v1': 0.75, 'bookstore-v2': 0.25 });
  }, 60_000);

  test.each([
    ['bookstore', 'osm', '50-50', 'bookstore-v1', BOUGHT],
    ['emojivoto', 'smi', '250-750', 'web', voteBot('web-apex')],
    ['emojivoto', 'smi-root-as-backend', '250-750', 'web-svc-2', voteBot('web-svc')],
  ])('%s on %s at %s keeps its shares when %s is scaled', (folder, output, stage, deployment, request) => {
    const world = synthesize(EXAMPLES.find((example) => example.folder === folder && example.output === output)!, stage);

    expect(decide(scaled(world, deployment, 9), request)).toStrictEqual(decide(world, request));
  }, 60_000);

  test('before the split, scaling a version of bookstore changes its share', () => {
    const world = scaled(synthesize(EXAMPLES.find(({ output }) => output === 'osm')!, 'before'), 'bookstore-v2', 3);

    expect(decide(world, BOUGHT)).toStrictEqual({ 'bookstore-v1': 0.25, 'bookstore-v2': 0.75 });
  }, 60_000);

  test('the split taken away, web-svc is v1 again', () => {
    const world = synthesize(EXAMPLES.find(({ output }) => output === 'smi-root-as-backend')!, '250-750');

    expect(decide(world.filter(({ kind }) => kind !== 'TrafficSplit'), voteBot('web-svc'))).toStrictEqual(WEB);
  }, 60_000);
});

describe('the interpreter', () => {
  const world = parseAllDocuments(`
{ kind: Namespace, metadata: { name: shop, labels: { openservicemesh.io/monitored-by: osm } } }
---
{ kind: Service, metadata: { name: web, namespace: shop }, spec: { selector: { app: web }, ports: [{ port: 80 }] } }
---
{ kind: Service, metadata: { name: web-v1, namespace: shop }, spec: { selector: { app: web, version: v1 }, ports: [{ port: 80 }] } }
---
{ kind: Service, metadata: { name: web-v2, namespace: shop }, spec: { selector: { app: web, version: v2 }, ports: [{ port: 80 }] } }
---
{ kind: Service, metadata: { name: web-81, namespace: shop }, spec: { selector: { app: web }, ports: [{ port: 81 }] } }
---
{ kind: Service, metadata: { name: nobody, namespace: shop }, spec: { selector: { app: nobody }, ports: [{ port: 80 }] } }
---
{ kind: Deployment, metadata: { name: v1, namespace: shop }, spec: { replicas: 1, template: { metadata: { labels: { app: web, version: v1 } }, spec: { serviceAccountName: v1 } } } }
---
{ kind: Deployment, metadata: { name: v2, namespace: shop }, spec: { replicas: 3, template: { metadata: { labels: { app: web, version: v2 } }, spec: { serviceAccountName: v2 } } } }
---
{ kind: HTTPRouteGroup, metadata: { name: routes, namespace: shop }, spec: { matches: [{ name: a, pathRegex: /a, methods: [GET] }, { name: b, pathRegex: /b, methods: ['*'] }] } }
`).map((document) => document.toJS() as Manifest);
  const request: Request = { from: 'shop/buyer', host: 'web', port: 80, path: '/a' };

  const target = (account: string, source: string, matches?: readonly string[]): Manifest => smi('TrafficTarget', {
    destination: { name: account, namespace: 'shop' },
    sources: [{ name: source, namespace: 'shop' }],
    rules: [{ kind: 'HTTPRouteGroup', name: 'routes', matches }],
  });
  const split = (...backends: readonly [service: string, weight: number][]): Manifest => smi('TrafficSplit', {
    service: 'web',
    backends: backends.map(([service, weight]) => ({ service, weight })),
  });
  const open = [target('v1', 'buyer', ['a', 'b']), target('v2', 'buyer', ['a', 'b'])];

  test.each<[sentence: string, objects: readonly Manifest[], changed: Partial<Request>, shares: Shares]>([
    ['without a split, pods share by their number', open, {}, { v1: 0.25, v2: 0.75 }],
    ['weights are parts of their sum', [...open, split(['web-v1', 1], ['web-v2', 1])], {}, { v1: 0.5, v2: 0.5 }],
    ['a weight of 0 gets nothing', [...open, split(['web-v1', 0], ['web-v2', 1])], {}, { v2: 1 }],
    ['the root as a backend is all of its pods', [...open, split(['web', 1], ['web-v1', 1])], {}, { v1: 0.625, v2: 0.375 }],
    ['a backend that is not there leaves its share', [...open, split(['web-v1', 1], ['web-v3', 1])], {}, { v1: 1 }],
    ['a backend without the port leaves its share', [...open, split(['web-v1', 1], ['web-81', 1])], {}, { v1: 1 }],
    ['a backend without pods leaves its share', [...open, split(['web-v1', 1], ['nobody', 1])], {}, { v1: 1 }],
    ['a leaf is not split', [...open, split(['web-v1', 1])], { host: 'web-v2' }, { v2: 1 }],
    ['a match without a method of its own takes all', open, { path: '/b', method: 'DELETE' }, { v1: 0.25, v2: 0.75 }],
    ['nothing is open by default', [], {}, CLOSED],
    ['one version that is not open has no way to it', [target('v1', 'buyer', ['a'])], {}, { v1: 0.25, 503: 0.75 }],
    ['a match that is not named is not open', [target('v1', 'buyer', ['a'])], { path: '/b', host: 'web-v1' }, NOT_FOUND],
    ['a rule without matches opens nothing', [target('v1', 'buyer')], { host: 'web-v1' }, NOT_FOUND],
    ['what is open to others alone is forbidden', [target('v1', 'buyer', ['b']), target('v1', 'other', ['a'])], { host: 'web-v1' }, { 403: 1 }],
    ['a Service without pods is closed', open, { host: 'nobody' }, CLOSED],
  ])('%s', (_, objects, changed, shares) => {
    expect(decide([...world, ...objects], { ...request, ...changed })).toStrictEqual(shares);
  });

  test.each([
    ['two splits of one root', [split(['web-v1', 1]), split(['web-v2', 1])]],
    ['weights of 0 alone', [split(['web-v1', 0])]],
    ['a split with conditions', [smi('TrafficSplit', { service: 'web', backends: [{ service: 'web-v1', weight: 1 }], matches: [] })]],
  ])('fails on %s', (_, objects) => {
    expect(() => decide([...world, ...open, ...objects], request)).toThrow('what happens with such a split is up to the mesh');
  });
});

function smi(kind: string, spec: object): Manifest {
  return { apiVersion: 'smi-spec.io', kind, metadata: { name: kind, namespace: 'shop' }, spec };
}

function scaled(world: readonly Manifest[], deployment: string, replicas: number): Manifest[] {
  return world.map((manifest) => manifest.kind === 'Deployment' && manifest.metadata.name === deployment
    ? { ...manifest, spec: { ...manifest.spec as object, replicas } }
    : manifest);
}
