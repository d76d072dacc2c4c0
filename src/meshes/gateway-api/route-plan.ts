import { Implementation } from './implementation';
import { RouteKind } from './kinds';
import { Apart, Conflict, ordered } from './order';
import { replacesPrefix } from '../../model/path-rewrites';
import { Port, Rule } from '../../model/routing-model';

/** What a route hangs on. The group is always written: its default is not that of Services. */
export interface ParentRef {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly sectionName?: string;
  readonly port?: number;
}

/** One route object: which rules decide on the traffic of its parents, as they will stand there. */
export interface RoutePlan {
  readonly kind: RouteKind;
  readonly name: string;
  readonly parentRefs: ParentRef[];
  /** Empty: every host. */
  readonly hostnames: string[];
  /** Service port that the traffic goes to. */
  readonly port: Port;
  readonly rules: readonly Rule[];
  readonly conflicts: readonly Conflict[];
}

/** Rules in the order of their declaration. A route for connections has one, as nothing tells connections apart. */
export function planRoute(plan: Omit<RoutePlan, 'conflicts'>, implementation: Implementation, apart?: Apart): RoutePlan {
  if (plan.kind === 'TCPRoute' || plan.kind === 'TLSRoute') return { ...plan, rules: plan.rules.slice(0, 1), conflicts: [] };
  const { rules, conflicts } = ordered(plan.rules, implementation, apart);
  return { ...plan, rules: rules.flatMap(oneForEachPrefix), conflicts };
}

/** A prefix is replaced in rules of one match only. A name stands for one rule. */
function oneForEachPrefix(rule: Rule): Rule[] {
  if (!replacesPrefix(rule)) return [rule];
  return rule.matches.map((match, index) => ({ ...rule, name: index === 0 ? rule.name : undefined, matches: [match] }));
}
