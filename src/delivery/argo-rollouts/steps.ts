import { RolloutSpecStrategyCanarySteps as Step, RolloutSpecStrategyCanaryStepsPauseDuration as PauseDuration, RolloutSpecStrategyCanaryStepsSetHeaderRoute as HeaderRoute } from '../../../imports/argoproj.io';
import { RouteProps } from '../../declaration/route';
import { RoutingModel } from '../../model/routing-model';
import { CapacityModel } from '../../rollout/capacity';
import { GateModel } from '../../rollout/gate';
import { Traffic, usedVersions } from '../../rollout/traffic';
import { Controlled } from '../controlled';
import { headerMatches, laneMatches } from './http-match';
import { weightForPods } from './pod-weights';
import { templateName } from '../metrics';
import { begunMirror, begunRoutes, Move } from '../move';

/** Names of the routes that stand above all others while a rollout needs them. */
export const LANE = 'rollout-lane';
export const MIRROR = 'rollout-mirror';

/** The steps of a rollout, one after the other: pods, then routes, then weights, then what has to hold. */
export function steps(service: Controlled, model: RoutingModel): Step[] {
  return service.moves.flatMap((move, index) => {
    const before = service.moves[index - 1];
    return [
      ...scale(service, move, before),
      ...laneSteps(service, move),
      ...routeSteps(move),
      ...mirrorSteps(move),
      ...(move.percent === (before?.percent ?? 0) ? [] : [{ setWeight: weightOf(service, move) }]),
      ...move.gates.map((gate) => gateStep(gate, model)),
    ];
  });
}

/** Share in percent; where pods make the shares, the one that leads to their numbers. */
function weightOf({ rollout, pods }: Controlled, { percent, traffic }: Move): number {
  const { pair, by } = rollout;
  if (by === 'weights' || pods === undefined || !pair) return percent;
  return weightForPods(pods, traffic.replicas[pair.candidate] ?? 0) ?? Math.round(percent);
}

/** The first step that has routes above all others. */
export function moveAbove({ moves }: Controlled): Move | undefined {
  return moves.find(({ traffic }) => traffic.lane !== undefined || traffic.routes.length > 0 || (traffic.mirrors ?? []).length > 0);
}

/** Routes that the controller adds and takes away, in the order in which they are tried. */
export function managedRoutes({ moves }: Controlled): string[] {
  const lane = moves.some(({ traffic }) => traffic.lane !== undefined) ? [LANE] : [];
  const routes = moves.flatMap(({ traffic }) => traffic.routes.map(({ name }) => name ?? ''));
  const mirror = moves.some(({ traffic }) => (traffic.mirrors ?? []).length > 0) ? [MIRROR] : [];
  return [...new Set([...lane, ...routes, ...mirror])];
}

/** What the controller is told of the routes for headers. */
export function headerRoutes({ moves, rollout }: Controlled): HeaderRoute[] {
  const lane = rollout.lane;
  const ofLane = lane && moves.some(({ traffic }) => traffic.lane !== undefined) ? [{ name: LANE, match: laneMatches(lane) }] : [];
  return [...ofLane, ...moves.flatMap((move) => begunRoutes(move).map(headerRoute))];
}

/** By itself the controller gives the candidate pods by its weight, and so none while just a header or a copy reaches it. */
function scale(service: Controlled, { traffic, percent }: Move, before: Move | undefined): Step[] {
  const { pair, by } = service.rollout;
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

function laneSteps({ rollout }: Controlled, { traffic, before }: Move): Step[] {
  const lane = rollout.lane;
  if (!lane || (traffic.lane === undefined) === (before.lane === undefined)) return [];
  return [{ setHeaderRoute: traffic.lane === undefined ? { name: LANE } : { name: LANE, match: laneMatches(lane) } }];
}

function routeSteps(move: Move): Step[] {
  const gone = move.before.routes.filter(({ name }) => !move.traffic.routes.some((route) => route.name === name));
  return [...gone.map(({ name }) => ({ setHeaderRoute: { name } })), ...begunRoutes(move).map((route) => ({ setHeaderRoute: headerRoute(route) }))];
}

function headerRoute({ name, matches = [] }: RouteProps): HeaderRoute {
  return { name, match: matches.flatMap(headerMatches) };
}

/** A mirror route needs a condition: without one it is the end of the mirror. */
function mirrorSteps(move: Move): Step[] {
  const percentage = begunMirror(move);
  if (percentage !== undefined) return [{ setMirrorRoute: { name: MIRROR, percentage, match: [{ path: { prefix: '/' } }] } }];
  const ends = !move.traffic.mirrors?.length && move.before.mirrors?.length;
  return ends ? [{ setMirrorRoute: { name: MIRROR } }] : [];
}

/** The controller counts whole seconds. */
function gateStep(gate: GateModel, model: RoutingModel): Step {
  switch (gate.kind) {
    case 'approval': return { pause: {} };
    case 'duration': return { pause: { duration: PauseDuration.fromString(`${Math.ceil(gate.milliseconds / 1000)}s`) } };
    case 'metric': return { analysis: { templates: [{ templateName: templateName(model, gate.metric) }] } };
  }
}
