import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { CanaryService, Client, HeaderMatch, HttpMethod, Mesh, PathMatch, Protocol, QueryMatch, RouteMatch } from '../../src';

/*
 * Declarations as plain data, and what they mean, said here once more: the first route that takes a request decides, then the weights of the
 * service. Nothing here asks the library.
 */

export interface MatchDraft {
  readonly path?: { readonly kind: 'exact' | 'prefix'; readonly value: string };
  readonly method?: string;
  readonly header?: { readonly name: string; readonly value: string };
  readonly query?: { readonly name: string; readonly value: string };
}

export interface RouteDraft {
  readonly matches: readonly MatchDraft[];
  readonly weights: Weights;
}

/** By index of the version. */
export type Weights = readonly number[];

export interface Draft {
  readonly protocol: 'HTTP' | 'GRPC' | 'TCP';
  readonly versions: number;
  readonly weights: Weights;
  readonly routes: readonly RouteDraft[];
  /** Accounts that may call; absent: everybody. */
  readonly accounts?: readonly string[];
}

export interface RequestDraft {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly account: string;
}

/** What a mesh is asked for. */
export interface Abilities {
  readonly protocols: readonly Draft['protocol'][];
  readonly routes: boolean;
  readonly access: boolean;
}

export const ACCOUNTS = ['shop', 'thief'];
const PATHS = ['/', '/v2', '/v2/x', '/v20', '/api', '/api/v1'];
const METHODS = ['GET', 'POST', 'DELETE'];
const VALUES = ['yes', 'Yes', 'no'];

function weightsOf(versions: number): fc.Arbitrary<Weights> {
  const weight = fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.integer({ min: 1, max: 9 }) });
  return fc.array(weight, { minLength: versions, maxLength: versions }).filter((weights) => weights.some((one) => one > 0));
}

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const match: fc.Arbitrary<MatchDraft> = fc.record({
  path: optional(fc.record({ kind: fc.constantFrom('exact' as const, 'prefix' as const), value: fc.constantFrom(...PATHS) })),
  method: optional(fc.constantFrom(...METHODS)),
  header: optional(fc.record({ name: fc.constantFrom('x-tester', 'X-Group'), value: fc.constantFrom(...VALUES) })),
  query: optional(fc.record({ name: fc.constantFrom('user', 'id'), value: fc.constantFrom(...VALUES) })),
}).filter((drawn) => Object.values(drawn).some((condition) => condition !== undefined));

export function drafts({ protocols, routes, access }: Abilities): fc.Arbitrary<Draft> {
  return fc.record({ protocol: fc.constantFrom(...protocols), versions: fc.integer({ min: 1, max: 3 }) }).chain(({ protocol, versions }) => {
    const route = fc.record({ matches: fc.array(match, { minLength: 1, maxLength: 2 }), weights: weightsOf(versions) });
    return fc.record({
      protocol: fc.constant(protocol),
      versions: fc.constant(versions),
      weights: weightsOf(versions),
      routes: routes && protocol === 'HTTP' ? fc.array(route, { maxLength: 3 }) : fc.constant([]),
      accounts: access ? fc.constantFrom(undefined, ['shop']) : fc.constant(undefined),
    });
  });
}

const request: fc.Arbitrary<RequestDraft> = fc.record({
  path: fc.tuple(fc.constantFrom(...PATHS, '/v2/', '/other'), fc.constantFrom('', '?user=yes', '?user=no&id=yes', '?id=Yes')).map(([path, query]) => path + query),
  method: fc.constantFrom(...METHODS),
  headers: fc.constantFrom<Record<string, string>>({}, { 'x-tester': 'yes' }, { 'X-Tester': 'no' }, { 'x-group': 'Yes' }, { 'x-group': 'yes', 'x-tester': 'Yes' }),
  account: fc.constantFrom(...ACCOUNTS),
});

export const requests = fc.array(request, { minLength: 100, maxLength: 100, size: 'max' });

/* ------------------------------------------------------------------ building */

export function declare(scope: Construct, mesh: Mesh, draft: Draft): CanaryService {
  return new CanaryService(scope, 'web', {
    mesh,
    ports: [{ port: 8000, protocol: Protocol[draft.protocol] }],
    versions: draft.weights.map((_, index) => ({ name: nameOf(index), image: `web:${index}` })),
    weights: byName(draft.weights),
    routes: draft.routes.map(({ matches, weights }) => ({ matches: matches.map(toMatch), weights: byName(weights) })),
    allowFrom: draft.accounts?.map((account) => Client.serviceAccount(account)),
  });
}

function toMatch({ path, method, header, query }: MatchDraft): RouteMatch {
  return {
    path: path && PathMatch[path.kind](path.value),
    method: method === undefined ? undefined : HttpMethod[method as 'GET'],
    headers: header && [HeaderMatch.exact(header.name, header.value)],
    queryParams: query && [QueryMatch.exact(query.name, query.value)],
  };
}

export function nameOf(index: number): string {
  return `v${index + 1}`;
}

function byName(weights: Weights): Record<string, number> {
  return Object.fromEntries(weights.map((weight, index) => [nameOf(index), weight]));
}

/* ------------------------------------------------------------------ meaning */

/** Shares by version, as texts; `denied` where access rules keep the request out. */
export function meaning(draft: Draft, asked: RequestDraft): Record<string, number> {
  if (draft.accounts && !draft.accounts.includes(asked.account)) return { denied: 1 };
  const route = draft.routes.find(({ matches }) => matches.some((one) => takes(one, asked)));
  const weights = route?.weights ?? draft.weights;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Object.fromEntries(weights.flatMap((weight, index) => (weight > 0 ? [[nameOf(index), weight / total]] : [])));
}

function takes({ path, method, header, query }: MatchDraft, asked: RequestDraft): boolean {
  const [asPath, asQuery = ''] = asked.path.split('?');
  const headers = Object.fromEntries(Object.entries(asked.headers).map(([name, value]) => [name.toLowerCase(), value]));
  return (!path || takesPath(path, asPath))
    && (method === undefined || method === asked.method)
    && (!header || headers[header.name.toLowerCase()] === header.value)
    && (!query || asQuery.split('&').includes(`${query.name}=${query.value}`));
}

/** A prefix covers whole elements. */
function takesPath({ kind, value }: NonNullable<MatchDraft['path']>, path: string): boolean {
  if (kind === 'exact') return path === value;
  return value === '/' || path === value || path.startsWith(`${value}/`);
}
