import { RulePlaces } from '../declaration/staged-route';
import { Places } from '../model/routing-model';

/** Where the parts of the traffic were declared, for findings. Versions have the rollout's names. */
export interface TrafficPlaces {
  readonly weights: Places;
  readonly mirrors: Places;
  readonly fault: Places;
  /** By the name of the route. */
  readonly routes: Readonly<Record<string, RulePlaces>>;
  /** That of the version which the lane leads to. */
  readonly lane: string;
}

export const NOWHERE: TrafficPlaces = { weights: {}, mirrors: {}, fault: {}, routes: {}, lane: 'rollout' };

/** Shares that follow from something else than `weights`. */
export function weightsFrom(place: string, versions: readonly string[]): Places {
  return { weights: place, splitByPods: place, ...Object.fromEntries(versions.map((version) => [`weights.${version}`, place])) };
}
