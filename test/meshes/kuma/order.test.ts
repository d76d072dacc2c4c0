import * as fc from 'fast-check';
import { decide, Request, Rule } from './interpreter';
import { findingsOf, httpRules } from './manifests';
import { HeaderMatch, HttpMethod, PathMatch, QueryMatch, Rewrite, RouteProps } from '../../../src';

// The declared order and meaning, and what Kuma makes of the routes that are written for it.

interface Condition {
  readonly path?: { readonly kind: 'exact' | 'prefix' | 'regex'; readonly value: string };
  readonly method?: HttpMethod;
  readonly headers: readonly string[];
  readonly params: readonly string[];
}

interface Declared {
  readonly alternatives: readonly Condition[];
  readonly newPrefix?: string;
}

const paths = fc.constantFrom(
  ...(['/', '/a', '/a/b', '/ab', '/a/b/c'] as const).flatMap((value) => [{ kind: 'exact' as const, value }, { kind: 'prefix' as const, value }]),
  { kind: 'regex' as const, value: '/a.*' }, { kind: 'regex' as const, value: '/[a-z]+/b' },
);

const conditions: fc.Arbitrary<Condition> = fc.record({
  path: fc.option(paths, { nil: undefined }),
  method: fc.option(fc.constantFrom(HttpMethod.GET, HttpMethod.POST), { nil: undefined, freq: 1 }),
  headers: fc.subarray(['x', 'y']),
  params: fc.subarray(['p', 'q']),
});

const declarations: fc.Arbitrary<Declared> = fc.record({
  alternatives: fc.array(conditions, { minLength: 1, maxLength: 2 }),
  newPrefix: fc.constantFrom(undefined, undefined, '/', '/new', '/new/'),
}).map((one) => (one.alternatives.every(({ path }) => path?.kind === 'prefix') ? one : { alternatives: one.alternatives }));

const HEADERS: readonly Request['headers'][] = [{}, { x: '1' }, { y: '1' }, { x: '1', y: '1' }];
const QUERIES: readonly Request['query'][] = [{}, { p: '1' }, { p: '1', q: '1' }];
const REQUESTS: readonly Request[] = ['/', '/a', '/a/', '/ab', '/a/b', '/a/b/c', '/z/b', '/z'].flatMap((path) => ['GET', 'POST'].flatMap((method) => (
  HEADERS.flatMap((headers) => QUERIES.map((query) => ({ path, method, headers, query })))
)));

/** The first rule that takes the request, and the path with its new prefix, by the meaning that the documentation gives to rules. */
function declaredAnswer(rules: readonly Declared[], request: Request): { readonly backend: string; readonly paths: readonly string[] } {
  const at = rules.findIndex(({ alternatives }) => alternatives.some((condition) => holds(condition, request)));
  const { alternatives = [], newPrefix } = rules[at] ?? {};
  const taken = alternatives.filter((condition) => holds(condition, request));
  return {
    backend: at < 0 ? 'web-last' : `web-r${at}`,
    paths: newPrefix === undefined ? [request.path] : taken.map(({ path }) => replaced(path!.value, newPrefix, request.path)),
  };
}

function holds(condition: Condition, request: Request): boolean {
  return (condition.path === undefined || takes(condition.path, request.path))
    && (condition.method === undefined || condition.method === request.method)
    && condition.headers.every((name) => request.headers?.[name] === '1')
    && condition.params.every((name) => request.query?.[name] === '1');
}

function takes({ kind, value }: Exclude<Condition['path'], undefined>, path: string): boolean {
  if (kind === 'exact') return path === value;
  if (kind === 'regex') return new RegExp(`^(?:${value})$`).test(path);
  return value === '/' || path === value || path.startsWith(`${value}/`);
}

/** Whole elements are replaced, as the table at https://gateway-api.sigs.k8s.io/reference/spec/#httppathmodifier has it. */
function replaced(prefix: string, newPrefix: string, path: string): string {
  if (path === prefix) return newPrefix.replace(/(.)\/$/, '$1');
  const under = path.slice(prefix === '/' ? 1 : prefix.length + 1);
  return `${newPrefix.replace(/\/$/, '')}/${under}`;
}

function routes(rules: readonly Declared[]): RouteProps[] {
  return rules.map(({ alternatives, newPrefix }, index) => ({
    weights: { [`r${index}`]: 1 },
    rewrite: newPrefix === undefined ? undefined : Rewrite.prefix(newPrefix),
    matches: alternatives.map(({ path, method, headers, params }) => ({
      path: path && PathMatch[path.kind](path.value),
      method,
      headers: headers.map((name) => HeaderMatch.exact(name, '1')),
      queryParams: params.map((name) => QueryMatch.exact(name, '1')),
    })),
  }));
}

test('Kuma decides every request as declared, or the declaration is refused', () => {
  let kept = 0;
  fc.assert(fc.property(fc.array(declarations, { minLength: 1, maxLength: 4 }), (rules) => {
    const versions = [...rules.map((_, index) => `r${index}`), 'last'].map((name) => ({ name, image: name }));
    const declared = { versions, weights: { last: 1 }, routes: routes(rules) };
    if (findingsOf(declared).length > 0) return;
    kept++;
    const written = httpRules<Rule>(declared);
    const wrong = REQUESTS.filter((request) => {
      const wanted = declaredAnswer(rules, request);
      const answer = decide('web', written, request);
      return answer.backends.join() !== wanted.backend || !wanted.paths.includes(answer.path);
    });
    expect(wrong).toEqual([]);
  }), { numRuns: 300 });
  expect(kept).toBeGreaterThan(40);
});

test('a regular expression stands before what has no path, but not before the prefix that takes every path', () => {
  const regex = { matches: [{ path: PathMatch.regex('/items/[0-9]+') }], weights: { v2: 1 } };
  const rules = httpRules<Rule>({ routes: [regex] });
  expect(decide('web', rules, { path: '/items/1' }).backends).toEqual(['web-v2']);
  expect(decide('web', rules, { path: '/items/x' }).backends).toEqual(['web-v1']);
  expect(findingsOf({ routes: [regex, { matches: [{ path: PathMatch.prefix('/items') }], weights: { v3: 1 } }] })).toEqual([
    '[shop/web] order-inexpressible at routes[0]: Kuma has no order of rules, and some requests that routes[0] takes first would be taken by routes[1]; '
    + 'let their conditions exclude each other, or declare routes[1] first',
  ]);
});

const header = { headers: [HeaderMatch.exact('x', '1'), HeaderMatch.exact('y', '1')] };
const method = { method: HttpMethod.GET };
const params = { queryParams: [QueryMatch.exact('p', '1'), QueryMatch.exact('q', '1')] };

test.each([
  { name: 'headers before a method', early: header, late: method },
  { name: 'query parameters before a header', early: params, late: { headers: [HeaderMatch.exact('x', '1')] } },
  { name: 'query parameters before a method', early: params, late: method },
])('declared order: $name', ({ early, late }) => {
  const rules = httpRules<Rule>({ routes: [{ matches: [early], weights: { v2: 1 } }, { matches: [late], weights: { v3: 1 } }] });
  const request = { path: '/', method: 'GET', headers: { x: '1', y: '1' }, query: { p: '1', q: '1' } };
  expect(decide('web', rules, request).backends).toEqual(['web-v2']);
});
