import { Controlled } from './controlled';
import { begunRoutes, Move, stepText } from './move';
import { RouteMatch } from '../declaration/route';
import { Report } from '../model/report';

/** Conditions that a controller has words for. */
export interface Conditions {
  /** What it looks at, in words. */
  readonly words: string;
  readonly remedy: string;
  /** What of a match it has no words for. */
  unfit(match: RouteMatch): string[];
}

/** A controller sends some requests to the candidate by their conditions, and knows nothing else that a route could do. */
export function checkAddedRoutes(report: Report, move: Move, { controller, rollout }: Controlled, conditions: Conditions): void {
  const place = `${move.place}.addRoutes`;
  for (const { name, matches = [], weights, ...others } of begunRoutes(move)) {
    const route = `the route "${name}" of ${stepText(move)}`;
    if (Object.values(others).some((value) => value !== undefined)) {
      report.add('controller-unfit', place, `${route} does more than choose the candidate, which ${controller.name} cannot`, 'drop the other settings');
    }
    const receivers = Object.entries(weights ?? {}).filter(([, weight]) => weight > 0).map(([version]) => version);
    if (receivers.length !== 1 || receivers[0] !== rollout.pair?.candidate) {
      report.add('controller-unfit', place, `${controller.name} sends all requests that fit to the candidate, and ${route} does not`, 'give the candidate everything');
    }
    for (const unfit of matches.flatMap((match) => conditions.unfit(match))) {
      report.add('controller-unfit', place, `${controller.name} looks at ${conditions.words}, and ${route} at ${unfit}`, conditions.remedy);
    }
  }
}
