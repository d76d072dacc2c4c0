import { TrafficPlaces } from './traffic-places';
import { Fault } from '../declaration/fault';
import { Gateway } from '../declaration/gateway';
import { Mirror } from '../declaration/mirror';
import { RouteProps } from '../declaration/route';

/** What is true of the traffic from one step to the next, with everything that it has from the steps before. Versions have the rollout's names. */
export interface Traffic {
  /** `undefined`: by the number of pods. */
  readonly weights?: Readonly<Record<string, number>>;
  readonly routes: readonly RouteProps[];
  /** `undefined`: those of the service. */
  readonly mirrors?: readonly Mirror[];
  /** `undefined`: that of the service. */
  readonly fault?: Fault;
  /** Version that requests with the mark of the lane are kept on. */
  readonly lane?: string;
  /** Numbers of pods that steps gave. */
  readonly replicas: Readonly<Record<string, number>>;
  /** Versions that run whether they get traffic or not. */
  readonly deployed: readonly string[];
  /** Where all this was declared. It makes no difference to the traffic. */
  readonly places?: TrafficPlaces;
}

/** What there is before the first step. */
export const NO_TRAFFIC: Traffic = { routes: [], replicas: {}, deployed: [] };

/** Versions that requests or copies of them may reach. */
export function usedVersions(traffic: Traffic): string[] {
  return unique([...receivers(traffic.weights), ...chosenVersions(traffic), ...copied(traffic.mirrors)]);
}

/** Versions that routes and the lane send requests to, or copies of them: some, and nobody knows how many. */
export function chosenVersions({ routes, lane }: Pick<Traffic, 'routes' | 'lane'>): string[] {
  return unique([...routes.flatMap(({ weights, mirrors }) => [...receivers(weights), ...copied(mirrors)]), ...(lane === undefined ? [] : [lane])]);
}

function receivers(weights: Traffic['weights'] = {}): string[] {
  return Object.keys(weights).filter((version) => weights[version] > 0);
}

function copied(mirrors: Traffic['mirrors'] = []): string[] {
  return mirrors.map((mirror) => mirror._toModel().version);
}

/** Exact share of a version, as numerator and denominator. Nothing where weights do not decide. */
export function shareOf({ weights }: Traffic, version: string): { readonly weight: number; readonly total: number } | undefined {
  const total = Object.values(weights ?? {}).reduce((sum, weight) => sum + weight, 0);
  return weights && total > 0 ? { weight: weights[version] ?? 0, total } : undefined;
}

/** Whether two steps are the same for every request and every pod. */
export function isSameTraffic(one: Traffic, other: Traffic): boolean {
  return textOf(meaning(one)) === textOf(meaning(other));
}

export function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}

/** Gateways of conditions are constructs, which hold the whole app. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (part instanceof Gateway ? part.node.path : part));
}

/** Weights are proportions: 1 to 1 and 50 to 50 say the same. */
function meaning({ weights, routes, mirrors, fault, lane, replicas, deployed }: Traffic): unknown {
  return [weights && proportions(weights), routes, mirrors, fault, lane, sorted(replicas), [...deployed].sort()];
}

function proportions(weights: Readonly<Record<string, number>>): unknown {
  const used = sorted(weights).filter(([, weight]) => weight !== 0);
  const total = used.reduce((sum, [, weight]) => sum + weight, 0);
  return used.map(([version, weight]) => [version, weight / total]);
}

function sorted<T>(map: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}
