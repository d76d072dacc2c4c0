import * as fc from 'fast-check';
import { EXAMPLES } from '../../../examples/examples';
import { CookieMatch, Gateway, HeaderMatch, IngressGateway, Mesh, NginxIngressGateway, PathMatch, RouteMatch, RouteProps } from '../../../src';
import { reported } from '../../findings';
import { decide, Request, Shares } from '../../ingress-interpreter';
import { Manifest, synthesize } from '../../manifests';
import { Exposed, manifestsOf } from '../plain-ingress/manifests';

const nginx: Exposed['gateway'] = (chart) => new NginxIngressGateway(chart, 'edge');
const plain: Exposed['gateway'] = (chart) => new IngressGateway(chart, 'edge', { ingressClassName: 'nginx' });
const yes = HeaderMatch.exact('x-tester', 'yes');
const cookie = (value: string) => CookieMatch.exact('canary', value);
const to = (version: string, ...matches: RouteMatch[]): RouteProps => ({ matches, weights: { [version]: 1 } });
const [V1, V2] = [{ 'web-v1': 1 }, { 'web-v2': 1 }];
const TENTH = { 'web-v1': 0.9, 'web-v2': 0.1 };
const get = (request: Partial<Request> = {}): Request => ({ host: 'web.example.com', path: '/', ...request });

interface Case {
  readonly name: string;
  readonly declared: Exposed;
  readonly rows: readonly (readonly [string, Request, Shares])[];
}

const cases: readonly Case[] = [
  { name: 'weights alone', declared: { gateway: nginx }, rows: [['shares', get(), TENTH], ['shares whatever the header', get({ headers: { 'x-tester': 'always' } }), TENTH]] },
  { name: 'all to the first version', declared: { gateway: nginx, props: { weights: { v1: 1, v2: 0 } } }, rows: [['v1', get(), V1]] },
  { name: 'all to the second version', declared: { gateway: nginx, props: { weights: { v2: 1 } } }, rows: [['v2', get(), V2]] },
  {
    name: 'all to the second version, when the first has no pods any more',
    declared: { gateway: nginx, props: { weights: { v2: 1 }, versions: [{ name: 'v1', image: 'web:1', replicas: 0 }, { name: 'v2', image: 'web:2' }] } },
    rows: [['v2', get(), V2]],
  },
  { name: 'a third of a hundredth', declared: { gateway: nginx, props: { weights: { v1: 299, v2: 1 } } }, rows: [['v2', get(), { 'web-v1': 299 / 300, 'web-v2': 1 / 300 }]] },
  {
    name: 'a header before the weights',
    declared: { gateway: nginx, props: { routes: [to('v2', { headers: [yes] })] } },
    rows: [
      ['v2 for testers', get({ headers: { 'x-tester': 'yes' } }), V2], ['shares for other values', get({ headers: { 'x-tester': 'Yes' } }), TENTH],
      ['shares for values that contain it', get({ headers: { 'x-tester': 'yes!' } }), TENTH],
      ['no meaning of "never"', get({ headers: { 'x-tester': 'never' } }), TENTH], ['no meaning of "always"', get({ headers: { 'x-tester': 'always' } }), TENTH],
    ],
  },
  {
    name: 'the canary declared first',
    declared: { gateway: nginx, props: { weights: { v1: 10, v2: 90 }, routes: [to('v1', { headers: [yes] })] } },
    rows: [['v1 for testers', get({ headers: { 'x-tester': 'yes' } }), V1], ['shares for others', get(), { 'web-v1': 0.1, 'web-v2': 0.9 }]],
  },
  {
    name: 'a regular expression, a prefix and a value of one header',
    declared: { gateway: nginx, props: { routes: [to('v2', { headers: [HeaderMatch.regex('x-group', 'a|b+')] }, { headers: [HeaderMatch.prefix('x-group', 'qa.')] }, { headers: [HeaderMatch.exact('x-group', 'x.y')] })] } },
    rows: [
      ['a', get({ headers: { 'x-group': 'a' } }), V2], ['bb', get({ headers: { 'x-group': 'bb' } }), V2], ['not ab', get({ headers: { 'x-group': 'ab' } }), TENTH],
      ['qa.1', get({ headers: { 'x-group': 'qa.1' } }), V2], ['not qax', get({ headers: { 'x-group': 'qax' } }), TENTH],
      ['x.y', get({ headers: { 'x-group': 'x.y' } }), V2], ['not x-y', get({ headers: { 'x-group': 'x-y' } }), TENTH], ['not xx.y', get({ headers: { 'x-group': 'xx.y' } }), TENTH],
    ],
  },
  {
    name: 'presence of a header',
    declared: { gateway: nginx, props: { routes: [to('v2', { headers: [HeaderMatch.present('x-a')] })] } },
    rows: [['any value', get({ headers: { 'x-a': '7' } }), V2], ['an empty value', get({ headers: { 'x-a': '' } }), V2], ['no header', get(), TENTH]],
  },
  {
    name: 'header, cookie, weight',
    declared: { gateway: nginx, props: { routes: [to('v2', { headers: [yes] }), to('v2', { cookies: [cookie('always')] }), to('v1', { cookies: [cookie('never')] })] } },
    rows: [
      ['the header wins over "never"', get({ headers: { 'x-tester': 'yes' }, cookies: { canary: 'never' } }), V2], ['"always"', get({ cookies: { canary: 'always' } }), V2],
      ['"never"', get({ cookies: { canary: 'never' } }), V1], ['another value', get({ cookies: { canary: 'x' } }), TENTH],
    ],
  },
  {
    name: 'a cookie that opts in, while all others stay',
    declared: { gateway: nginx, props: { weights: { v1: 1 }, routes: [to('v2', { cookies: [cookie('always')] })] } },
    rows: [['"always"', get({ cookies: { canary: 'always' } }), V2], ['"never"', get({ cookies: { canary: 'never' } }), V1], ['no cookie', get(), V1]],
  },
  {
    name: '"always" and "never" of a header',
    declared: { gateway: nginx, props: { routes: [to('v2', { headers: [HeaderMatch.exact('x-canary', 'always')] }), to('v1', { headers: [HeaderMatch.exact('x-canary', 'never')] })] } },
    rows: [['always', get({ headers: { 'x-canary': 'always' } }), V2], ['never', get({ headers: { 'x-canary': 'never' } }), V1], ['else', get({ headers: { 'x-canary': 'x' } }), TENTH]],
  },
  {
    name: 'the first version as the canary, because of what the cookie means',
    declared: { gateway: nginx, props: { routes: [to('v2', { cookies: [cookie('never')] }), to('v1', { cookies: [cookie('always')] })] } },
    rows: [['"always"', get({ cookies: { canary: 'always' } }), V1], ['"never"', get({ cookies: { canary: 'never' } }), V2], ['no cookie', get(), TENTH]],
  },
  {
    name: 'a version for each path, without shares',
    declared: { gateway: nginx, props: { weights: { v1: 1 }, routes: [to('v2', { path: PathMatch.prefix('/v2/') })] } },
    rows: [['/', get(), V1], ['/v2', get({ path: '/v2' }), V2], ['/v2/x', get({ path: '/v2/x' }), V2], ['/v20', get({ path: '/v20' }), V1]],
  },
  {
    name: 'what the exposure lets in',
    declared: { gateway: nginx, exposures: [{ hosts: ['*.example.com'], matches: [{ path: PathMatch.exact('/a') }, { path: PathMatch.prefix('/b') }] }] },
    rows: [
      ['/a', get({ path: '/a' }), TENTH], ['/a/x', get({ path: '/a/x' }), { 404: 1 }], ['/b/x', get({ path: '/b/x' }), TENTH], ['/', get(), { 404: 1 }],
      ['one label before the wildcard', get({ host: 'a.b.example.com', path: '/a' }), { 404: 1 }],
    ],
  },
  {
    name: 'a header on a split by pods',
    declared: { gateway: nginx, props: { weights: undefined, splitByPods: true, routes: [to('v2', { headers: [yes] })] } },
    rows: [['testers', get({ headers: { 'x-tester': 'yes' } }), V2], ['others by pods', get(), { 'web-v1': 0.5, 'web-v2': 0.5 }]],
  },
  {
    name: 'plain: a split by pods', declared: { gateway: plain, props: { weights: undefined, splitByPods: true } }, rows: [['by pods', get(), { 'web-v1': 0.5, 'web-v2': 0.5 }]],
  },
  {
    name: 'plain: numbers of pods, without a mesh',
    declared: { gateway: plain, props: { mesh: Mesh.kubernetes(), weights: { v1: 3, v2: 1 }, versions: [{ name: 'v1', image: 'web:1', replicas: 3 }, { name: 'v2', image: 'web:2' }] } },
    rows: [['by pods', get(), { 'web-v1': 0.75, 'web-v2': 0.25 }]],
  },
  {
    name: 'plain: a version for each path, the first rule wins over the longer path',
    declared: { gateway: plain, props: { weights: { v1: 1 }, routes: [to('v2', { path: PathMatch.prefix('/a') }), to('v1', { path: PathMatch.exact('/b') })] }, exposures: [{ matches: [{ path: PathMatch.prefix('/a/b') }, { path: PathMatch.prefix('/') }] }] },
    rows: [['/a/b', get({ path: '/a/b' }), V2], ['/a', get({ path: '/a' }), V2], ['/b', get({ path: '/b' }), V1], ['/c', get({ path: '/c' }), V1]],
  },
];

describe.each(cases)('$name', ({ declared, rows }) => {
  const world = manifestsOf(declared);

  test.each(rows)('%s', (_, request, shares) => {
    expect(rounded(decide(world, 'nginx', request))).toEqual(rounded(shares));
  });
});

const shop = (request: Partial<Request> = {}) => get({ host: 'shop.example.com', path: '/shop/1', ...request });
const STABLE = { 'web-stable': 1 };
const CANARY = { 'web-canary': 1 };
const QUARTER = { 'web-stable': 0.75, 'web-canary': 0.25 };
const TESTER = { headers: { 'x-tester': 'yes' } };

test.each([
  ['nginx', 'nginx', 'stable', shop(), STABLE], ['nginx', 'nginx', '75-25', shop(), QUARTER], ['nginx', 'nginx', '75-25', shop(TESTER), CANARY],
  ['nginx', 'nginx', '75-25', shop({ path: '/health' }), QUARTER], ['nginx', 'nginx', '75-25', shop({ path: '/shopping' }), { 404: 1 }],
  ['nginx', 'nginx', '0-100', shop(), CANARY],
  ['plain', 'traefik', '75-25', shop(), QUARTER], ['plain', 'traefik', '75-25', shop(TESTER), QUARTER], ['plain', 'traefik', '0-100', shop(), CANARY],
])('the example on %s, class %s, at %s', (output, ingressClass, stage, request, shares) => {
  const example = EXAMPLES.find((one) => one.folder === 'ingress' && one.output === output)!;
  expect(rounded(decide(synthesize(example, stage), ingressClass, request))).toEqual(rounded(shares));
}, 60_000);

/** One rule of a generated declaration, as data that an oracle can read. */
interface RuleData {
  readonly path?: string;
  readonly exact: boolean;
  readonly header?: string;
  readonly cookie?: string;
  readonly weights: Record<string, number>;
}

const weights = fc.constantFrom<Record<string, number>>({ v1: 1 }, { v2: 1 }, { v1: 2, v2: 1 });
const one = fc.constantFrom<Record<string, number>>({ v1: 1 }, { v2: 1 });
const ruleData: fc.Arbitrary<RuleData> = fc.oneof(
  fc.record({ header: fc.constantFrom('always', 'never', 'yes'), exact: fc.constant(false), weights: one }),
  fc.record({ cookie: fc.constantFrom('always', 'never'), exact: fc.constant(false), weights: one }),
  fc.record({ path: fc.constantFrom('/', '/a', '/a/b', '/c'), exact: fc.boolean(), weights: one }),
  fc.record({
    path: fc.option(fc.constantFrom('/', '/a', '/a/b', '/c'), { nil: undefined }),
    exact: fc.boolean(),
    header: fc.option(fc.constantFrom('always', 'never', 'yes'), { nil: undefined }),
    cookie: fc.option(fc.constantFrom('always', 'never'), { nil: undefined }),
    weights,
  }),
);

function route({ path, exact, header, cookie: value, weights: shares }: RuleData): RouteProps {
  return {
    weights: shares,
    matches: [{
      path: path === undefined ? undefined : exact ? PathMatch.exact(path) : PathMatch.prefix(path),
      headers: header === undefined ? undefined : [HeaderMatch.exact('x-canary', header)],
      cookies: value === undefined ? undefined : [cookie(value)],
    }],
  };
}

/** The first rule whose conditions hold decides: that is what a declaration means. */
function meaning(rules: readonly RuleData[], request: Request): Shares {
  const first = rules.find((rule) => holds(rule, request))!;
  const total = Object.values(first.weights).reduce((sum, weight) => sum + weight);
  return Object.fromEntries(Object.entries(first.weights).map(([version, weight]) => [`web-${version}`, weight / total]));
}

function holds({ path, exact, header, cookie: value }: RuleData, request: Request): boolean {
  const under = path === undefined || request.path === path || (!exact && (path === '/' || request.path.startsWith(`${path}/`)));
  return under && (header === undefined || request.headers?.['x-canary'] === header) && (value === undefined || request.cookies?.canary === value);
}

const paths = ['/', '/a', '/a/x', '/a/b', '/a/bc', '/a/b/c', '/c', '/cc'];
const headers = [{}, ...['always', 'never', 'yes', 'other'].map((value) => ({ 'x-canary': value }))];
const cookies = [{}, ...['always', 'never', 'x'].map((value) => ({ canary: value }))];
const requests = paths.flatMap((path) => headers.flatMap((some) => cookies.map((others) => get({ path, headers: some, cookies: others }))));

test.each([
  { name: 'ingress-nginx', gateway: nginx, least: 100 },
  { name: 'a plain Ingress', gateway: plain, least: 50 },
])('whatever is rendered for $name decides every request as declared', ({ gateway, least }) => {
  let rendered = 0;
  fc.assert(fc.property(fc.array(ruleData, { maxLength: 4 }), weights, (routes, own) => {
    const world = renderedFor(gateway, routes, own);
    if (!world) return;
    rendered += 1;
    const rules = [...routes, { exact: false, weights: own }];
    for (const request of requests) {
      const shares = rounded(meaning(rules, request));
      expect({ request, shares: rounded(decide(world, 'nginx', request)) }).toEqual({ request, shares });
    }
  }), { numRuns: 400 });
  expect(rendered).toBeGreaterThan(least);
}, 60_000);

/** What is written for the rules, unless they are refused. */
function renderedFor(gateway: Exposed['gateway'], routes: readonly RuleData[], own: Record<string, number>): Manifest[] | undefined {
  let world: Manifest[] | undefined;
  reported(() => {
    world = manifestsOf({ gateway, props: (edge) => ({ weights: own, routes: routes.map((data) => limited(route(data), edge)) }) });
  });
  return world;
}

function limited({ matches = [], ...props }: RouteProps, gateway: Gateway): RouteProps {
  return { ...props, matches: matches.map((match) => ({ ...match, gateway })) };
}

function rounded(shares: Shares): Record<string, number> {
  return Object.fromEntries(Object.entries(shares).map(([name, share]): [string, number] => [name, Math.round(share * 1e9) / 1e9]));
}
