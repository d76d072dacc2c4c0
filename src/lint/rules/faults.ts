import { Filters } from '../../evaluation/route-table';
import { LintContext, LintProblem, LintRule } from '../lint-rule';

export const FAULT_FOR_EVERYBODY: LintRule = {
  code: 'fault-for-everybody',
  severity: 'warning',
  *check(context) {
    yield* faults(context, ({ delay, abort }, unconditional) => unconditional && Math.max(delay?.percent ?? 0, abort?.percent ?? 0) === 100 && {
      message: 'a fault hits every request, as the rule has no condition',
      remedy: 'give the rule a match, such as a header that testers send, or lower the share',
    });
  },
};

export const FAULT_WITHOUT_EFFECT: LintRule = {
  code: 'fault-without-effect',
  severity: 'warning',
  *check(context) {
    yield* faults(context, ({ delay, abort }) => [delay, abort].some((fault) => fault && fault.percent <= 0) && {
      message: 'a fault hits no request: its share is 0, or is left out where that means 0',
      remedy: 'write the share, 100 for all requests of the rule',
    });
  },
};

type Judge = (filters: Filters, unconditional: boolean) => false | undefined | Pick<LintProblem, 'message' | 'remedy'>;

function* faults({ tables }: LintContext, judge: Judge): Iterable<LintProblem> {
  const told = new Set<string>();
  for (const { table: { rules } } of tables) {
    for (const { object, place, conditions, action } of rules) {
      const problem = judge(action.filters ?? {}, conditions.length === 0);
      if (!problem || !object || told.has(`${object.key} ${place}`)) continue;
      told.add(`${object.key} ${place}`);
      yield { object, place, ...problem };
    }
  }
}
