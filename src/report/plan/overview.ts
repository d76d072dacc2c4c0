import { Plan } from './plan';
import { Steady } from './steady';
import { changesText, mainText, stateText, totals } from './summary';

/** One line for each stage, the names of the columns first. */
export function overviewRows({ stages }: Plan, steady: Steady): string[][] {
  return [
    ['stage', 'traffic', 'pods', 'CPU', 'memory', 'objects', 'state'],
    ...stages.map((stage, index) => [stage.name, mainText(stage, steady), ...totals(stage), index === 0 ? 'first' : changesText(stage.changes), stateText(stage)]),
  ];
}
