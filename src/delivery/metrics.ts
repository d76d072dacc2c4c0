import { Move } from './move';
import { RoutingModel } from '../model/routing-model';
import { MetricGateOptions } from '../rollout/gate';

/** Name of the template for a metric: those of two services may stand in one namespace. */
export function templateName({ root }: RoutingModel, { name }: MetricGateOptions): string {
  return `${root.name}-${name}`;
}

/** What the gates of a rollout measure, each once by its name. */
export function metrics(moves: readonly Move[]): MetricGateOptions[] {
  const all = moves.flatMap(({ gates }) => gates.flatMap((gate) => (gate.kind === 'metric' ? [gate.metric] : [])));
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}

/** Whether two gates measure the same, and take the same for good. */
export function isSameMetric(one: MetricGateOptions, other: MetricGateOptions): boolean {
  return JSON.stringify(meaning(one)) === JSON.stringify(meaning(other));
}

function meaning({ name, query, min, max, interval }: MetricGateOptions): unknown {
  return [name, query, min, max, interval?.toMilliseconds({ integral: false })];
}
