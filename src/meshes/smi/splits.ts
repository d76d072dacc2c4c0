import { isEverything } from '../../model/match';
import { takesEverything } from '../../model/protocols';
import { Match, RoutingModel, Rule } from '../../model/routing-model';

/** A TrafficSplit to be: the requests that it is for, and their shares. */
export interface PlannedSplit {
  /** What tells it from the others of its service, for the names of objects; empty for the one of all requests. */
  readonly suffix: string;
  /** Alternatives; empty: every request. */
  readonly matches: readonly Match[];
  readonly weights: ReadonlyMap<string, number>;
}

/**
 * The TrafficSplits of a model. A request that no split with conditions takes goes to the root Service as if there were none, and nothing says which
 * of two splits decides where both take a request: beside splits with conditions there is none for the rest.
 * @see https://github.com/servicemeshinterface/smi-spec/blob/main/apis/traffic-split/v1alpha4/traffic-split.md
 * @see https://github.com/servicemeshinterface/smi-spec/issues/227
 */
export function plannedSplits(model: RoutingModel): PlannedSplit[] {
  const conditional = conditionalRules(model);
  if (conditional.length === 0) {
    const weights = weightsOf(restRule(model));
    return weights ? [{ suffix: '', matches: [], weights }] : [];
  }
  const splits = new Map<string, PlannedSplit>();
  conditional.forEach((rule) => {
    const weights = weightsOf(rule);
    if (!weights) return;
    const key = sharesKey(rule);
    const known = splits.get(key);
    splits.set(key, known ? { ...known, matches: [...known.matches, ...rule.matches] } : { suffix: `-${splits.size + 1}`, matches: rule.matches, weights });
  });
  return [...splits.values()];
}

/** Rules for some of the requests, up to the one that takes all the others. */
export function conditionalRules(model: RoutingModel): Rule[] {
  const rest = model.rules.findIndex(takesEverything);
  return model.rules.slice(0, rest < 0 ? undefined : rest).filter(({ matches }) => !matches.some(isEverything));
}

/** The rule for all the other requests. */
export function restRule(model: RoutingModel): Rule | undefined {
  return model.rules.find(takesEverything);
}

/** Weights above 0, if weights make the shares. */
export function weightsOf(rule: Rule | undefined): ReadonlyMap<string, number> | undefined {
  if (rule?.action.kind !== 'forward' || rule.action.split.kind !== 'weights') return undefined;
  return new Map([...rule.action.split.weights].filter(([, weight]) => weight > 0));
}

/** The same text for rules with the same shares. */
export function sharesKey(rule: Rule): string {
  return JSON.stringify([...weightsOf(rule) ?? ['pods']].sort());
}
