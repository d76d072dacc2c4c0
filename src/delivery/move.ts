import { RouteProps } from '../declaration/route';
import { GateModel } from '../rollout/gate';
import { planSteps } from '../rollout/plan-steps';
import { Rollout } from '../rollout/rollout';
import { DeclaredStep } from '../rollout/rollout-model';
import { NO_TRAFFIC, shareOf, Traffic } from '../rollout/traffic';

/** A step of a rollout with two versions, as controllers see it: what is true of the traffic, and what has to hold before the next one. */
export interface Move {
  readonly name: string;
  /** Where it was declared, for findings. */
  readonly place: string;
  /** Where its gates were declared. */
  readonly gatesPlace: string;
  /** Share of the candidate in percent, not rounded. */
  readonly percent: number;
  /** Versions have the rollout's names. */
  readonly traffic: Traffic;
  /** What was true before; at first nothing but the stable version. */
  readonly before: Traffic;
  readonly gates: readonly GateModel[];
}

/** The steps of a rollout. The first is what is there before it. */
export function movesOf(rollout: Rollout): Move[] {
  const { model } = rollout._staged();
  const planned = planSteps(model);
  return planned.map(({ name, declared, traffic }, index) => {
    const share = model.pair && shareOf(traffic, model.pair.candidate);
    return {
      name,
      place: declared.place,
      gatesPlace: gatesPlaceOf(declared),
      percent: share ? 100 * share.weight / share.total : 0,
      traffic,
      before: planned[index - 1]?.traffic ?? NO_TRAFFIC,
      gates: (declared.gates ?? []).map((gate) => gate._toModel()),
    };
  });
}

/** The gates of the last step may all be those before a version is taken away, which stand in a list of their own. */
function gatesPlaceOf({ place, gatePlaces = [] }: DeclaredStep): string {
  const [list, ...others] = new Set(gatePlaces.map((gate) => gate.replace(/\[\d+\]$/, '')));
  return list === undefined || others.length > 0 ? `${place}.gates` : list;
}

/** For messages: the step by its name. */
export function stepText({ name }: Move): string {
  return `step "${name}"`;
}

/** Routes that begin with a step, or that it puts in the place of others. */
export function begunRoutes({ traffic, before }: Move): RouteProps[] {
  return traffic.routes.filter((route) => !before.routes.includes(route));
}

/** Versions that a step gives another number of pods. */
export function rescaled({ traffic, before }: Move): string[] {
  return Object.keys(traffic.replicas).filter((version) => traffic.replicas[version] !== before.replicas[version]);
}

/** Share of copies that a step begins with, in percent. */
export function begunMirror({ traffic, before }: Move): number | undefined {
  const [percent, was] = [traffic, before].map(({ mirrors }) => mirrors?.[0]?._toModel().percent);
  return percent === was ? undefined : percent;
}

/** Whether everything goes over at once, with nothing else on the way. */
export function isSwitch(moves: readonly Move[]): boolean {
  return moves.every(({ percent, traffic }) => (percent === 0 || percent === 100)
    && traffic.lane === undefined && traffic.routes.length === 0 && !traffic.mirrors?.length && Object.keys(traffic.replicas).length === 0);
}
