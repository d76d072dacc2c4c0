import { DeclaredStep, RolloutModel } from './rollout-model';
import { TrafficPlaces, weightsFrom } from './traffic-places';
import { RulePlaces } from '../declaration/staged-route';
import { Places } from '../model/routing-model';

/** What a step changes was declared there, and the rest where it was before. */
export function placesAt(before: TrafficPlaces, step: DeclaredStep, { by, pair }: Pick<RolloutModel, 'by' | 'pair'>): TrafficPlaces {
  const { place, addRoutes = [], mirrors, fault, dropFault, openLane } = step;
  const added = addRoutes.map(({ name = '' }, index): [string, RulePlaces] => [name, { place: `${place}.addRoutes[${index}]` }]);
  return {
    weights: (by === 'pods' ? podPlaces(step) : weightPlaces(step, pair)) ?? before.weights,
    mirrors: mirrors ? { mirrors: `${place}.mirrors` } : before.mirrors,
    fault: dropFault ? {} : fault ? { fault: `${place}.fault` } : before.fault,
    routes: { ...before.routes, ...Object.fromEntries(added) },
    lane: openLane === undefined ? before.lane : `${place}.openLane`,
    ...step.places,
  };
}

function podPlaces({ place, replicas }: DeclaredStep): Places | undefined {
  return replicas && weightsFrom(`${place}.replicas`, []);
}

function weightPlaces({ place, weight, weights, splitByPods }: DeclaredStep, pair: RolloutModel['pair']): Places | undefined {
  if (splitByPods) return weightsFrom(`${place}.splitByPods`, []);
  if (weights) return { weights: `${place}.weights` };
  return weight === undefined || !pair ? undefined : weightsFrom(`${place}.weight`, [pair.stable, pair.candidate]);
}
