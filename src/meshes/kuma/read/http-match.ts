import { Condition, Test } from '../../../evaluation/condition';
import { Field } from '../../../manifests/field';

/** One match, and what it is ranked by: the greater number first. */
export interface Match {
  readonly conditions: readonly Condition[];
  readonly rank: readonly number[];
  /** The catch-all, which Kuma adds where no route has it. */
  readonly isCatchAll: boolean;
}

const KINDS = ['', 'RegularExpression', 'PathPrefix', 'Exact'];

/** @see https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/meshhttproute/xds/configurer.go (routeMatch), match.go, and ../api/v1alpha1/compare.go */
export function matchOf(match: Field): Match {
  const path = match.at('path');
  const [type, value] = [path.at('type').text() ?? '', path.at('value').text() ?? '/'];
  const method = match.at('method').text();
  const headers = match.at('headers').items();
  const query = match.at('queryParams').items();
  const length = type === 'Exact' ? 0 : new TextEncoder().encode(value).length;
  return {
    conditions: [
      ...path.exists ? pathConditions(type, value) : [],
      ...method === undefined ? [] : [{ subject: { of: 'method' }, test: { kind: 'exact', value: method } } as const],
      ...firstOfEach(headers).map((one) => headerCondition(one)),
      ...firstOfEach(query).map((one): Condition => ({ subject: { of: 'query', name: one.at('name').text() ?? '' }, test: queryTest(one) })),
    ],
    rank: [path.exists ? KINDS.indexOf(type) : 0, path.exists ? length : 0, Number(method !== undefined), headers.length, query.length],
    isCatchAll: type === 'PathPrefix' && value === '/' && !match.at('method').exists && !match.at('headers').exists && !match.at('queryParams').exists,
  };
}

function pathConditions(type: string, value: string): Condition[] {
  const is = (test: Test): Condition[] => [{ subject: { of: 'path' }, test }];
  switch (type) {
    case 'Exact': return is({ kind: 'exact', value });
    case 'PathPrefix': return value === '/' ? [] : is({ kind: 'elements', value });
    case 'RegularExpression': return is({ kind: 'regex', value, covers: 'whole' });
    default: return is({ kind: 'unknown', value: type });
  }
}

/** Of several on one name only the first counts. */
function firstOfEach(list: readonly Field[]): Field[] {
  return [...new Map([...list].reverse().map((one) => [one.at('name').text(), one])).values()];
}

function headerCondition(header: Field): Condition {
  const subject = { of: 'header', name: (header.at('name').text() ?? '').toLowerCase() } as const;
  const value = header.at('value').text() ?? '';
  const type = header.at('type').text() ?? 'Exact';
  switch (type) {
    case 'Exact': return { subject, test: { kind: 'exact', value } };
    case 'Present': return { subject, test: { kind: 'present' } };
    case 'Absent': return { subject, test: { kind: 'present' }, negated: true };
    case 'Prefix': return { subject, test: { kind: 'prefix', value } };
    case 'RegularExpression': return { subject, test: { kind: 'regex', value, covers: 'whole' } };
    default: return { subject, test: { kind: 'unknown', value: type } };
  }
}

function queryTest(param: Field): Test {
  const value = param.at('value').text() ?? '';
  const type = param.at('type').text() ?? '';
  switch (type) {
    case 'Exact': return { kind: 'exact', value };
    case 'RegularExpression': return { kind: 'regex', value, covers: 'whole' };
    default: return { kind: 'unknown', value: type };
  }
}

/** Below 0: the first comes before the second. */
export function compareMatches(a: Match, b: Match): number {
  const at = a.rank.findIndex((value, index) => value !== b.rank[index]);
  return at < 0 ? 0 : b.rank[at] - a.rank[at];
}
