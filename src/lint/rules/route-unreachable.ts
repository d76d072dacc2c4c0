import { Condition, passes } from '../../evaluation/condition';
import { addressOf } from '../../evaluation/entries';
import { TableRule } from '../../evaluation/route-table';
import { LintRule } from '../lint-rule';

/** A rule that never decides, because an earlier one takes all that it would. */
export const ROUTE_UNREACHABLE: LintRule = {
  code: 'route-unreachable',
  severity: 'warning',
  like: ['IST0130', 'KIA1106'],
  *check({ tables }) {
    for (const { entry, table: { rules } } of tables) {
      for (const [index, rule] of rules.entries()) {
        const earlier = rules.slice(0, index).find((candidate) => takesAll(candidate, rule));
        if (!earlier || !rule.object) continue;
        yield {
          object: rule.object,
          place: rule.place,
          message: `${earlier.object === rule.object ? earlier.place : `${earlier.object?.title} ${earlier.place}`} takes every request to ${addressOf(entry)} that it would`,
          remedy: 'put the narrower rule first, or leave it out',
        };
      }
    }
  },
};

/** Each condition of the earlier rule is implied by one of the later. Says no where it cannot be told. */
function takesAll(earlier: TableRule, later: TableRule): boolean {
  return earlier.conditions.every((wide) => later.conditions.some((narrow) => implies(narrow, wide)));
}

function implies(narrow: Condition, wide: Condition): boolean {
  if (JSON.stringify(narrow.subject) !== JSON.stringify(wide.subject)) return false;
  if (JSON.stringify(narrow) === JSON.stringify(wide)) return true;
  if (narrow.negated || wide.negated || wide.missing || narrow.missing) return false;
  if (wide.test.kind === 'present') return narrow.test.kind !== 'unknown';
  if (narrow.test.kind === 'exact' && !narrow.test.ignoreCase) return passes(wide.test, narrow.test.value);
  if (narrow.test.kind === 'elements' && wide.test.kind === 'elements') return passes(wide.test, narrow.test.value.replace(/\/+$/, '') || '/');
  if (narrow.test.kind === 'prefix' && wide.test.kind === 'prefix' && !narrow.test.ignoreCase) return passes(wide.test, narrow.test.value);
  return narrow.test.kind === 'elements' && wide.test.kind === 'prefix' && passes(wide.test, narrow.test.value.replace(/\/+$/, '') || '/');
}
