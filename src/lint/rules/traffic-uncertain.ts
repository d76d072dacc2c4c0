import { LintRule } from '../lint-rule';

/** What the manifests leave to chance, to the age of objects, or to what nobody can read from them. */
export const TRAFFIC_UNCERTAIN: LintRule = {
  code: 'traffic-uncertain',
  severity: 'warning',
  *check({ tables }) {
    const told = new Set<string>();
    for (const { entry, table } of tables) {
      for (const doubt of [...table.doubts, ...table.rules.flatMap(({ doubts }) => doubts ?? [])]) {
        if (told.has(doubt)) continue;
        told.add(doubt);
        yield { object: entry.objects[0], place: 'spec', message: doubt, remedy: 'say it so that only one reading is left' };
      }
    }
  },
};
