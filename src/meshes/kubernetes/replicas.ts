import { MAX_PODS, podCounts, smallestTotal, weighted } from './pod-counts';
import { ReplicaSplitModel } from './replica-split';
import { takesEverything } from '../../model/protocols';
import { RoutingModel, Rule } from '../../model/routing-model';
import { checkWeights } from '../../model/validate/weights';

/** The weights that pods have to make, and the rule that they come from. */
export interface Weighted {
  readonly rule: Rule;
  /** Of every version, in the order of their declaration. */
  readonly weights: ReadonlyMap<string, number>;
}

/** What is left of the rules where requests cannot be told apart. Nothing if there are no weights, or if they are wrong, which is said elsewhere. */
export function weightedRule(model: RoutingModel): Weighted | undefined {
  const rule = model.rules.find((candidate) => candidate.port === undefined && takesEverything(candidate));
  if (rule?.action.kind !== 'forward' || rule.action.split.kind !== 'weights') return undefined;
  if (checkWeights(model).some(({ code }) => code !== 'version-without-replicas')) return undefined;
  const declared = rule.action.split.weights;
  if (declared.size === 0) return undefined;
  return { rule, weights: new Map(model.versions.map(({ name }) => [name, declared.get(name) ?? 0])) };
}

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
