import { conditionalRules, restRule, sharesKey, weightsOf } from './splits';
import { Finding } from '../../model/finding';
import { bothMatches, oneConditionPerName } from '../../model/match';
import { listed } from '../../model/nearest';
import { fullyMatches } from '../../model/regex';
import { Report } from '../../model/report';
import { HeaderMatch, Match, RoutingModel, Rule } from '../../model/routing-model';
import { selects } from '../../model/selector';
import { placeOf } from '../../model/validate/place';

/** What TrafficSplits with conditions cannot keep of a model. */
export function checkSplits(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  const rules = conditionalRules(model);
  rules.forEach((rule, index) => {
    checkOverlap(report, rule, rules.slice(0, index));
    rule.matches.forEach((match, at) => checkMatch(report, match, placeOf(rule, `matches[${at}]`)));
  });
  if (rules.length > 0) checkRest(report, model, rules[0]);
  return report.findings;
}

/** Two splits have no order: each needs requests of its own. */
function checkOverlap(report: Report, rule: Rule, earlier: readonly Rule[]): void {
  const other = earlier.find((candidate) => sharesKey(candidate) !== sharesKey(rule) && mayOverlap(candidate, rule));
  if (!other) return;
  report.add('order-inexpressible', rule.place, `requests that both ${other.place} and ${rule.place} take belong to the first, and SMI has no order of TrafficSplits`,
    'let the conditions of the two exclude each other, or give both the same weights');
}

function mayOverlap(a: Rule, b: Rule): boolean {
  return a.matches.some((one) => b.matches.some((other) => bothMatches(one, other).kind !== 'never'));
}

/** What no split takes goes to the pods behind the root Service, so that these have to make the weights. */
function checkRest(report: Report, model: RoutingModel, first: Rule): void {
  const rest = restRule(model);
  const versions = [...weightsOf(rest)?.keys() ?? []];
  if (!rest || versions.length === 0) return;
  if (versions.length > 1) {
    report.add('order-inexpressible', rest.place,
      `requests that ${first.place} leaves to ${rest.place} go to the pods behind the root Service: SMI has no weights beside a split with conditions`,
      'give one version all of them, or use `splitByPods`');
    return;
  }
  const selector = { labels: model.root.selector, expressions: [] };
  const selected = model.versions.filter(({ podLabels }) => selects(selector, podLabels)).map(({ name }) => name);
  if (selected.length === 1 && selected[0] === versions[0]) return;
  report.add('root-selector-unfit', 'rootSelector',
    `what no route takes goes to the pods behind the root Service, which are those of ${listed(selected)}, and the weights say "${versions[0]}"`,
    `use \`RootSelector.version('${versions[0]}')\``);
}

/** A header is compared by a regular expression of no named dialect, and what one that is not there compares as is not said. */
function checkMatch(report: Report, match: Match, place: string): void {
  const single = oneConditionPerName(match);
  const { path, headers } = single.kind === 'one' ? single.value : match;
  if (path?.kind === 'regex') checkDialect(report, path.value, `${place}.path`);
  headers.forEach(({ name, value }) => {
    if (value.kind === 'regex') checkDialect(report, value.value, place);
    if (takesEmpty(value)) {
      report.add('capability-missing', place, `SMI does not say whether a condition that an empty value meets takes requests without the header "${name}" (HTTPRouteHeaderMatching)`,
        'ask for a value');
    }
  });
}

function takesEmpty(value: HeaderMatch['value']): boolean {
  return value.kind === 'present' || (value.kind === 'regex' && fullyMatches(value.value, ''));
}

/** Escapes of letters other than for digits, words and spaces; groups with flags or names; named classes. */
const DIALECTS_DIFFER = /\\(?![dDwWsS]|[^A-Za-z0-9])|\(\?(?!:)|\[[^\]]*\[:/;

function checkDialect(report: Report, pattern: string, place: string): void {
  const [piece] = DIALECTS_DIFFER.exec(pattern) ?? [];
  if (piece === undefined) return;
  report.add('regex-invalid', place, `"${pattern}" has "${piece}", and SMI does not name the dialect of its expressions`, 'use what all dialects share: letters, classes in brackets, repetitions and "(?:"');
}
