import { CanarySpecAnalysisMatch } from '../../../imports/flagger.app';
import { matchModel } from '../../declaration/match-to-model';
import { RouteMatch } from '../../declaration/route';
import { Report } from '../../model/report';
import { StringMatch } from '../../model/string-match';

/** Conditions on headers and parameters; anything else is refused before. */
export function httpMatch(match: RouteMatch): CanarySpecAnalysisMatch {
  const { headers, queryParams } = matchModel(new Report(''), match, '');
  return {
    headers: some(headers.flatMap(({ name, value }) => (value.kind === 'absent' ? [] : [[name, words(value)] as const]))),
    queryParams: some(queryParams.map(({ name, value }) => [name, words(value)])),
  };
}

/** What of a match Flagger has no words for. */
export function unfitConditions(match: RouteMatch, prefixes: boolean): string[] {
  const { headers, queryParams, path, method, source, gateway } = matchModel(new Report(''), match, '');
  const absent = headers.filter(({ value }) => value.kind === 'absent').map(({ name }) => `the absence of "${name}"`);
  const begun = [...headers, ...queryParams].filter(({ value }) => value.kind === 'prefix' && !prefixes).map(({ name }) => `the beginning of "${name}"`);
  return [...absent, ...begun, ...(path ? ['a path'] : []), ...(method === undefined ? [] : ['a method']), ...(source ? ['a source'] : []), ...(gateway === undefined ? [] : ['a gateway'])];
}

type Words = { exact?: string; prefix?: string; regex?: string };

function words(match: StringMatch): Words {
  switch (match.kind) {
    case 'exact': return { exact: match.value };
    case 'prefix': return { prefix: match.value };
    case 'regex': return { regex: match.value };
    case 'present': return { regex: '.*' };
  }
}

function some<T>(entries: (readonly [string, T])[]): { [name: string]: T } | undefined {
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
