import { Finding } from '../finding';
import { coversMatch, EVERYTHING } from '../match';
import { ruleForPort } from '../protocols';
import { placeOf } from './place';
import { Report } from '../report';
import { Match, Port, RoutingModel, Rule } from '../routing-model';

/** Rules that can never apply, because earlier ones take all their requests on every port that they are for. */
export function checkRuleOrder(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  model.rules.forEach((rule, index) => checkReachable(report, model, rule, model.rules.slice(0, index)));
  for (const rule of model.rules) checkAlternatives(report, rule);
  return report.findings;
}

function checkReachable(report: Report, model: RoutingModel, rule: Rule, earlier: readonly Rule[]): void {
  const all = alternatives(rule);
  const takers = all.map((match) => takersOf(model, rule, match, earlier));
  const same = earlier.find((other) => other.port === rule.port && sameMatches(other, rule));
  if (same && rule.place !== 'weights' && takers.every((rules) => rules !== undefined)) {
    report.add('rule-duplicate', rule.place, `it has the same conditions as ${same.place}, which comes first`, 'drop one of them, or change its conditions');
  } else if (takers.every((rules) => rules !== undefined)) {
    report.add('rule-unreachable', rule.place, `all its requests are taken by ${placesOf(takers.flat())}`, 'put it first, or drop it');
  } else {
    takers.forEach((rules, index) => {
      if (rules) report.add('rule-unreachable', placeOf(rule, `matches[${index}]`), `all its requests are taken by ${placesOf(rules)}`, 'put the route first, or drop the match');
    });
  }
}

/** The earlier rules that together leave nothing for a match, port by port, or `undefined` if some port has something left. */
function takersOf(model: RoutingModel, rule: Rule, match: Match, earlier: readonly Rule[]): Rule[] | undefined {
  const ports = model.ports.filter((port) => ruleForPort({ ...rule, matches: [match] }, port).length > 0);
  const takes = (other: Rule, port: Port) => ruleForPort(other, port).some((seen) => alternatives(seen).some((wide) => coversMatch(wide, match)));
  const takers = ports.map((port) => earlier.find((other) => takes(other, port)));
  return ports.length > 0 && takers.every((taker) => taker !== undefined) ? takers : undefined;
}

/** Equal alternatives inside one rule. */
function checkAlternatives(report: Report, rule: Rule): void {
  rule.matches.forEach((match, index) => {
    const same = rule.matches.slice(0, index).findIndex((other) => coversMatch(other, match) && coversMatch(match, other));
    if (same >= 0) report.add('rule-duplicate', placeOf(rule, `matches[${index}]`), `it has the same conditions as matches[${same}]`, 'drop one of them, or change its conditions');
  });
}

function placesOf(rules: readonly (Rule | undefined)[]): string {
  return [...new Set(rules.map((rule) => rule?.place))].join(' and ');
}

function alternatives(rule: Rule): readonly Match[] {
  return rule.matches.length === 0 ? [EVERYTHING] : rule.matches;
}

function sameMatches(a: Rule, b: Rule): boolean {
  const within = (inner: Rule, outer: Rule) => alternatives(inner).every((match) => alternatives(outer).some((other) => coversMatch(other, match)));
  return within(a, b) && within(b, a);
}
