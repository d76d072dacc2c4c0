import * as fc from 'fast-check';
import { findingsOf, manifestsOf, specsOf } from './manifests';
import { decide, PRECEDENCES, Request, RouteRule } from './precedence';
import {
  GatewayApiGatewayProps, GatewayApiImplementation as Implementation, HeaderMatch, HttpMethod, Mesh, PathMatch, Protocol, QueryMatch, Retries,
  RouteProps,
} from '../../../src';

// The declared order, and what the implementations' own orders make of the routes that are written for it.

interface Condition {
  readonly path?: { readonly kind: 'exact' | 'prefix' | 'regex'; readonly value: string };
  readonly method?: HttpMethod;
  readonly headers: readonly string[];
  readonly params: readonly string[];
}

type Alternatives = readonly Condition[];

const paths = fc.constantFrom(
  ...(['/', '/a', '/a/b', '/ab', '/a/b/c'] as const).flatMap((value) => [{ kind: 'exact' as const, value }, { kind: 'prefix' as const, value }]),
  { kind: 'regex' as const, value: '/a.*' }, { kind: 'regex' as const, value: '/[a-z]+/b' },
);

function conditions(kinds: readonly string[]): fc.Arbitrary<Condition> {
  return fc.record({
    path: fc.option(paths.filter(({ kind }) => kinds.includes(kind)), { nil: undefined }),
    method: fc.option(fc.constantFrom(HttpMethod.GET, HttpMethod.POST), { nil: undefined, freq: 1 }),
    headers: fc.subarray(['x', 'y']),
    params: fc.subarray(['p', 'q']),
  });
}

const HEADERS: readonly Request['headers'][] = [{}, { x: '1' }, { y: '1' }, { x: '1', y: '1' }];
const QUERIES: readonly Request['query'][] = [{}, { p: '1' }, { p: '1', q: '1' }];
const REQUESTS: readonly Request[] = ['/', '/a', '/a/', '/ab', '/a/b', '/a/b/c', '/z/b', '/z'].flatMap((path) => ['GET', 'POST'].flatMap((method) => (
  HEADERS.flatMap((headers) => QUERIES.map((query) => ({ path, method, headers, query })))
)));

/** The first rule that takes the request, by the meaning that the documentation gives to rules. */
function declaredDecision(rules: readonly Alternatives[], request: Request): string {
  const at = rules.findIndex((alternatives) => alternatives.some((condition) => (
    (condition.path === undefined || takes(condition.path, request.path))
    && (condition.method === undefined || condition.method === request.method)
    && condition.headers.every((name) => request.headers[name] === '1')
    && condition.params.every((name) => request.query[name] === '1')
  )));
  return at < 0 ? 'web-last' : `web-r${at}`;
}

function takes({ kind, value }: Exclude<Condition['path'], undefined>, path: string): boolean {
  if (kind === 'exact') return path === value;
  if (kind === 'regex') return new RegExp(`^(?:${value})$`).test(path);
  return value === '/' || path === value || path.startsWith(`${value}/`);
}

function routes(rules: readonly Alternatives[]): RouteProps[] {
  return rules.map((alternatives, index) => ({
    weights: { [`r${index}`]: 1 },
    matches: alternatives.map(({ path, method, headers, params }) => ({
      path: path && PathMatch[path.kind](path.value),
      method,
      headers: headers.map((name) => HeaderMatch.exact(name, '1')),
      queryParams: params.map((name) => QueryMatch.exact(name, '1')),
    })),
  }));
}

const ON_MESH: readonly (keyof typeof PRECEDENCES)[] = ['CONFORMANT', 'ISTIO', 'CILIUM', 'LINKERD'];
const WITHOUT_REGEX: readonly string[] = ['CONFORMANT', 'LINKERD'];

/** The rules written for an implementation, on the root or, where it takes none there, on a gateway. */
function written(name: keyof typeof PRECEDENCES, rules: readonly Alternatives[]): RouteRule[] | undefined {
  const versions = [...rules.map((_, index) => `r${index}`), 'last'].map((version) => ({ name: version, image: version }));
  const declared = { versions, weights: { last: 1 }, routes: routes(rules) };
  const implementation = Implementation[name];
  const onMesh = ON_MESH.includes(name);
  const gateway: Partial<GatewayApiGatewayProps> = { implementation, listeners: [{ port: 80, protocol: Protocol.HTTP }] };
  const options = { implementation: onMesh ? implementation : Implementation.CILIUM };
  const exposed = onMesh ? [] : [{ gateway, exposure: { name: 'web-edge' } }];
  if (findingsOf({ ...declared, options }, ...exposed).length > 0) return undefined;
  const manifests = manifestsOf({ ...declared, options }, ...exposed);
  return (specsOf(manifests, 'HTTPRoute')[onMesh ? 'web' : 'web-edge'] as { rules: RouteRule[] }).rules;
}

test.each(Object.keys(PRECEDENCES) as (keyof typeof PRECEDENCES)[])('%s decides every request as declared, or the declaration is refused', (name) => {
  const kinds = WITHOUT_REGEX.includes(name) ? ['exact', 'prefix'] : ['exact', 'prefix', 'regex'];
  const lists = fc.array(fc.array(conditions(kinds), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 4 });
  let kept = 0;
  fc.assert(fc.property(lists, (rules) => {
    const emitted = written(name, rules);
    if (!emitted) return;
    kept++;
    const wrong = REQUESTS.filter((request) => {
      const decision = decide(emitted, request, PRECEDENCES[name], name !== 'TRAEFIK');
      return decision.length !== 1 || decision[0] !== declaredDecision(rules, request);
    });
    expect(wrong).toEqual([]);
  }), { numRuns: 150 });
  expect(kept).toBeGreaterThan(15);
});

test('rules in routes of their own decide every request as declared, whichever route is older, or the declaration is refused', () => {
  const lists = fc.array(fc.tuple(fc.array(conditions(['exact', 'prefix']), { minLength: 1, maxLength: 2 }), fc.boolean()), { minLength: 1, maxLength: 4 });
  let kept = 0;
  fc.assert(fc.property(lists, (retried) => {
    const rules = retried.map(([alternatives]) => alternatives);
    const retries = Retries.attempts(1, { retryOn: ['503'] });
    const versions = [...rules.map((_, index) => `r${index}`), 'last'].map((version) => ({ name: version, image: version }));
    const ofAll = routes(rules).map((route, index) => (retried[index][1] ? { ...route, retries } : route));
    const declared = { mesh: Mesh.linkerd(), versions, weights: { last: 1 }, routes: ofAll };
    if (findingsOf(declared).length > 0) return;
    const objects = Object.values(specsOf(manifestsOf(declared), 'HTTPRoute') as Record<string, { rules: RouteRule[] }>);
    if (objects.length > 1) kept++;
    const wrong = REQUESTS.filter((request) => [objects, [...objects].reverse()].some((byAge) => {
      const [decision] = decide(byAge.flatMap((object) => object.rules), request, PRECEDENCES.LINKERD, true);
      return decision !== declaredDecision(rules, request);
    }));
    expect(wrong).toEqual([]);
  }), { numRuns: 150 });
  expect(kept).toBeGreaterThan(15);
});

test('rules without regular expressions are never refused for their order where the specification is kept', () => {
  const lists = fc.array(fc.array(conditions(['exact', 'prefix']), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 });
  fc.assert(fc.property(lists, (rules) => {
    const versions = [...rules.map((_, index) => `r${index}`), 'last'].map((version) => ({ name: version, image: version }));
    const findings = findingsOf({ versions, weights: { last: 1 }, routes: routes(rules) });
    expect(findings.filter((finding) => finding.includes('order-inexpressible'))).toEqual([]);
  }), { numRuns: 150 });
});
