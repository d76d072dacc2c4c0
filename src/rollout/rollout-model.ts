import { Capacity } from './capacity';
import { Lane } from './lane';
import { RolloutStep } from './rollout-step';
import { Traffic } from './traffic';
import { TrafficPlaces } from './traffic-places';
import { RouteMatch } from '../declaration/route';

/** A step as it was declared, or as a kind of rollout adds it. */
export interface DeclaredStep extends RolloutStep {
  /** Where it was declared, for findings: `rollout.steps[1]`, or `rollout` for one that the kind of rollout adds. */
  readonly place: string;
  /** Where parts were declared that follow from something else than the step. */
  readonly places?: Partial<TrafficPlaces>;
  /** Where the gates were declared, one by one, if not at the step. */
  readonly gatePlaces?: readonly string[];
}

export interface RolloutModel {
  /** What makes the shares: weights, or the pods themselves. */
  readonly by: 'weights' | 'pods';
  /** The two versions, where the rollout knows just two. */
  readonly pair?: { readonly stable: string; readonly candidate: string };
  readonly steps: readonly DeclaredStep[];
  readonly lane?: Lane;
  /** Whose requests an A/B test is about. */
  readonly matches?: readonly RouteMatch[];
  /** Number of pods before a rollout that exchanges them. */
  readonly pods?: number;
  readonly capacity: Capacity;
  readonly retire: boolean;
  /** Whether something has to hold before a version is taken away. */
  readonly retireGates?: boolean;
}

/** A step with everything that it has from the steps before. */
export interface PlannedStep {
  readonly name: string;
  readonly declared: DeclaredStep;
  readonly traffic: Traffic;
}
