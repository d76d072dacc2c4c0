import { MAX_PODS, podCounts, smallestTotal, weighted } from './pod-counts';
import { ReplicaSplitModel } from './replica-split';
import { RoutingModel } from '../../model/routing-model';
import { weightedRule } from '../../model/weighted-rule';

/** Numbers of pods that follow from the weights; nothing if they are declared, or if there are none. */
export function derivedCounts(weights: ReadonlyMap<string, number>, split: ReplicaSplitModel): Map<string, number> | undefined {
  const total = totalOf(weights, split);
  return total === undefined ? undefined : podCounts(weights, total);
}

/** The derived numbers, except of versions that say another one themselves: it stays in the model, and is a finding. */
export function replicas(model: RoutingModel, split: ReplicaSplitModel): Map<string, number> {
  const found = weightedRule(model);
  const derived = found && derivedCounts(found.weights, split);
  const declared = model.versions.filter(({ declaredReplicas }) => declaredReplicas !== undefined).map(({ name }) => name);
  return new Map([...derived ?? []].filter(([name]) => !declared.includes(name)));
}

/** Whether the option can be followed at all. */
export function isSound(split: ReplicaSplitModel, weights: ReadonlyMap<string, number>): boolean {
  switch (split.kind) {
    case 'as-declared': return true;
    case 'total': return Number.isInteger(split.total) && split.total >= weighted(weights).length && split.total <= MAX_PODS;
    case 'max-error': return split.percent >= 0 && split.percent <= 100;
  }
}

function totalOf(weights: ReadonlyMap<string, number>, split: ReplicaSplitModel): number | undefined {
  if (!isSound(split, weights)) return undefined;
  switch (split.kind) {
    case 'as-declared': return undefined;
    case 'total': return split.total;
    case 'max-error': return smallestTotal(weights, split.percent);
  }
}
