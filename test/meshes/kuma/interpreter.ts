/*
 * What Kuma 2.14 makes of the rules for one port of a MeshService: the routes of an Envoy proxy, and what they do with a request. Written from
 * https://github.com/kumahq/kuma/tree/v2.14.3/pkg/plugins/policies/meshhttproute: api/v1alpha1/compare.go, plugin/v1alpha1/listeners.go
 * (prepareRoutes), xds/configurer.go and xds/filters, not from this library.
 */

export interface Request {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

interface Value {
  readonly type: string;
  readonly name: string;
  readonly value?: string;
}

interface Match {
  readonly path?: { readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression'; readonly value: string };
  readonly method?: string;
  readonly headers?: readonly Value[];
  readonly queryParams?: readonly Value[];
}

interface NewPath {
  readonly type: 'ReplaceFullPath' | 'ReplacePrefixMatch';
  readonly replaceFullPath?: string;
  readonly replacePrefixMatch?: string;
}

interface Filter {
  readonly type: string;
  readonly urlRewrite?: { readonly path?: NewPath };
  readonly requestRedirect?: { readonly path?: NewPath };
}

export interface Rule {
  readonly matches: readonly Match[];
  readonly default: { readonly filters?: readonly Filter[]; readonly backendRefs?: readonly { readonly name: string; readonly weight: number }[] };
}

export interface Answer {
  readonly backends: readonly string[];
  /** Path that the backend, or the client that is redirected, sees. */
  readonly path: string;
}

const PATH_TYPES = ['Exact', 'PathPrefix', 'RegularExpression', undefined];

/** Negative: `a` comes first. */
function compare(a: Match, b: Match): number {
  const byKind = PATH_TYPES.indexOf(a.path?.type) - PATH_TYPES.indexOf(b.path?.type);
  const byLength = a.path?.type === 'Exact' ? 0 : (b.path?.value.length ?? 0) - (a.path?.value.length ?? 0);
  const count = (list?: readonly unknown[]) => list?.length ?? 0;
  return byKind || byLength || Number(b.method !== undefined) - Number(a.method !== undefined)
    || count(b.headers) - count(a.headers) || count(b.queryParams) - count(a.queryParams);
}

/** What becomes of a request to the root called `root`. */
export function decide(root: string, rules: readonly Rule[], request: Request): Answer {
  const routes = rules.flatMap((rule) => rule.matches.map((match) => ({ rule, match })));
  const sorted = [...routes].sort((a, b) => compare(a.match, b.match));
  const catchAll: Rule = { matches: [], default: {} };
  for (const { rule, match } of [...sorted, { rule: catchAll, match: {} as Match }]) {
    const taken = pathTaken(match.path, request.path);
    if (taken === undefined || !holds(match, request)) continue;
    const { filters = [], backendRefs = [] } = rule.default;
    const redirected = filters.some(({ type }) => type === 'RequestRedirect');
    const backends = backendRefs.filter(({ weight }) => weight > 0).map(({ name }) => name);
    return { backends: redirected ? [] : backends.length > 0 ? backends : [root], path: newPath(filters, taken, request.path) };
  }
  throw new Error('the last route takes everything');
}

/** The part of the path that Envoy's route names, an end of it for prefixes. */
function pathTaken(path: Match['path'], actual: string): { readonly part: string; readonly exact: boolean } | undefined {
  if (path === undefined) return { part: '/', exact: false };
  switch (path.type) {
    case 'Exact': return actual === path.value ? { part: actual, exact: true } : undefined;
    case 'RegularExpression': return new RegExp(`^(?:${path.value})$`).test(actual) ? { part: actual, exact: true } : undefined;
    case 'PathPrefix': {
      if (path.value === '/') return { part: '/', exact: false };
      if (actual === path.value) return { part: actual, exact: true };
      return actual.startsWith(`${path.value}/`) ? { part: `${path.value}/`, exact: false } : undefined;
    }
  }
}

function newPath(filters: readonly Filter[], taken: { readonly part: string; readonly exact: boolean }, path: string): string {
  const change = filters.map(({ urlRewrite, requestRedirect }) => (urlRewrite ?? requestRedirect)?.path).find((candidate) => candidate !== undefined);
  if (change?.replaceFullPath !== undefined) return change.replaceFullPath;
  if (change?.replacePrefixMatch === undefined) return path;
  return taken.exact ? change.replacePrefixMatch : change.replacePrefixMatch + path.slice(taken.part.length);
}

function holds({ method, headers = [], queryParams = [] }: Match, request: Request): boolean {
  return (method === undefined || method === request.method)
    && headers.every((header) => valueHolds(header, request.headers?.[header.name]))
    && queryParams.every((param) => valueHolds(param, request.query?.[param.name]));
}

function valueHolds({ type, value = '' }: Value, actual: string | undefined): boolean {
  if (type === 'Absent') return actual === undefined;
  if (actual === undefined) return false;
  switch (type) {
    case 'Present': return true;
    case 'Exact': return actual === value;
    case 'Prefix': return actual.startsWith(value);
    case 'RegularExpression': return new RegExp(`^(?:${value})$`).test(actual);
    default: throw new Error(`Kuma knows no ${type}`);
  }
}
