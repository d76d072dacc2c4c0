import { App, Chart, Testing } from 'cdk8s';
import {
  CanaryService, CanaryServiceProps, Client, CookieMatch, HeaderMatch, HttpMethod, Mesh, PathMatch, RootSelector, RouteProps, TrafficSplitVersion,
} from '../../../src';
import { findingsOf } from '../../findings';
import { Manifest } from '../../manifests';
import { decide, Request, Shares } from '../../smi-interpreter';

// Forms from https://github.com/servicemeshinterface/smi-spec (apis/traffic-split/v1alpha4, apis/traffic-specs/v1alpha4) and the CRDs of
// https://github.com/servicemeshinterface/smi-sdk-go (crds/split.yaml, crds/httproutegroup.yaml).

const mesh = Mesh.smi({ trafficSplitVersion: TrafficSplitVersion.V1ALPHA4 });

const declaration: CanaryServiceProps = {
  ports: [{ port: 80 }],
  versions: [{ name: 'v1', image: 'web:1', replicas: 3 }, { name: 'v2', image: 'web:2' }],
  weights: { v1: 1 },
  rootSelector: RootSelector.version('v1'),
};

const FIREFOX: RouteProps = { matches: [{ headers: [HeaderMatch.regex('User-Agent', '.*Firefox.*')] }], weights: { v2: 100 } };

function manifestsOf(props: Partial<CanaryServiceProps>): Manifest[] {
  const chart = new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
  new CanaryService(chart, 'web', { mesh, ...declaration, ...props });
  return Testing.synth(chart) as Manifest[];
}

function specsOf(manifests: readonly Manifest[], kind: string): unknown[] {
  return manifests.filter((manifest) => manifest.kind === kind).map(({ metadata, spec }) => ({ [metadata.name]: spec }));
}

test.each([TrafficSplitVersion.V1ALPHA3, TrafficSplitVersion.V1ALPHA4])('the A/B test of the specification, in %s', (trafficSplitVersion) => {
  const [group, split] = manifestsOf({ mesh: Mesh.smi({ trafficSplitVersion }), routes: [FIREFOX] }).slice(-2);
  expect(group).toMatchObject({
    apiVersion: 'specs.smi-spec.io/v1alpha4',
    kind: 'HTTPRouteGroup',
    metadata: { name: 'web-1', namespace: 'shop' },
    spec: { matches: [{ name: 'match-1', pathRegex: '.*', methods: ['*'], headers: [{ 'user-agent': '^.*Firefox.*$' }] }] },
  });
  expect(split).toMatchObject({ apiVersion: `split.smi-spec.io/${trafficSplitVersion}`, kind: 'TrafficSplit', metadata: { name: 'web-1', namespace: 'shop' } });
  expect(split.spec).toEqual({ service: 'web', backends: [{ service: 'web-v2', weight: 100 }], matches: [{ kind: 'HTTPRouteGroup', name: 'web-1' }] });
});

test('every kind of condition is one expression for the whole value, and a header is a map of its own', () => {
  const manifests = manifestsOf({
    routes: [{
      matches: [
        { path: PathMatch.prefix('/api/'), method: HttpMethod.POST, headers: [HeaderMatch.exact('x-a', '1.0'), HeaderMatch.prefix('x-b', 'be')] },
        { path: PathMatch.exact('/a+b'), cookies: [CookieMatch.exact('group', 'beta')] },
        { path: PathMatch.regex('/(a|b)') },
        { path: PathMatch.regex('/c|/d') },
      ],
      weights: { v1: 1, v2: 1 },
    }],
  });
  expect(specsOf(manifests, 'HTTPRouteGroup')).toEqual([{
    'web-1': {
      matches: [
        { name: 'match-1', pathRegex: '^/api(/.*)?$', methods: ['POST'], headers: [{ 'x-a': '^1\\.0$' }, { 'x-b': '^be.*$' }] },
        { name: 'match-2', pathRegex: '^/a\\+b$', methods: ['*'], headers: [{ cookie: '^(.*;[ ]?)?group=(beta)([ ]?;.*)?$' }] },
        { name: 'match-3', pathRegex: '^(/(a|b))$', methods: ['*'] },
        { name: 'match-4', pathRegex: '^(/c|/d)$', methods: ['*'] },
      ],
    },
  }]);
});

test('routes with equal shares are one split, others have their own, and names can be chosen', () => {
  const route = (path: string, weights: { [version: string]: number }): RouteProps => ({ matches: [{ path: PathMatch.exact(path) }], weights });
  const manifests = manifestsOf({
    mesh: Mesh.smi({ trafficSplitVersion: TrafficSplitVersion.V1ALPHA4, trafficSplitName: 'ab', httpRouteGroupName: 'allowed' }),
    routes: [route('/a', { v2: 1 }), route('/b', { v1: 9, v2: 1 }), route('/c', { v2: 1, v1: 0 })],
    allowFrom: [Client.serviceAccount('cart')],
  });
  const backends = [[{ service: 'web-v2', weight: 1 }], [{ service: 'web-v1', weight: 9 }, { service: 'web-v2', weight: 1 }]];
  const matches = (name: string) => [{ kind: 'HTTPRouteGroup', name }];
  expect(specsOf(manifests, 'TrafficSplit')).toEqual([
    { 'ab-1': { service: 'web', backends: backends[0], matches: matches('ab-1') } },
    { 'ab-2': { service: 'web', backends: backends[1], matches: matches('ab-2') } },
  ]);
  const match = (index: number, path: string) => ({ name: `match-${index}`, pathRegex: path, methods: ['*'] });
  expect(specsOf(manifests, 'HTTPRouteGroup')).toEqual([
    { allowed: { matches: [{ name: 'everything', pathRegex: '.*', methods: ['*'] }] } },
    { 'ab-1': { matches: [match(1, '^/a$'), match(2, '^/c$')] } },
    { 'ab-2': { matches: [match(1, '^/b$')] } },
  ]);
});

test('without conditions the split is for all requests, in any version', () => {
  expect(specsOf(manifestsOf({ weights: { v1: 3, v2: 1 } }), 'TrafficSplit')).toEqual([
    { web: { service: 'web', backends: [{ service: 'web-v1', weight: 3 }, { service: 'web-v2', weight: 1 }] } },
  ]);
});

test('allowed paths are whole ones, wherever the mesh anchors an expression', () => {
  const manifests = manifestsOf({ allowFrom: [Client.serviceAccount('cart', { requests: [{ name: 'books', path: PathMatch.exact('/books') }] })] });
  expect(specsOf(manifests, 'HTTPRouteGroup')).toEqual([{ web: { matches: [{ name: 'books', pathRegex: '^/books$', methods: ['*'] }] } }]);
});

const ROUTES: RouteProps[] = [
  { matches: [{ path: PathMatch.prefix('/v2'), method: HttpMethod.GET }, { headers: [HeaderMatch.exact('x-group', 'beta')] }], weights: { v2: 1 } },
  { matches: [{ path: PathMatch.regex('/items/[0-9]+'), headers: [HeaderMatch.exact('x-group', 'none')] }], weights: { v1: 1, v2: 1 } },
  { matches: [{ headers: [HeaderMatch.prefix('x-tester', 'a')] }], weights: { v2: 1 } },
];

/** Rules of which no request meets two: the values of one header exclude each other. */
const DISJOINT: RouteProps[] = [{ ...ROUTES[0], matches: ROUTES[0].matches!.slice(1) }, ROUTES[1]];

const ask = (request: Partial<Request>): Request => ({ from: 'shop/cart', host: 'web', port: 80, ...request });

test.each<{ name: string; routes: RouteProps[]; request: Partial<Request>; shares: Shares }>([
  { name: 'a path under a prefix', routes: [ROUTES[0]], request: { path: '/v2/x' }, shares: { 'web-v2': 1 } },
  { name: 'a path beside the prefix', routes: [ROUTES[0]], request: { path: '/v20' }, shares: { 'web-v1': 1 } },
  { name: 'a method that no match asks for', routes: [ROUTES[0]], request: { path: '/v2', method: 'PUT' }, shares: { 'web-v1': 1 } },
  { name: 'another match of the rule', routes: [ROUTES[0]], request: { method: 'PUT', headers: { 'x-group': 'beta' } }, shares: { 'web-v2': 1 } },
  { name: 'a value that only begins so', routes: [ROUTES[0]], request: { headers: { 'x-group': 'beta2' } }, shares: { 'web-v1': 1 } },
  { name: 'a path that matches as a whole', routes: DISJOINT, request: { path: '/items/7', headers: { 'x-group': 'none' } }, shares: { 'web-v1': 0.5, 'web-v2': 0.5 } },
  { name: 'a path that only begins so', routes: DISJOINT, request: { path: '/items/7/x', headers: { 'x-group': 'none' } }, shares: { 'web-v1': 1 } },
  { name: 'the first of two splits', routes: DISJOINT, request: { path: '/items/7', headers: { 'x-group': 'beta' } }, shares: { 'web-v2': 1 } },
  { name: 'rules with equal shares that overlap', routes: [ROUTES[0], ROUTES[2]], request: { path: '/v2', headers: { 'x-tester': 'ann' } }, shares: { 'web-v2': 1 } },
  { name: 'a client without a proxy', routes: [ROUTES[0]], request: { from: 'plain', host: 'web.shop', path: '/v2' }, shares: { 'web-v1': 1 } },
])('who answers: $name', ({ routes, request, shares }) => {
  expect(decide(manifestsOf({ routes }), ask(request))).toEqual(shares);
});

test('what no route takes is left to the pods, where that is declared', () => {
  const world = manifestsOf({ routes: [FIREFOX], weights: undefined, splitByPods: true, rootSelector: RootSelector.allVersions() });
  expect(decide(world, ask({}))).toEqual({ 'web-v1': 0.75, 'web-v2': 0.25 });
  expect(decide(world, ask({ headers: { 'user-agent': 'Firefox/1' } }))).toEqual({ 'web-v2': 1 });
});

const refuse = (props: Partial<CanaryServiceProps>) => findingsOf((chart) => {
  new CanaryService(chart, 'web', { mesh, ...declaration, ...props });
});

const only = (match: NonNullable<RouteProps['matches']>[number]): Partial<CanaryServiceProps> => ({ routes: [{ matches: [match], weights: { v2: 1 } }] });

const capability = (name: string, what: string) =>
  `[test/web] capability-missing at routes[0].matches[0]: the mesh "smi" cannot ${what} (${name}); leave it out, or choose a mesh that can`;
const empty = (header: string) =>
  `[test/web] capability-missing at routes[0].matches[0]: SMI does not say whether a condition that an empty value meets takes requests without the header "${header}" (HTTPRouteHeaderMatching); ask for a value`;
const dialect = (pattern: string, piece: string, place: string) =>
  `[test/web] regex-invalid at routes[0].matches[0]${place}: "${pattern}" has "${piece}", and SMI does not name the dialect of its expressions; use what all dialects share: letters, classes in brackets, repetitions and "(?:"`;

test.each<{ name: string; props: Partial<CanaryServiceProps>; findings: string[] }>([
  {
    name: 'two splits that one request fits, since they have no order',
    props: {
      routes: [
        { matches: [{ path: PathMatch.exact('/a') }], weights: { v2: 1 } },
        { matches: [{ path: PathMatch.prefix('/b') }], weights: { v1: 1 } },
        { matches: [{ method: HttpMethod.GET }], weights: { v1: 1, v2: 1 } },
      ],
    },
    findings: [
      '[test/web] order-inexpressible at routes[2]: requests that both routes[0] and routes[2] take belong to the first, and SMI has no order of TrafficSplits; let the conditions of the two exclude each other, or give both the same weights',
    ],
  },
  {
    name: 'weights for what no route takes',
    props: { routes: [FIREFOX], weights: { v1: 9, v2: 1 } },
    findings: [
      '[test/web] order-inexpressible at weights: requests that routes[0] leaves to weights go to the pods behind the root Service: SMI has no weights beside a split with conditions; give one version all of them, or use `splitByPods`',
    ],
  },
  {
    name: 'one version for what no route takes, and the root Service has the pods of all',
    props: { routes: [FIREFOX], rootSelector: undefined },
    findings: [
      '[test/web] root-selector-unfit at rootSelector: what no route takes goes to the pods behind the root Service, which are those of "v1", "v2", and the weights say "v1"; use `RootSelector.version(\'v1\')`',
    ],
  },
  {
    name: 'one version for what no route takes, and the root Service has no pods',
    props: { routes: [FIREFOX], rootSelector: RootSelector.none() },
    findings: [
      '[test/web] root-selector-unfit at rootSelector: what no route takes goes to the pods behind the root Service, which are those of none, and the weights say "v1"; use `RootSelector.version(\'v1\')`',
    ],
  },
  { name: 'a header that is just there', props: only({ headers: [HeaderMatch.present('x-a')] }), findings: [empty('x-a')] },
  { name: 'a header that may be empty', props: only({ headers: [HeaderMatch.regex('x-a', 'a*')] }), findings: [empty('x-a')] },
  {
    name: 'a header that is not there',
    props: only({ headers: [HeaderMatch.absent('x-a')] }),
    findings: [capability('HTTPRouteHeaderAbsenceMatching', 'match requests without a header')],
  },
  { name: 'an expression with flags', props: only({ headers: [HeaderMatch.regex('x-a', '(?i)beta')] }), findings: [dialect('(?i)beta', '(?', '')] },
  { name: 'a path of a named class', props: only({ path: PathMatch.regex('/[_[:alpha:]]+') }), findings: [dialect('/[_[:alpha:]]+', '[_[:', '.path')] },
  { name: 'a path with an escape of RE2', props: only({ path: PathMatch.regex('/\\pL') }), findings: [dialect('/\\pL', '\\', '.path')] },
  {
    name: 'conditions in a version that has none',
    props: { ...only({ path: PathMatch.exact('/a') }), mesh: Mesh.smi() },
    findings: [capability('HTTPRoutePathMatching', 'match paths')],
  },
  {
    name: 'conditions on Open Service Mesh, which serves v1alpha2 alone',
    props: { ...only({ path: PathMatch.exact('/a') }), mesh: Mesh.openServiceMesh(), rootSelector: undefined },
    findings: [capability('HTTPRoutePathMatching', 'match paths').replace('"smi"', '"open-service-mesh"')],
  },
])('fails if asked for $name', ({ props, findings }) => {
  expect(refuse(props)).toEqual(findings);
});
