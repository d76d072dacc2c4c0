import { DeclaredStep, PlannedStep, RolloutModel } from './rollout-model';
import { placesAt } from './step-places';
import { NO_TRAFFIC, Traffic, unique } from './traffic';
import { NOWHERE } from './traffic-places';
import { RouteProps } from '../declaration/route';

/** Gives each step what it has from the steps before, and a name. */
export function planSteps(model: Pick<RolloutModel, 'steps' | 'pair' | 'by'>): PlannedStep[] {
  const planned: PlannedStep[] = [];
  for (const declared of model.steps) {
    const traffic = inherit(planned.at(-1)?.traffic ?? NO_TRAFFIC, declared, model);
    planned.push({ name: declared.name ?? derivedName(declared, planned), declared, traffic });
  }
  return planned;
}

function inherit(before: Traffic, step: DeclaredStep, { pair, by }: Pick<RolloutModel, 'pair' | 'by'>): Traffic {
  const replicas = { ...before.replicas, ...step.replicas };
  return {
    weights: by === 'pods' ? replicas : weightsOf(before, step, pair),
    routes: routesOf(before, step),
    mirrors: step.mirrors ?? before.mirrors,
    fault: step.dropFault ? undefined : step.fault ?? before.fault,
    lane: step.closeLane ? undefined : step.openLane ?? before.lane,
    replicas,
    deployed: unique([...before.deployed, ...(step.deploy ?? [])]),
    places: placesAt(before.places ?? NOWHERE, step, { by, pair }),
  };
}

function weightsOf(before: Traffic, step: DeclaredStep, pair: RolloutModel['pair']): Traffic['weights'] {
  if (step.splitByPods) return undefined;
  if (step.weights) return step.weights;
  return step.weight === undefined || !pair ? before.weights : { [pair.stable]: 100 - step.weight, [pair.candidate]: step.weight };
}

function routesOf(before: Traffic, { addRoutes = [], dropRoutes = [] }: DeclaredStep): RouteProps[] {
  const changed = [...dropRoutes, ...addRoutes.map(({ name }) => name)];
  const kept = before.routes.map((route) => addRoutes.find(({ name }) => name === route.name) ?? route)
    .filter((route) => addRoutes.includes(route) || !changed.includes(route.name));
  return [...kept, ...addRoutes.filter((route) => !kept.includes(route))];
}

/** A name that says what the step changes, and that no step before has. */
function derivedName(step: DeclaredStep, before: readonly PlannedStep[]): string {
  const name = namingWords(step).join('-').toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^-+|-+$/g, '') || `step-${before.length}`;
  const taken = before.filter((other) => other.name === name || other.name.startsWith(`${name}-again`)).length;
  return taken === 0 ? name : `${name}-again${taken > 1 ? `-${taken}` : ''}`;
}

function namingWords(step: DeclaredStep): unknown[] {
  const { weight, weights, splitByPods, replicas, addRoutes, dropRoutes, mirrors, fault, dropFault, openLane, closeLane, deploy } = step;
  if (weight !== undefined) return ['weight', weight];
  if (weights) return ['weights', ...Object.values(weights)];
  if (splitByPods) return ['by-pods'];
  if (addRoutes && addRoutes.length > 0) return ['route', ...addRoutes.map(({ name }) => name)];
  if (dropRoutes && dropRoutes.length > 0) return ['without', ...dropRoutes];
  if (mirrors) return mirrors.length > 0 ? ['mirror', ...mirrors.map((mirror) => mirror._toModel().version)] : ['without-mirror'];
  if (fault) return ['fault'];
  if (dropFault) return ['without-fault'];
  if (openLane !== undefined) return ['lane'];
  if (closeLane) return ['lane-closed'];
  if (replicas) return ['pods', ...Object.values(replicas)];
  return deploy && deploy.length > 0 ? ['deploy', ...deploy] : [];
}
