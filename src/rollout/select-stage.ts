import { Stage } from './stage';
import { StagedRollout } from './staged-rollout';
import { nearest } from '../model/nearest';
import { Report } from '../model/report';

/** The stage that is meant by a number, a name or a folder; the first one, and a finding, if it cannot be told. */
export function selectStage(report: Report, { stages, sets }: StagedRollout, wanted: string | undefined): Stage {
  if (wanted === undefined) {
    report.add('stage-missing', 'stage', `the rollout has the stages ${numbered(stages)}, and nothing says which one is meant`,
      'give `stage`, or set CANARY_STAGE or the context "canary:stage"');
    return stages[0];
  }
  const found = sets.get(wanted) ?? stages.find((stage, index) => stage.name === wanted || String(index) === wanted);
  if (found) return found;
  report.add('stage-unknown', 'stage', `the rollout has no stage "${wanted}", its stages are ${numbered(stages)}`, `did you mean "${suggestion(stages, [...sets.keys()], wanted)}"?`);
  return stages[0];
}

/** A number beyond the end most likely means the last stage. */
function suggestion(stages: readonly Stage[], folders: readonly string[], wanted: string): string {
  const number = Number(wanted);
  if (wanted.trim() !== '' && Number.isFinite(number)) return stages[Math.min(Math.max(Math.round(number), 0), stages.length - 1)].name;
  return nearest(wanted, [...stages.map(({ name }) => name), ...folders]) ?? stages[0].name;
}

function numbered(stages: readonly Stage[]): string {
  return stages.map(({ name }, index) => `${index} "${name}"`).join(', ');
}
