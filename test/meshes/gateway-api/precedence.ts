/*
 * What the specification says of an HTTPRoute, and what implementations make of it: which rule of a route decides a request.
 * Written from https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule and the sources named below, not from this library.
 */

export interface Request {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

interface Value {
  readonly type: string;
  readonly name: string;
  readonly value: string;
}

export interface RouteMatch {
  readonly path: { readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression'; readonly value: string };
  readonly method?: string;
  readonly headers?: readonly Value[];
  readonly queryParams?: readonly Value[];
}

export interface RouteRule {
  readonly matches: readonly RouteMatch[];
  readonly backendRefs: readonly { readonly name: string }[];
}

/** Negative: the first match comes first. */
export type Precedence = (a: RouteMatch, b: RouteMatch) => number;

const by = (...measures: ((match: RouteMatch) => number)[]): Precedence => (a, b) => {
  for (const measure of measures) {
    if (measure(a) !== measure(b)) return measure(b) - measure(a);
  }
  return 0;
};

const isExact = ({ path }: RouteMatch) => Number(path.type === 'Exact');
const isRegex = ({ path }: RouteMatch) => Number(path.type === 'RegularExpression');
const length = ({ path }: RouteMatch) => path.value.length;
const method = (match: RouteMatch) => Number(match.method !== undefined);
const headers = (match: RouteMatch) => (match.headers ?? []).length;
const params = (match: RouteMatch) => (match.queryParams ?? []).length;
const points = (match: RouteMatch) => {
  if (match.path.type === 'Exact') return 100_000;
  return match.path.type === 'PathPrefix' && match.path.value === '/' ? 1 : 10_000 + 100 * length(match);
};

export const PRECEDENCES = {
  /** "an Exact path match; the Prefix path match with largest number of characters; Method match; header matches; query param matches" */
  CONFORMANT: by(isExact, length, method, headers, params),
  /** istio pilot/pkg/config/kube/gateway/conversion.go (sortHTTPRoutes) */
  ISTIO: by(isExact, (match) => -isRegex(match), length, method, headers, params),
  /** envoyproxy/gateway internal/gatewayapi/sort.go: the method is a header, and the root prefix has no length */
  ENVOY_GATEWAY: by(
    isExact, isRegex, (match) => (match.path.type === 'PathPrefix' && match.path.value === '/' ? 0 : length(match)),
    (match) => headers(match) + method(match), params,
  ),
  /** cilium operator/pkg/model/translation/envoy_virtual_host.go (SortableRoute) */
  CILIUM: by(isExact, isRegex, length, method, headers, params),
  /** linkerd2-proxy linkerd/http/route/src/http/match.rs */
  LINKERD: by(length, headers, params, method),
  /** traefik pkg/provider/kubernetes/gateway/httproute.go (buildMatchRule) */
  TRAEFIK: by((match) => points(match) + 1000 * method(match) + 100 * headers(match) + 10 * params(match)),
} as const;

/** Names of the backends that decide: more than one where two rules have the same right to the request and nothing says which comes first. */
export function decide(rules: readonly RouteRule[], request: Request, precedence: Precedence, tiesInOrder: boolean): string[] {
  const holding = rules.flatMap((rule, at) => rule.matches.filter((match) => holds(match, request)).map((match) => ({ rule, at, match })));
  const best = holding.filter(({ match }) => holding.every((other) => precedence(match, other.match) <= 0));
  const deciding = tiesInOrder ? best.slice(0, 1) : best;
  return [...new Set(deciding.flatMap(({ rule }) => rule.backendRefs.map(({ name }) => name)))];
}

function holds(match: RouteMatch, request: Request): boolean {
  return pathHolds(match.path, request.path)
    && (match.method === undefined || match.method === request.method)
    && (match.headers ?? []).every(({ name, value }) => request.headers[name] === value)
    && (match.queryParams ?? []).every(({ name, value }) => request.query[name] === value);
}

/** "Matches based on a URL path prefix split by /. ... a trailing / is ignored" */
function pathHolds({ type, value }: RouteMatch['path'], path: string): boolean {
  if (type === 'Exact') return path === value;
  if (type === 'RegularExpression') return new RegExp(`^(?:${value})$`).test(path);
  const elements = (text: string) => text.split('/').filter((element) => element !== '');
  return elements(value).every((element, index) => elements(path)[index] === element);
}
