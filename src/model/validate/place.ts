import { Rule } from '../routing-model';

/** Place of a part of a rule. What stands on the service itself has no `routes[i]` in front. */
export function placeOf(rule: Rule, part: string): string {
  return rule.place === 'weights' ? part : `${rule.place}.${part}`;
}
