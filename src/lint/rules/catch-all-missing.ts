import { addressOf } from '../../evaluation/entries';
import { LintRule } from '../lint-rule';

/** Inside the mesh a Service that has rules, and a request that none of them takes. At a gateway that is most often meant. */
export const CATCH_ALL_MISSING: LintRule = {
  code: 'catch-all-missing',
  severity: 'warning',
  *check({ tables }) {
    for (const { entry, table: { rules, otherwise } } of tables) {
      if (entry.from !== 'mesh' || otherwise.kind !== 'answer' || rules.length === 0 || rules.some(({ conditions }) => conditions.length === 0)) continue;
      yield {
        object: entry.objects[0],
        place: 'spec',
        message: `a request to ${addressOf(entry)} that no rule takes gets ${otherwise.status}`,
        remedy: 'end with a rule without conditions that says where everything else goes',
      };
    }
  },
};
