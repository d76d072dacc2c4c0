import { VirtualServiceSpecHttpMatch as HttpMatch } from '../../../imports/networking.istio.io';
import { oneConditionPerName, prefixElements } from '../../model/match';
import { HeaderMatch, Match } from '../../model/routing-model';
import { StringMatch } from '../../model/string-match';

/** A match of the model in Istio's words. `exact` and `under` are the two halves of a path prefix. */
export interface IstioMatch {
  readonly part: 'whole' | 'exact' | 'under';
  readonly match: HttpMatch;
  /** What it takes, in words of the model. For `under` that is the prefix: the path itself was taken by the `exact` before it. */
  readonly takes: Match;
}

/**
 * Istio's prefix is one of characters: `/v2` would take `/v20` as well. Two matches, the path itself and what lies under it, say what is meant.
 * @see https://github.com/istio/istio/blob/master/pilot/pkg/networking/core/route/route.go (TranslateRouteMatch)
 */
export function httpMatches(match: Match, port: number | undefined): IstioMatch[] {
  const conditions = sharedConditions(match, port);
  const path = match.path;
  if (path === undefined) return [{ part: 'whole', match: conditions, takes: match }];
  if (path.kind !== 'prefix') return [{ part: 'whole', match: { ...conditions, uri: { [path.kind]: path.value } }, takes: match }];
  const elements = prefixElements(path.value);
  if (elements === '') return [{ part: 'under', match: conditions, takes: match }];
  return [
    { part: 'exact', match: { ...conditions, uri: { exact: elements } }, takes: { ...match, path: { kind: 'exact', value: elements } } },
    { part: 'under', match: { ...conditions, uri: { prefix: `${elements}/` } }, takes: match },
  ];
}

function sharedConditions(match: Match, port: number | undefined): HttpMatch {
  const one = oneConditionPerName(match);
  const { headers, queryParams } = one.kind === 'one' ? one.value : match;
  return {
    method: match.method === undefined ? undefined : { exact: match.method },
    headers: byName(headers.filter(({ value }) => value.kind !== 'absent')),
    withoutHeaders: byName(headers.filter(({ value }) => value.kind === 'absent')),
    queryParams: byName(queryParams),
    ...sourceConditions(match),
    port,
  };
}

export interface SourceConditions {
  readonly sourceLabels?: { [key: string]: string };
  readonly sourceNamespace?: string;
}

export function sourceConditions({ source }: Match): SourceConditions {
  return { sourceLabels: source && Object.keys(source.labels).length > 0 ? source.labels : undefined, sourceNamespace: source?.namespace };
}

type StringCondition = { exact?: string; prefix?: string; regex?: string };

function byName(conditions: readonly { readonly name: string; readonly value: HeaderMatch['value'] }[]): { [name: string]: StringCondition } | undefined {
  if (conditions.length === 0) return undefined;
  return Object.fromEntries(conditions.map(({ name, value }) => [name, stringCondition(value)]));
}

/** No condition on the value means that the header is there; in `withoutHeaders`, that it is not. */
function stringCondition(value: StringMatch | { readonly kind: 'absent' }): StringCondition {
  return value.kind === 'present' || value.kind === 'absent' ? {} : { [value.kind]: value.value };
}
