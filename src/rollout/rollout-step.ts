import { Gate } from './gate';
import { Fault } from '../declaration/fault';
import { Mirror } from '../declaration/mirror';
import { RouteProps } from '../declaration/route';

/**
 * One step of a rollout: what changes. Everything else stays as the step before left it.
 */
export interface RolloutStep {
  /**
   * Name of the step, which becomes that of its stage: a DNS label (`name-invalid` otherwise) with a letter in it, used once (`rollout-invalid`
   * otherwise).
   *
   * @default - what the step changes: `weight-10`, `mirror-v2`
   */
  readonly name?: string;

  /**
   * Weight of the candidate where all weights make 100, a whole number (`weight-invalid`); the stable version has the rest. So it is a percentage,
   * which `weights` are not; those are for finer shares. Only where the rollout has a candidate, and not beside `weights` or `splitByPods`
   * (`rollout-invalid`).
   *
   * @default - as in the step before
   */
  readonly weight?: number;

  /**
   * Weights by version name, as for `CanaryService`: proportions, whole numbers from 0 to 1000000 (`weight-invalid`), of known versions
   * (`version-unknown`), not all 0 (`weights-zero`).
   *
   * @default - as in the step before
   */
  readonly weights?: { [version: string]: number };

  /**
   * Leaves the shares to the number of pods, until a step gives weights.
   *
   * @default - as in the step before
   */
  readonly splitByPods?: boolean;

  /**
   * Routes that begin with this step and stand before those of the service, the latest last. Each has a `name` of its own (`rollout-invalid`
   * otherwise); one with a name that is in use since a step before takes the place of the older one.
   *
   * @default - none
   */
  readonly addRoutes?: RouteProps[];

  /**
   * Names of routes that end with this step, added by a step before (`rollout-invalid` otherwise).
   *
   * @default - none
   */
  readonly dropRoutes?: string[];

  /**
   * Mirrors for the requests that no route took, instead of those before. An empty list ends them.
   *
   * @default - as in the step before; at first those of the service
   */
  readonly mirrors?: Mirror[];

  /**
   * Fault for the requests that no route took, instead of the one before. Since they have no condition, it has to say `allTraffic`
   * (`fault-all-traffic` otherwise).
   *
   * @default - as in the step before; at first that of the service
   */
  readonly fault?: Fault;

  /**
   * Ends the fault of a step before (`rollout-invalid` if there is none, or beside `fault`).
   *
   * @default false
   */
  readonly dropFault?: boolean;

  /**
   * Numbers of pods by version name, from 0 on (`replicas-invalid` otherwise), instead of those that the capacity gives. They stand ready a stage
   * before the step, and stay a stage longer.
   *
   * @default - as in the step before; at first those of the capacity
   */
  readonly replicas?: { [version: string]: number };

  /**
   * Name of the version that requests with the mark of the lane are kept on from this step on, a declared one (`version-unknown` otherwise). Only
   * in `Rollout.stages`, and where its options give a `lane` (`rollout-invalid`).
   *
   * @default - as in the step before; at first the lane is closed
   */
  readonly openLane?: string;

  /**
   * Closes the lane that a step before has opened (`rollout-invalid` if none has): requests with its mark take the usual way again.
   *
   * @default false
   */
  readonly closeLane?: boolean;

  /**
   * Names of versions that run from this step on, whether they get traffic or not, declared ones (`version-unknown` otherwise). A version that a
   * later step sends requests to is deployed in a stage of its own otherwise.
   *
   * @default - none
   */
  readonly deploy?: string[];

  /**
   * What has to hold before the next stage.
   *
   * @default - nothing: the next stage may follow as soon as this one stands
   */
  readonly gates?: Gate[];
}
