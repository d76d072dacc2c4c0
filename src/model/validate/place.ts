import { Rule } from '../routing-model';

/** Place of a part of a rule. What stands on the service itself, or comes from there, has no `routes[i]` in front. */
export function placeOf(rule: Rule, part: string): string {
  return rule.place === 'weights' || rule.inherited.includes(part) ? part : `${rule.place}.${part}`;
}
