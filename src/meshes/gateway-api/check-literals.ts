import { Implementation } from './implementation';
import { Report } from '../../model/report';
import { HeaderChanges, Match, Rule } from '../../model/routing-model';
import { placeOf } from '../../model/validate/place';

/** What paths may not hold, beyond what is refused on any mesh. @see https://gateway-api.sigs.k8s.io/reference/spec/#httppathmatch */
const NO_PATH = /["<>[\\\]^`{|}]|%2f|%(?![0-9a-f]{2})/i;

const MOST_CHARACTERS = { path: 1024, header: 4096, queryParam: 1024, name: 256 } as const;
const MOST_CHANGES = 16;
const PARAM_NAME = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;

/** Values that the CRDs refuse, or that nobody says the meaning of. */
export function checkLiterals(report: Report, rule: Rule, implementation: Implementation): void {
  if (rule.name !== undefined) report.name(placeOf(rule, 'name'), rule.name, 'dns-1123-subdomain', 'give a valid `name`');
  rule.matches.forEach((match) => checkMatch(report, match, placeOf(rule, 'matches'), implementation));
  for (const part of ['requestHeaders', 'responseHeaders'] as const) {
    const changes = rule[part];
    if (changes) checkChanges(report, changes, placeOf(rule, part), implementation);
  }
}

function checkMatch(report: Report, { path, headers, queryParams }: Match, place: string, { name, regex }: Implementation): void {
  if (path && path.kind !== 'regex' && NO_PATH.test(path.value)) {
    report.add('path-invalid', place, `"${path.value}" is no path that routes of the Gateway API take`, 'encode such characters, and leave out encoded slashes');
  }
  if (path) checkLength(report, place, path.value, MOST_CHARACTERS.path);
  for (const header of headers) checkValue(report, place, header, MOST_CHARACTERS.header);
  for (const param of queryParams) {
    checkValue(report, place, param, MOST_CHARACTERS.queryParam);
    if (!PARAM_NAME.test(param.name)) report.add('match-invalid', place, `routes of the Gateway API take no query parameter "${param.name}"`, 'use another parameter');
  }
  if (!regex && (headers.some(({ value }) => value.kind === 'present') || queryParams.some(({ value }) => value.kind !== 'exact'))) {
    report.add('capability-missing', place, `this takes a regular expression, and those of ${name} are not known`, 'compare with an exact value, or choose another implementation');
  }
}

function checkValue(report: Report, place: string, { name, value }: Match['headers'][number], most: number): void {
  checkLength(report, place, name, MOST_CHARACTERS.name);
  if (value.kind !== 'present' && value.kind !== 'absent') checkLength(report, place, value.value, most);
}

function checkLength(report: Report, place: string, text: string, most: number): void {
  if (text.length > most) report.add('match-invalid', place, `a text of ${text.length} characters, and routes of the Gateway API take ${most}`, 'give a shorter one');
}

function checkChanges(report: Report, { set, add, remove }: HeaderChanges, place: string, { name, percentSign }: Implementation): void {
  const values = [...Object.values(set), ...Object.values(add)];
  if (Math.max(Object.keys(set).length, Object.keys(add).length, remove.length) > MOST_CHANGES) {
    report.add('capability-missing', place, `a filter changes ${MOST_CHANGES} headers of a kind at most`, 'declare fewer');
  }
  if (values.some((value) => value === '' || value.length > MOST_CHARACTERS.header)) {
    report.add('header-invalid', place, `routes of the Gateway API take values of 1 to ${MOST_CHARACTERS.header} characters`, 'give another value');
  }
  if (percentSign === undefined && values.some((value) => value.includes('%'))) {
    report.add('header-invalid', place, `nobody says whether ${name} takes "%" for the beginning of a placeholder`, 'leave "%" out');
  }
}
