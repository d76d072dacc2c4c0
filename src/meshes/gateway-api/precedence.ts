import { prefixElements } from '../../model/match';
import { Match, PathMatch } from '../../model/routing-model';

/** How an implementation ranks a match: the first number that differs decides, the larger one comes first. `undefined`: nobody says. */
export type Rank = (match: Match) => readonly number[] | undefined;

/** A path without a condition is the prefix `/`; the slash at the end of any other prefix has no meaning, so that none is written. */
export function writtenPath({ path }: Match): PathMatch {
  if (path === undefined) return { kind: 'prefix', value: '/' };
  return path.kind === 'prefix' ? { kind: 'prefix', value: prefixElements(path.value) || '/' } : path;
}

/** Kinds of path conditions, those that come last first. */
type PathOrder = readonly PathMatch['kind'][];

/**
 * Exact path, longest path, method, headers, query parameters. Where regular expressions stand is left to implementations.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 */
export function specified(order: PathOrder): Rank {
  return (match) => {
    const { kind, value } = writtenPath(match);
    if (!order.includes(kind)) return undefined;
    return [order.indexOf(kind), value.length, method(match), match.headers.length, match.queryParams.length];
  };
}

/**
 * The method is one of the headers, and among equal numbers of conditions the exact ones count.
 * @see https://github.com/envoyproxy/gateway/blob/v1.9.1/internal/gatewayapi/sort.go
 */
export const methodAsHeader: Rank = (match) => {
  const { kind, value } = writtenPath(match);
  const exact = (conditions: readonly { readonly value: { readonly kind: string } }[]) => conditions.filter((condition) => condition.value.kind === 'exact').length;
  return [
    ['prefix', 'regex', 'exact'].indexOf(kind), kind === 'prefix' && value === '/' ? 0 : value.length,
    match.headers.length + method(match), exact(match.headers) + method(match),
    match.queryParams.length, exact(match.queryParams),
  ];
};

/**
 * The length of the path alone, whatever its kind; the method comes last. A regular expression counts as long as what it matched.
 * @see https://github.com/linkerd/linkerd2-proxy/blob/main/linkerd/http/route/src/http/match.rs
 */
export const lengthAlone: Rank = (match) => {
  const { kind, value } = writtenPath(match);
  return kind === 'regex' ? undefined : [value.length, match.headers.length, match.queryParams.length, method(match)];
};

/**
 * One sum of points.
 * @see https://github.com/traefik/traefik/blob/v3.6/pkg/provider/kubernetes/gateway/httproute.go (buildMatchRule)
 */
export const pointsInSum: Rank = (match) => {
  const { kind, value } = writtenPath(match);
  const path = kind === 'exact' ? 100_000 : kind === 'prefix' && value === '/' ? 1 : 10_000 + 100 * value.length;
  return [path + 1000 * method(match) + 100 * match.headers.length + 10 * match.queryParams.length];
};

/** Above 0: the first comes first. `undefined`: nobody says. */
export function compareRanks(first: ReturnType<Rank>, second: ReturnType<Rank>): number | undefined {
  if (!first || !second) return undefined;
  const at = first.findIndex((value, index) => value !== second[index]);
  return at < 0 ? 0 : first[at] - second[at];
}

function method(match: Match): number {
  return match.method === undefined ? 0 : 1;
}
