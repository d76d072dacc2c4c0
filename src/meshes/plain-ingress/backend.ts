import { takesEverything } from '../../model/protocols';
import { RoutingModel, Rule, Split, Version } from '../../model/routing-model';
import { MAX_WEIGHT, shares } from '../../model/weights';

/** The one Service whose pods get just the declared shares, if there is one. */
export function backend(model: RoutingModel, split: Split): string | undefined {
  if (split.kind === 'endpoints' || isMadeByPods(model, split)) return model.root.name;
  const [first, ...others] = receivers(model, split);
  return others.length === 0 ? first?.leaf : undefined;
}

/** Versions that get a share, in the order of their declaration. */
export function receivers(model: RoutingModel, split: Split): Version[] {
  return split.kind === 'endpoints' || !isSound(split.weights) ? [] : model.versions.filter(({ name }) => (split.weights.get(name) ?? 0) > 0);
}

/** Without a mesh, numbers of pods make the weights of the service itself, and of no other rule. */
function isMadeByPods(model: RoutingModel, split: Split): boolean {
  const own = model.withoutMesh ? model.rules.find((rule) => rule.port === undefined && takesEverything(rule)) : undefined;
  const wanted = sharesText(split);
  return own !== undefined && wanted !== undefined && sharesText(splitOf(own)) === wanted;
}

function splitOf({ action }: Rule): Split | undefined {
  return action.kind === 'forward' ? action.split : undefined;
}

function sharesText(split: Split | undefined): string | undefined {
  return split?.kind === 'weights' && isSound(split.weights) ? JSON.stringify([...shares(split.weights)].sort()) : undefined;
}

/** What is wrong with weights is said elsewhere. */
function isSound(weights: ReadonlyMap<string, number>): boolean {
  return [...weights.values()].every((weight) => Number.isInteger(weight) && weight >= 0 && weight <= MAX_WEIGHT);
}
