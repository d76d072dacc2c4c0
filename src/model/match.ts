import { fullyMatches } from './regex';
import { HeaderMatch, Match, PathMatch, QueryMatch, SourceMatch } from './routing-model';
import { covers, matchesString, StringMatch } from './string-match';

/** A match without any condition. */
export const EVERYTHING: Match = { headers: [], queryParams: [] };

/** Whether the match needs an HTTP request to be decided. */
export function isHttpMatch(match: Match): boolean {
  return match.path !== undefined || match.method !== undefined || match.headers.length > 0 || match.queryParams.length > 0;
}

/** Whether no request is left out. */
export function isEverything(match: Match): boolean {
  return !isHttpMatch(match) && match.source === undefined && match.gateway === undefined;
}

/** A prefix without the slash at its end, which has no meaning; `/` becomes the empty text. */
export function prefixElements(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}

/** Whether `path` lies under `prefix`, by whole elements. */
export function underPrefix(prefix: string, path: string): boolean {
  const elements = prefixElements(prefix);
  return path === elements || path.startsWith(`${elements}/`);
}

export function matchesPath(match: PathMatch, path: string): boolean {
  switch (match.kind) {
    case 'exact': return path === match.value;
    case 'prefix': return underPrefix(match.value, path);
    case 'regex': return fullyMatches(match.value, path);
  }
}

/** Whether every request that `narrow` takes is taken by `wide` too. Says no where it cannot be told. */
export function coversMatch(wide: Match, narrow: Match): boolean {
  return coversPath(wide.path, narrow.path)
    && (wide.method === undefined || wide.method === narrow.method)
    && (wide.gateway === undefined || wide.gateway === narrow.gateway)
    && coversSource(wide.source, narrow.source)
    && wide.headers.every((condition) => narrow.headers.some((other) => coversHeader(condition, other)))
    && wide.queryParams.every((condition) => narrow.queryParams.some((other) => coversQueryParam(condition, other)));
}

function coversPath(wide: PathMatch | undefined, narrow: PathMatch | undefined): boolean {
  if (wide === undefined || isWholePath(wide)) return true;
  if (narrow === undefined) return false;
  if (narrow.kind === 'exact') return matchesPath(wide, narrow.value);
  if (wide.kind === 'prefix' && narrow.kind === 'prefix') return underPrefix(wide.value, prefixElements(narrow.value));
  return wide.kind === narrow.kind && wide.value === narrow.value;
}

function isWholePath(path: PathMatch): boolean {
  return (path.kind === 'prefix' && path.value === '/') || (path.kind === 'regex' && ['.*', '/.*'].includes(path.value));
}

/** A path that every request has is no condition. */
export function withoutWholePath(match: Match): Match {
  return match.path && isWholePath(match.path) ? { ...match, path: undefined } : match;
}

function coversHeader(wide: HeaderMatch, narrow: HeaderMatch): boolean {
  if (wide.name !== narrow.name) return false;
  if (wide.value.kind === 'absent' || narrow.value.kind === 'absent') return wide.value.kind === narrow.value.kind;
  return covers(wide.value, narrow.value);
}

function coversQueryParam(wide: QueryMatch, narrow: QueryMatch): boolean {
  return wide.name === narrow.name && covers(wide.value, narrow.value);
}

function coversSource(wide: SourceMatch | undefined, narrow: SourceMatch | undefined): boolean {
  if (wide === undefined) return true;
  if (narrow === undefined) return false;
  return (wide.namespace === undefined || wide.namespace === narrow.namespace)
    && Object.entries(wide.labels).every(([key, value]) => narrow.labels[key] === value);
}

/** Result of asking for two conditions at once: one that says both, one that nothing can meet, or none that one condition can say. */
export type Both<T> =
  | { readonly kind: 'one'; readonly value: T }
  | { readonly kind: 'never'; readonly what: string }
  | { readonly kind: 'inexpressible'; readonly what: string };

/** The match that takes what both take. */
export function bothMatches(a: Match, b: Match): Both<Match> {
  const path = bothPaths(a.path, b.path);
  if (path.kind !== 'one') return path;
  if (a.method !== undefined && b.method !== undefined && a.method !== b.method) return { kind: 'never', what: `the methods ${a.method} and ${b.method}` };
  const headers = bothLists(a.headers, b.headers, bothHeaders);
  if (headers.kind !== 'one') return headers;
  const queryParams = bothLists(a.queryParams, b.queryParams, bothQueryParams);
  if (queryParams.kind !== 'one') return queryParams;
  return {
    kind: 'one',
    value: { path: path.value, method: a.method ?? b.method, headers: headers.value, queryParams: queryParams.value, source: a.source ?? b.source },
  };
}

function bothPaths(a: PathMatch | undefined, b: PathMatch | undefined): Both<PathMatch | undefined> {
  if (a === undefined || b === undefined) return { kind: 'one', value: a ?? b };
  if (coversPath(a, b)) return { kind: 'one', value: b };
  if (coversPath(b, a)) return { kind: 'one', value: a };
  if (a.kind === 'regex' ? b.kind !== 'exact' : b.kind === 'regex' && a.kind !== 'exact') {
    return { kind: 'inexpressible', what: `the paths ${a.kind} "${a.value}" and ${b.kind} "${b.value}"` };
  }
  return { kind: 'never', what: `the paths ${a.kind} "${a.value}" and ${b.kind} "${b.value}"` };
}

function bothHeaders(a: HeaderMatch, b: HeaderMatch): Both<HeaderMatch> {
  if (coversHeader(a, b)) return { kind: 'one', value: b };
  if (coversHeader(b, a)) return { kind: 'one', value: a };
  const what = `the two conditions on the header "${a.name}"`;
  return a.value.kind === 'absent' || b.value.kind === 'absent' ? { kind: 'never', what } : disjointOrUnknown(a.value, b.value, what);
}

function bothQueryParams(a: QueryMatch, b: QueryMatch): Both<QueryMatch> {
  if (covers(a.value, b.value)) return { kind: 'one', value: b };
  if (covers(b.value, a.value)) return { kind: 'one', value: a };
  return disjointOrUnknown(a.value, b.value, `the two conditions on the query parameter "${a.name}"`);
}

function disjointOrUnknown(a: StringMatch, b: StringMatch, what: string): Both<never> {
  const disjoint = (a.kind === 'exact' && !matchesString(b, a.value)) || (b.kind === 'exact' && !matchesString(a, b.value));
  return disjoint || (a.kind === 'prefix' && b.kind === 'prefix') ? { kind: 'never', what } : { kind: 'inexpressible', what };
}

function bothLists<T extends { readonly name: string }>(a: readonly T[], b: readonly T[], both: (a: T, b: T) => Both<T>): Both<T[]> {
  const result = [...a];
  for (const condition of b) {
    const at = result.findIndex((other) => other.name === condition.name);
    if (at < 0) {
      result.push(condition);
      continue;
    }
    const joined = both(result[at], condition);
    if (joined.kind !== 'one') return joined;
    result[at] = joined.value;
  }
  return { kind: 'one', value: result };
}

/** The match with at most one condition a name, as meshes that keep conditions in maps need it. */
export function oneConditionPerName(match: Match): Both<Match> {
  return bothMatches({ ...EVERYTHING, path: match.path, method: match.method, source: match.source }, match);
}
