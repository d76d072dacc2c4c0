import { Answer, decide, Request, Shares } from './istio-interpreter';
import { Manifest, synthesize } from './manifests';
import { EXAMPLES } from '../examples/examples';
import { Decision, RequestSource, Traffic, TrafficRequest } from '../src';

/** The request tables of the walk-throughs, asked of an interpreter of Istio's rules that knows nothing of the renderer. */
type Row = readonly [sentence: string, request: Request, answer: Answer];

const gets = (shares: Shares): Answer => ({ shares });
const ALL_V1 = { 'reviews-v1': 1 };
const ALL_V2 = { 'reviews-v2': 1 };
const ALL_V3 = { 'reviews-v3': 1 };
const BY_POD_COUNT = { 'reviews-v1': 1 / 3, 'reviews-v2': 1 / 3, 'reviews-v3': 1 / 3 };
const NOT_FOUND = { 404: 1 };
const CLOSED = { closed: 1 };

const reviews = (headers?: Request['headers']): Request => ({ from: 'mesh', host: 'reviews', port: 9080, path: '/reviews/0', headers });
const bookinfoGateway = (path: string): Request => ({ from: 'default/bookinfo-gateway', host: 'bookinfo.example.com', port: 80, path });

/** What holds for bookinfo at every stage. */
const bookinfoAlways: readonly Row[] = [
  ['the gateway lets in /productpage', bookinfoGateway('/productpage'), gets({ 'productpage-v1': 1 })],
  ['the gateway lets in /productpage with a query', bookinfoGateway('/productpage?u=normal'), gets({ 'productpage-v1': 1 })],
  ['the gateway lets in /static itself', bookinfoGateway('/static'), gets({ 'productpage-v1': 1 })],
  ['the gateway lets in what lies under /static', bookinfoGateway('/static/bootstrap/css/a.css'), gets({ 'productpage-v1': 1 })],
  ['the gateway lets in /login', bookinfoGateway('/login'), gets({ 'productpage-v1': 1 })],
  ['the gateway lets in /logout', bookinfoGateway('/logout'), gets({ 'productpage-v1': 1 })],
  ['the gateway lets in /api/v1/products', bookinfoGateway('/api/v1/products'), gets({ 'productpage-v1': 1 })],
  ['the gateway lets in /api/v1/products/1', bookinfoGateway('/api/v1/products/1'), gets({ 'productpage-v1': 1 })],
  ['the gateway answers / with 404', bookinfoGateway('/'), gets(NOT_FOUND)],
  ['the gateway answers /staticx with 404', bookinfoGateway('/staticx'), gets(NOT_FOUND)],
  ['the gateway answers /productpage/ with 404', bookinfoGateway('/productpage/'), gets(NOT_FOUND)],
  ['the gateway answers /Productpage with 404', bookinfoGateway('/Productpage'), gets(NOT_FOUND)],
  ['the gateway answers /login/x with 404', bookinfoGateway('/login/x'), gets(NOT_FOUND)],
  ['the gateway answers /logout/ with 404', bookinfoGateway('/logout/'), gets(NOT_FOUND)],
  ['the gateway answers /api/v1/productsx with 404', bookinfoGateway('/api/v1/productsx'), gets(NOT_FOUND)],
  ['the gateway answers /api/v1 with 404', bookinfoGateway('/api/v1'), gets(NOT_FOUND)],
  ['the gateway does not listen on 9080', { ...bookinfoGateway('/productpage'), port: 9080 }, gets(CLOSED)],
  ['productpage has one version', { from: 'mesh', host: 'productpage', port: 9080 }, gets({ 'productpage-v1': 1 })],
  ['details has one version', { from: 'mesh', host: 'details', port: 9080 }, gets({ 'details-v1': 1 })],
  ['ratings has one version', { from: 'mesh', host: 'ratings', port: 9080, headers: { 'end-user': 'jason' } }, gets({ 'ratings-v1': 1 })],
  ['a client without a sidecar gets reviews by pod count', { ...reviews({ 'end-user': 'jason' }), from: 'plain' }, gets(BY_POD_COUNT)],
  ['the Service of one version of reviews is not split', { ...reviews(), host: 'reviews-v2' }, gets(ALL_V2)],
  ['reviews is not on port 80', { ...reviews(), port: 80 }, gets(CLOSED)],
];

/** A stage of bookinfo at which every user gets the same reviews. */
const sameForAll = (shares: Shares): readonly Row[] => [
  ['reviews are shared', reviews(), gets(shares)],
  ['reviews are shared under the full name', { ...reviews(), host: 'reviews.default.svc.cluster.local' }, gets(shares)],
  ['jason gets no reviews of his own', reviews({ 'end-user': 'jason' }), gets(shares)],
  ...bookinfoAlways,
];

/** A stage of bookinfo at which one user gets other reviews. */
const apartFromJason = (others: Shares, jason: Answer): readonly Row[] => [
  ['reviews for nobody in particular', reviews(), gets(others)],
  ['reviews for jason', reviews({ 'end-user': 'jason' }), jason],
  ['reviews for jason, and the name of the header has no case', reviews({ 'End-User': 'jason' }), jason],
  ['reviews for jason under the full name', { ...reviews({ 'end-user': 'jason' }), host: 'reviews.default.svc.cluster.local' }, jason],
  ['Jason is not jason', reviews({ 'end-user': 'Jason' }), gets(others)],
  ['jasonx is not jason', reviews({ 'end-user': 'jasonx' }), gets(others)],
  ['no name is not jason', reviews({ 'end-user': '' }), gets(others)],
  ['jason in another header is not jason', reviews({ user: 'jason' }), gets(others)],
  ...bookinfoAlways,
];

const MICRO_API = 'micro-api.default.svc.cluster.local';
const microGateway: Request = { from: 'default/micro-gateway', host: MICRO_API, port: 80, path: '/any/path' };

const microApi = (shares: Shares): readonly Row[] => [
  ['requests through the gateway are shared', microGateway, gets(shares)],
  ['the host at the gateway has no case', { ...microGateway, host: 'Micro-API.default.svc.cluster.local' }, gets(shares)],
  ['requests from the mesh are shared', { from: 'mesh', host: MICRO_API, port: 19090 }, gets(shares)],
  ['requests from the mesh under the short name are shared', { from: 'mesh', host: 'micro-api', port: 19090 }, gets(shares)],
  ['the gateway answers another host with 404', { ...microGateway, host: 'example.com' }, gets(NOT_FOUND)],
  ['the gateway answers the short name with 404', { ...microGateway, host: 'micro-api' }, gets(NOT_FOUND)],
  ['the gateway does not listen on the port of the service', { ...microGateway, port: 19090 }, gets(CLOSED)],
  ['v1 keeps running, so a client without a sidecar gets both by pod count', { from: 'plain', host: 'micro-api', port: 19090 },
    gets({ 'micro-api-v1': 0.5, 'micro-api-v2': 0.5 })],
  ['the Service of one version is not split', { from: 'mesh', host: 'micro-api-v1', port: 19090 }, gets({ 'micro-api-v1': 1 })],
];

const tcpEchoGateway: Request = { from: 'istio-io-tcp-traffic-shifting/tcp-echo-gateway', host: '203.0.113.7', port: 31400 };

const tcpEcho = (shares: Shares): readonly Row[] => [
  ['connections to 31400 of the gateway are shared', tcpEchoGateway, gets(shares)],
  ['connections from the mesh to 9000 are shared', { from: 'mesh', host: 'tcp-echo', port: 9000 }, gets(shares)],
  ['connections from the mesh to 9001 are shared', { from: 'mesh', host: 'tcp-echo', port: 9001 }, gets(shares)],
  ['9002 is nobody\'s port', { from: 'mesh', host: 'tcp-echo', port: 9002 }, gets(CLOSED)],
  ['the gateway does not listen on 9000', { ...tcpEchoGateway, port: 9000 }, gets(CLOSED)],
  ['a client without a sidecar gets both by pod count', { from: 'plain', host: 'tcp-echo', port: 9000 },
    gets({ 'tcp-echo-v1': 0.5, 'tcp-echo-v2': 0.5 })],
  ['the Service of one version is not split', { from: 'mesh', host: 'tcp-echo-v2', port: 9000 }, gets({ 'tcp-echo-v2': 1 })],
];

const TABLES: Readonly<Record<string, Readonly<Record<string, readonly Row[]>>>> = {
  'bookinfo': {
    'no-rules': sameForAll(BY_POD_COUNT),
    'all-v1': sameForAll(ALL_V1),
    'test-v2': apartFromJason(ALL_V1, gets(ALL_V2)),
    'test-delay': apartFromJason(ALL_V3, { shares: ALL_V2, delay: { fixedDelay: '7s', percent: 100 } }),
    '50-v3': sameForAll({ 'reviews-v1': 0.5, 'reviews-v3': 0.5 }),
    'v3': sameForAll(ALL_V3),
  },
  'micro-api': {
    'no-rules': microApi({ 'micro-api-v1': 0.5, 'micro-api-v2': 0.5 }),
    '70-30': microApi({ 'micro-api-v1': 0.7, 'micro-api-v2': 0.3 }),
    'v2': microApi({ 'micro-api-v2': 1 }),
  },
  'tcp-echo': {
    'all-v1': tcpEcho({ 'tcp-echo-v1': 1 }),
    '20-v2': tcpEcho({ 'tcp-echo-v1': 0.8, 'tcp-echo-v2': 0.2 }),
  },
};

const onIstio = EXAMPLES.filter(({ folder, output }) => output === 'istio' && folder in TABLES);

const stages = onIstio.flatMap((example) => example.stages.map((stage) => ({ folder: example.folder, stage, example })));

describe.each(stages)('$folder at $stage', ({ folder, stage, example }) => {
  test.each(TABLES[folder][stage] ?? [])('%s', (_, request, answer) => {
    expect(decide(synthesize(example, stage), request)).toStrictEqual(answer);
  }, 60_000);
});

describe.each(stages)('$folder at $stage, as Traffic reads it', ({ folder, stage, example }) => {
  const traffic = Traffic.fromYaml(synthesize(example, stage).map((manifest) => JSON.stringify(manifest)).join('\n---\n'));

  test.each(TABLES[folder][stage] ?? [])('%s', (_, request, answer) => {
    expect(asAnswer(traffic.decide(asked(request)))).toEqual(answer);
  }, 60_000);
});

function asked({ from, ...request }: Request): TrafficRequest {
  const [namespace, name] = from.split('/');
  if (name !== undefined) return { ...request, from: RequestSource.gateway(name, { namespace }), protocol: request.path === undefined ? 'TCP' : 'HTTP' };
  return { ...request, from: from === 'plain' ? RequestSource.plain() : RequestSource.meshed() };
}

function asAnswer({ outcomes, delayMillis, delayPercent }: Decision): Answer {
  const shares = Object.fromEntries(outcomes.map(({ workload, status, share }) => [workload?.split('/')[1] ?? status ?? '', share]));
  return { shares, ...(delayPercent > 0 && { delay: { fixedDelay: `${delayMillis / 1000}s`, percent: delayPercent } }) };
}

describe('request tables', () => {
  test('there is one for each stage of the examples, and none without a stage', () => {
    const tables = Object.entries(TABLES).flatMap(([folder, table]) => Object.keys(table).map((stage) => [folder, stage]));

    expect(tables).toStrictEqual(stages.map(({ folder, stage }) => [folder, stage]));
  });

  test.each([
    ['bookinfo', '50-v3', 'reviews-v3', reviews()],
    ['micro-api', '70-30', 'micro-api-v1', microGateway],
    ['tcp-echo', '20-v2', 'tcp-echo-v2', tcpEchoGateway],
  ])('%s at %s keeps its shares when %s is scaled', (folder, stage, deployment, request) => {
    const world = synthesize(onIstio.find((example) => example.folder === folder)!, stage);

    expect(decide(scaled(world, deployment, 9), request)).toStrictEqual(decide(world, request));
  }, 60_000);
});

function scaled(world: readonly Manifest[], deployment: string, replicas: number): Manifest[] {
  return world.map((manifest) => manifest.kind === 'Deployment' && manifest.metadata.name === deployment
    ? { ...manifest, spec: { ...manifest.spec as object, replicas } }
    : manifest);
}
