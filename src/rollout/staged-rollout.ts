import { checkRollout } from './check-rollout';
import { deriveStages } from './derive-stages';
import { isSameSet, rollback } from './rollback';
import { RolloutModel } from './rollout-model';
import { Stage } from './stage';

/** A rollout with all that follows from it, whatever the service. */
export interface StagedRollout {
  readonly model: RolloutModel;
  readonly stages: readonly Stage[];
  /** Every set that can be written, by its folder: the stages first, then the ways back. */
  readonly sets: ReadonlyMap<string, Stage>;
  /** What is wrong with the rollout itself, with places, to be reported by each service. */
  readonly problems: ReturnType<typeof checkRollout>;
}

export function stagedRollout(model: RolloutModel): StagedRollout {
  const stages = deriveStages(model);
  return { model, stages, sets: new Map([...forward(stages), ...backward(stages, model)]), problems: checkRollout(model, stages) };
}

function forward(stages: readonly Stage[]): [string, Stage][] {
  return stages.map((stage, index) => [folder(index, stage), stage]);
}

function backward(stages: readonly Stage[], model: RolloutModel): [string, Stage][] {
  return stages.flatMap((from, index) => rollback(stages, index, model)
    .map((stage, at): [string, Stage] => [`rollback/${folder(index, from)}/${folder(at, stage)}`, stage]));
}

/** The first set of a way back that is the same as another one: they have much in common. A stage stands for itself, since apps may ask for its name. */
export function firstLike({ sets }: StagedRollout, wanted: string): string {
  const set = sets.get(wanted);
  const isBack = (one: string) => one.startsWith('rollback/');
  if (set === undefined || !isBack(wanted)) return wanted;
  const [first] = [...sets].find(([name, other]) => isBack(name) && isSameSet(set, other) && versionsOf(set) === versionsOf(other)) ?? [wanted];
  return first;
}

/** What becomes of each version, besides the traffic. */
function versionsOf({ name, traffic, loads, gates, ...versions }: Stage): string {
  return JSON.stringify(versions);
}

/** Two digits sort by name as by number; no rollout that a person reads has more than 100 stages. */
function folder(index: number, { name }: Stage): string {
  return `${String(index).padStart(2, '0')}-${name}`;
}
