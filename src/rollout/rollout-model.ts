import { Capacity } from './capacity';
import { Lane } from './lane';
import { RolloutStep } from './rollout-step';
import { Traffic } from './traffic';

/** A step as it was declared, or as a kind of rollout adds it. */
export interface DeclaredStep extends RolloutStep {
  /** Where it was declared, for findings: `rollout.steps[1]`, or `rollout` for one that the kind of rollout adds. */
  readonly place: string;
  /** Opens the lane for a version, or closes it. */
  readonly openLane?: string;
  readonly closeLane?: boolean;
}

export interface RolloutModel {
  /** What makes the shares: weights, or the pods themselves. */
  readonly by: 'weights' | 'pods';
  /** The two versions, where the rollout knows just two. */
  readonly pair?: { readonly stable: string; readonly candidate: string };
  readonly steps: readonly DeclaredStep[];
  readonly lane?: Lane;
  readonly capacity: Capacity;
  readonly retire: boolean;
}

/** A step with everything that it has from the steps before. */
export interface PlannedStep {
  readonly name: string;
  readonly declared: DeclaredStep;
  readonly traffic: Traffic;
}
