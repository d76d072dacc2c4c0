import { LintRule } from '../lint-rule';

/** A prefix of characters, not of path elements. */
export const PREFIX_CATCHES_SIBLINGS: LintRule = {
  code: 'prefix-catches-siblings',
  severity: 'warning',
  *check({ tables }) {
    const told = new Set<string>();
    for (const { table: { rules } } of tables) {
      for (const { object, place, conditions } of rules) {
        for (const { subject, test } of conditions) {
          if (!object || subject.of !== 'path' || test.kind !== 'prefix' || test.value.endsWith('/') || told.has(`${object.key} ${place}`)) continue;
          told.add(`${object.key} ${place}`);
          yield {
            object,
            place,
            message: `the prefix "${test.value}" also takes "${test.value}0" and "${test.value}-old"`,
            remedy: `match "${test.value}" exactly and "${test.value}/" as a prefix`,
          };
        }
      }
    }
  },
};
