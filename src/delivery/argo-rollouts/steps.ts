import { templateName } from './metrics';
import { RolloutSpecStrategyCanarySteps as Step, RolloutSpecStrategyCanaryStepsPauseDuration as PauseDuration } from '../../../imports/argoproj.io';
import { RouteProps } from '../../declaration/route';
import { RoutingModel } from '../../model/routing-model';
import { CapacityModel } from '../../rollout/capacity';
import { GateModel } from '../../rollout/gate';
import { Traffic, usedVersions } from '../../rollout/traffic';
import { ControlledService } from '../controlled-service';
import { headerMatches, laneMatches } from './header-match';
import { Move } from '../move';

/** Names of the routes that stand above all others while a rollout needs them. */
export const LANE = 'rollout-lane';
export const MIRROR = 'rollout-mirror';

/** What is there before the first step. */
const NOTHING: Traffic = { routes: [], replicas: {}, deployed: [] };

/** The steps of a rollout, one after the other: pods, then routes, then weights, then what has to hold. */
export function steps(service: ControlledService, model: RoutingModel): Step[] {
  return service.moves.flatMap((move, index) => {
    const before = index === 0 ? undefined : service.moves[index - 1];
    return [
      ...scale(service, move, before),
      ...laneSteps(service, move.traffic, before?.traffic ?? NOTHING),
      ...routeSteps(move.traffic, before?.traffic ?? NOTHING),
      ...mirrorSteps(move.traffic, before?.traffic ?? NOTHING),
      ...(move.percent === (before?.percent ?? 0) ? [] : [{ setWeight: move.percent }]),
      ...move.gates.map((gate) => gateStep(gate, model)),
    ];
  });
}

/** Routes that the controller adds and takes away, in the order in which they are tried. */
export function managedRoutes({ moves }: ControlledService): string[] {
  const lane = moves.some(({ traffic }) => traffic.lane !== undefined) ? [LANE] : [];
  const routes = moves.flatMap(({ traffic }) => traffic.routes.map(({ name }) => name ?? ''));
  const mirror = moves.some(({ traffic }) => (traffic.mirrors ?? []).length > 0) ? [MIRROR] : [];
  return [...new Set([...lane, ...routes, ...mirror])];
}

/** By itself the controller gives the candidate pods by its weight, and so none while just a header or a copy reaches it. */
function scale(service: ControlledService, { traffic, percent }: Move, before: Move | undefined): Step[] {
  const { pair, by } = service.rollout._staged().model;
  const candidate = pair?.candidate ?? '';
  if (by === 'pods') return [];
  const own = traffic.replicas[candidate];
  if (own !== undefined) return own === before?.traffic.replicas[candidate] ? [] : [{ setCanaryScale: { replicas: own } }];
  const opens = !before;
  const { capacity } = service;
  if (capacity.kind === 'proportional') return proportional(capacity, candidate, traffic, percent, before);
  return opens ? [{ setCanaryScale: fixedScale(capacity, candidate) }] : [];
}

function fixedScale(capacity: CapacityModel, candidate: string): Step['setCanaryScale'] {
  const replicas = capacity.kind === 'fixed' ? capacity.replicas[candidate] : undefined;
  return replicas === undefined ? { weight: 100 } : { replicas };
}

/** From the first weight on the controller goes by weights; up to it, copies ask for their share and headers for the warm pods. */
function proportional(capacity: Extract<CapacityModel, { kind: 'proportional' }>, candidate: string, traffic: Traffic, percent: number, before: Move | undefined): Step[] {
  const used = [...usedVersions(traffic), ...traffic.deployed].includes(candidate);
  if (percent > 0) return before && before.percent === 0 ? [{ setCanaryScale: { matchTrafficWeight: true } }] : [];
  if (!used) return [];
  const copied = Math.max(0, ...(traffic.mirrors ?? []).map((mirror) => mirror._toModel().percent));
  return copied > 0 ? [{ setCanaryScale: { weight: Math.ceil(copied) } }] : [{ setCanaryScale: { replicas: capacity.warm } }];
}

function laneSteps({ rollout }: ControlledService, traffic: Traffic, before: Traffic): Step[] {
  const lane = rollout._staged().model.lane;
  if (!lane || (traffic.lane === undefined) === (before.lane === undefined)) return [];
  return [{ setHeaderRoute: traffic.lane === undefined ? { name: LANE } : { name: LANE, match: laneMatches(lane) } }];
}

function routeSteps(traffic: Traffic, before: Traffic): Step[] {
  const gone = before.routes.filter(({ name }) => !traffic.routes.some((route) => route.name === name));
  const begun = traffic.routes.filter((route) => !before.routes.includes(route));
  return [...gone.map(({ name }) => ({ setHeaderRoute: { name } })), ...begun.map(headerRoute)];
}

function headerRoute({ name, matches = [] }: RouteProps): Step {
  return { setHeaderRoute: { name, match: matches.flatMap(headerMatches) } };
}

/** A mirror route needs a condition: without one it is the end of the mirror. */
function mirrorSteps({ mirrors = [] }: Traffic, { mirrors: before = [] }: Traffic): Step[] {
  const [percent, was] = [mirrors, before].map(([mirror]) => mirror?._toModel().percent);
  if (percent === was) return [];
  return [{ setMirrorRoute: percent === undefined ? { name: MIRROR } : { name: MIRROR, percentage: percent, match: [{ path: { prefix: '/' } }] } }];
}

function gateStep(gate: GateModel, model: RoutingModel): Step {
  switch (gate.kind) {
    case 'approval': return { pause: {} };
    case 'duration': return { pause: { duration: PauseDuration.fromString(`${gate.milliseconds / 1000}s`) } };
    case 'metric': return { analysis: { templates: [{ templateName: templateName(model, gate.metric) }] } };
  }
}
