import { MAX_PODS, podCounts, smallestTotal, weighted } from './pod-counts';
import { ReplicaSplitModel } from './replica-split';
import { takesEverything } from '../../model/protocols';
import { RoutingModel, Rule, Version } from '../../model/routing-model';
import { checkWeights } from '../../model/validate/weights';

/** The default of `replicas`. */
const DEFAULT_REPLICAS = 1;

/** Label that cdk8s-plus puts on the pods of its Deployments; those made here do not carry it. */
const EXISTING = 'cdk8s.io/metadata.addr';

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
  return new Map([...derived ?? []].filter(([name]) => !model.versions.some((version) => version.name === name && saysReplicas(version))));
}

function totalOf(weights: ReadonlyMap<string, number>, split: ReplicaSplitModel): number | undefined {
  switch (split.kind) {
    case 'as-declared': return undefined;
    case 'total': return Number.isInteger(split.total) && split.total >= weighted(weights).length && split.total <= MAX_PODS ? split.total : undefined;
    case 'max-error': return split.percent >= 0 && split.percent <= 100 ? smallestTotal(weights, split.percent) : undefined;
  }
}

/** A model does not tell a declared 1 from the default. An existing Deployment keeps its number, whatever that is. */
function saysReplicas({ replicas: count, podLabels }: Version): boolean {
  return count !== DEFAULT_REPLICAS || podLabels[EXISTING] !== undefined;
}
