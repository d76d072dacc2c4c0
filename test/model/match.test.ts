import * as fc from 'fast-check';
import { bothMatches, coversMatch, EVERYTHING, matchesPath } from '../../src/model/match';
import { HeaderMatch, Match, PathMatch } from '../../src/model/routing-model';
import { matchesString, StringMatch } from '../../src/model/string-match';

interface Request {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

function takes(match: Match, request: Request): boolean {
  return (match.path === undefined || matchesPath(match.path, request.path))
    && (match.method === undefined || match.method === request.method)
    && match.headers.every((condition) => meetsHeader(condition, request))
    && match.queryParams.every(({ name, value }) => request.query[name] !== undefined && matchesString(value, request.query[name]));
}

function meetsHeader({ name, value }: HeaderMatch, { headers }: Request): boolean {
  if (value.kind === 'absent') return headers[name] === undefined;
  return headers[name] !== undefined && matchesString(value, headers[name]);
}

// A small world, so that conditions and requests really meet.
const paths = ['/', '/v2', '/v2/', '/v2/x', '/v20', '/a', '/a/b'];
const values = ['a', 'ab', 'abc', 'b'];
const stringMatch: fc.Arbitrary<StringMatch> = fc.oneof(
  fc.record({ kind: fc.constantFrom('exact' as const, 'prefix' as const), value: fc.constantFrom(...values) }),
  fc.record({ kind: fc.constant('regex' as const), value: fc.constantFrom('a.*', 'ab?', '.*', 'b') }),
  fc.constant({ kind: 'present' as const }),
);
const pathMatch: fc.Arbitrary<PathMatch> = fc.oneof(
  fc.record({ kind: fc.constantFrom('exact' as const, 'prefix' as const), value: fc.constantFrom(...paths) }),
  fc.record({ kind: fc.constant('regex' as const), value: fc.constantFrom('/v2.*', '/a/?b?', '.*') }),
);
const headerName = fc.constantFrom('x', 'y');
const header: fc.Arbitrary<HeaderMatch> = fc.record({ name: headerName, value: fc.oneof(stringMatch, fc.constant({ kind: 'absent' as const })) });
const match: fc.Arbitrary<Match> = fc.record({
  path: fc.option(pathMatch, { nil: undefined }),
  method: fc.option(fc.constantFrom('GET', 'POST'), { nil: undefined }),
  headers: fc.array(header, { maxLength: 2 }),
  queryParams: fc.array(fc.record({ name: headerName, value: stringMatch }), { maxLength: 1 }),
});
const named = fc.dictionary(headerName, fc.constantFrom(...values));
const request: fc.Arbitrary<Request> = fc.record({ path: fc.constantFrom(...paths), method: fc.constantFrom('GET', 'POST'), headers: named, query: named });

test('a match that covers another takes every request that the other takes', () => {
  let met = 0;
  fc.assert(fc.property(match, match, request, (wide, narrow, asked) => {
    if (!coversMatch(wide, narrow) || !takes(narrow, asked)) return true;
    met++;
    return takes(wide, asked);
  }), { numRuns: 60_000 });
  expect(met).toBeGreaterThan(100);
});

test('the conjunction of two matches takes just what both take', () => {
  fc.assert(fc.property(match, match, fc.array(request, { minLength: 20, maxLength: 20 }), (a, b, asked) => {
    const both = bothMatches(a, b);
    fc.pre(both.kind !== 'inexpressible');
    for (const one of asked) expect(both.kind === 'one' && takes(both.value, one)).toBe(takes(a, one) && takes(b, one));
  }), { numRuns: 2000 });
});

test('every match covers itself, and no condition covers all of them', () => {
  fc.assert(fc.property(match, (any) => coversMatch(any, any) && coversMatch(EVERYTHING, any)));
});

test.each([
  { name: '/v2 takes /v2', prefix: '/v2', path: '/v2', taken: true },
  { name: '/v2 takes /v2/', prefix: '/v2', path: '/v2/', taken: true },
  { name: '/v2 takes /v2/x', prefix: '/v2', path: '/v2/x', taken: true },
  { name: '/v2 does not take /v20', prefix: '/v2', path: '/v20', taken: false },
  { name: '/v2/ means /v2', prefix: '/v2/', path: '/v2', taken: true },
  { name: '/ takes everything', prefix: '/', path: '/anything', taken: true },
  { name: 'case matters', prefix: '/v2', path: '/V2', taken: false },
])('path prefix: $name', ({ prefix, path, taken }) => {
  expect(matchesPath({ kind: 'prefix', value: prefix }, path)).toBe(taken);
});
