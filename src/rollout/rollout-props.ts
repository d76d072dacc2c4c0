import { Capacity } from './capacity';
import { Gate } from './gate';
import { Lane } from './lane';
import { RolloutStep } from './rollout-step';
import { RouteMatch } from '../declaration/route';

/**
 * What every kind of rollout can be told.
 */
export interface RolloutOptions {
  /**
   * How many pods the versions have.
   *
   * @default Capacity.full()
   */
  readonly capacity?: Capacity;

  /**
   * Whether versions without traffic are taken away at the end: their pods in one stage, what is left of them in the next.
   *
   * @default true
   */
  readonly retire?: boolean;
}

/**
 * Options of `Rollout.stages`.
 */
export interface StagesRolloutOptions extends RolloutOptions {
  /**
   * Requests that a version answers from the step on that opens the lane (`openLane`), until one closes it. A lane that no step opens is refused
   * (`rollout-invalid`).
   *
   * @default - none
   */
  readonly lane?: Lane;
}

/**
 * The two versions of a rollout, and what has to do with both.
 */
export interface TwoVersionsProps extends RolloutOptions {
  /**
   * Name of the version that has the traffic before the rollout, a declared one (`version-unknown` otherwise).
   */
  readonly stable: string;

  /**
   * Name of the version that is to have it after the rollout, a declared one (`version-unknown` otherwise). Another one than the stable version
   * (`rollout-invalid`).
   */
  readonly candidate: string;

  /**
   * Requests that the candidate answers as soon as it is deployed, and until everything does: a preview for those who ask for it.
   *
   * @default - none
   */
  readonly lane?: Lane;

  /**
   * What has to hold when the candidate has everything, before the stable version is taken away. Not beside `retire: false` (`rollout-invalid`).
   *
   * @default - nothing
   */
  readonly retireGates?: Gate[];
}

/**
 * Properties of `Rollout.canary`.
 */
export interface CanaryRolloutProps extends TwoVersionsProps {
  /**
   * How the traffic moves. When the last step leaves the stable version some traffic, one more follows that gives everything to the candidate.
   *
   * @default - everything at once
   */
  readonly steps?: RolloutStep[];
}

/**
 * Properties of `Rollout.blueGreen`.
 */
export interface BlueGreenRolloutProps extends TwoVersionsProps {
  /**
   * What has to hold before the switch.
   *
   * @default - nothing
   */
  readonly gates?: Gate[];
}

/**
 * Properties of `Rollout.abTest`.
 */
export interface AbTestRolloutProps extends TwoVersionsProps {
  /**
   * Whose requests the candidate answers first: those for which one of the matches holds. At least one, none of them
   * for every request (`rollout-invalid` otherwise).
   */
  readonly matches: RouteMatch[];

  /**
   * What has to hold before anybody else gets the candidate.
   *
   * @default - nothing
   */
  readonly gates?: Gate[];

  /**
   * How the rest of the traffic moves, as for `Rollout.canary`. The route for the first users is named `ab-test`, and ends with the rollout.
   *
   * @default - everything at once
   */
  readonly steps?: RolloutStep[];
}

/**
 * Properties of `Rollout.mirror`.
 */
export interface MirrorRolloutProps extends TwoVersionsProps {
  /**
   * Share of the requests that the candidate gets copies of, in percent, 0 to 100, decimals allowed (`mirror-invalid`).
   *
   * @default 100
   */
  readonly percent?: number;

  /**
   * What has to hold before the copies end and real traffic moves.
   *
   * @default - nothing
   */
  readonly gates?: Gate[];

  /**
   * How the traffic moves then, as for `Rollout.canary`. The copies end with the first step.
   *
   * @default - everything at once
   */
  readonly steps?: RolloutStep[];
}

/**
 * Properties of `Rollout.replicas`.
 */
export interface ReplicasRolloutProps {
  /**
   * Name of the version that has all pods before the rollout, a declared one (`version-unknown` otherwise).
   */
  readonly stable: string;

  /**
   * Name of the version that is to have them after the rollout, a declared one (`version-unknown` otherwise). Another one than the stable version
   * (`rollout-invalid`).
   */
  readonly candidate: string;

  /**
   * Number of the stable version's pods before the rollout, from 1 on (`replicas-invalid` otherwise).
   */
  readonly pods: number;

  /**
   * How the pods are exchanged: each step has `replicas` for both versions, and they are the shares. When the last step leaves the stable
   * version pods, one more follows that gives `pods` to the candidate.
   *
   * @default - all at once
   */
  readonly steps?: RolloutStep[];

  /**
   * Whether the stable version is taken away at the end, when it has no pods.
   *
   * @default true
   */
  readonly retire?: boolean;

  /**
   * What has to hold when the candidate has all pods, before what is left of the stable version is taken away. Not beside `retire: false`
   * (`rollout-invalid`).
   *
   * @default - nothing
   */
  readonly retireGates?: Gate[];
}
