import { takesEverything } from './protocols';
import { RoutingModel, Rule } from './routing-model';
import { checkWeights } from './validate/weights';

/** Weights for every request, and the rule that they come from. */
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
