import { GateModel } from '../rollout/gate';
import { planSteps } from '../rollout/plan-steps';
import { Rollout } from '../rollout/rollout';
import { shareOf, Traffic } from '../rollout/traffic';

/** A step of a rollout with two versions, as controllers see it: what is true of the traffic, and what has to hold before the next one. */
export interface Move {
  readonly name: string;
  /** Where it was declared, for findings. */
  readonly place: string;
  /** Share of the candidate in percent, not rounded. */
  readonly percent: number;
  /** Versions have the rollout's names. */
  readonly traffic: Traffic;
  readonly gates: readonly GateModel[];
}

/** The steps of a rollout. The first is what is there before it. */
export function movesOf(rollout: Rollout): Move[] {
  const { model } = rollout._staged();
  return planSteps(model).map(({ name, declared, traffic }) => {
    const share = model.pair && shareOf(traffic, model.pair.candidate);
    return {
      name,
      place: declared.place,
      percent: share ? 100 * share.weight / share.total : 0,
      traffic,
      gates: (declared.gates ?? []).map((gate) => gate._toModel()),
    };
  });
}

/** For messages: the step by its name. */
export function stepText({ name }: Move): string {
  return `step "${name}"`;
}
