import { Finding } from '../finding';
import { coversMatch, EVERYTHING } from '../match';
import { Match, RoutingModel, Rule } from '../routing-model';
import { Report } from './report';

/** Rules that can never apply, because earlier ones take all their requests. */
export function checkRuleOrder(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  model.rules.forEach((rule, index) => checkReachable(report, rule, model.rules.slice(0, index)));
  return report.findings;
}

function checkReachable(report: Report, rule: Rule, earlier: readonly Rule[]): void {
  const candidates = earlier.filter((other) => other.port === undefined || other.port === rule.port);
  const takenBy = alternatives(rule).map((match) => candidates.find((other) => alternatives(other).some((wide) => coversMatch(wide, match))));
  const same = candidates.find((other) => other.port === rule.port && sameMatches(other, rule));
  if (same) {
    report.add('rule-duplicate', rule.place, `it has the same conditions as ${same.place}, which comes first`, 'drop one of them, or change its conditions');
  } else if (takenBy.every((other) => other !== undefined)) {
    report.add('rule-unreachable', rule.place, `${[...new Set(takenBy.map((other) => other?.place))].join(' and ')} takes all its requests`,
      'put it first, or drop it');
  } else {
    takenBy.forEach((other, index) => {
      if (other) report.add('rule-unreachable', `${rule.place}.matches[${index}]`, `${other.place} takes all its requests`, 'put the route first, or drop the match');
    });
  }
}

function alternatives(rule: Rule): readonly Match[] {
  return rule.matches.length === 0 ? [EVERYTHING] : rule.matches;
}

function sameMatches(a: Rule, b: Rule): boolean {
  const within = (inner: Rule, outer: Rule) => alternatives(inner).every((match) => alternatives(outer).some((other) => coversMatch(other, match)));
  return within(a, b) && within(b, a);
}
