import { LintContext, LintFound, LintRule, Severity, WORST_FIRST } from './lint-rule';
import { Waivers } from './waivers';
import { tablesOf } from '../evaluation/entries';
import { Evaluator } from '../evaluation/evaluator';
import { Manifests } from '../manifests/load';

/** What a run does otherwise than the rules say: another severity, or none at all. */
export type Regraded = ReadonlyMap<string, Severity | 'off'>;

/** Everything that the rules find, the worst first, then in the order of the manifests. */
export function runLint(
  manifests: Manifests,
  evaluator: Evaluator,
  rules: readonly LintRule[],
  regraded: Regraded = new Map(),
  tell: (done: number, all: number) => void = () => {},
): LintFound[] {
  const context: LintContext = { manifests, evaluator, tables: tablesOf(evaluator) };
  const waivers = new Waivers(manifests.objects, rules.map(({ code }) => code));
  const found = rules.flatMap((rule, index) => {
    tell(index, rules.length);
    return findingsOf(rule, context, regraded, waivers);
  });
  return sorted([...found, ...waivers.problems()], manifests);
}

function findingsOf(rule: LintRule, context: LintContext, regraded: Regraded, waivers: Waivers): LintFound[] {
  const forAll = regraded.get(rule.code) ?? rule.severity;
  if (forAll === 'off') return [];
  return [...rule.check(context)].flatMap((problem) => {
    const severity = waivers.severityFor(rule.code, problem.object) ?? forAll;
    return severity === 'off' ? [] : [{ ...problem, code: rule.code, severity }];
  });
}

function sorted(found: readonly LintFound[], { objects }: Manifests): LintFound[] {
  const position = new Map(objects.map((object, index) => [object, index]));
  const at = ({ object }: LintFound): number => (object ? position.get(object) ?? objects.length : -1);
  return [...found].sort((a, b) => WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity) || at(a) - at(b));
}
