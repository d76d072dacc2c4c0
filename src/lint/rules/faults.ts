import { LintRule } from '../lint-rule';

/** A share of everything, and nobody named who is to have it. */
export const FAULT_FOR_EVERYBODY: LintRule = {
  code: 'fault-for-everybody',
  severity: 'warning',
  *check({ tables }) {
    const told = new Set<string>();
    for (const { table: { rules } } of tables) {
      for (const { object, place, conditions, action } of rules) {
        const { delay, abort } = action.filters ?? {};
        if (conditions.length > 0 || Math.max(delay?.percent ?? 0, abort?.percent ?? 0) < 100 || !object || told.has(`${object.key} ${place}`)) continue;
        told.add(`${object.key} ${place}`);
        yield {
          object,
          place,
          message: 'a fault hits every request, as the rule has no condition',
          remedy: 'give the rule a match, such as a header that testers send, or lower the share',
        };
      }
    }
  },
};
