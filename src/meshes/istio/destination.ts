import { VirtualServiceSpecHttpRoute as WeightedDestination } from '../../../imports/networking.istio.io';
import { Port, RoutingModel, Split, Version } from '../../model/routing-model';
import { selects } from '../../model/selector';

/**
 * Versions with a weight, in the order of their declaration. A single one needs no weight: Istio gives it everything.
 * Weights of 0 are left out, as Istio itself does, unless a controller is to change them.
 */
export function weightedDestinations(model: RoutingModel, split: Split, port: Port): WeightedDestination[] {
  if (split.kind === 'endpoints') return [{ destination: { host: model.root.host, port: { number: port.number } } }];
  const receivers = model.versions.filter(({ name }) => split.managed || (split.weights.get(name) ?? 0) > 0);
  return receivers.map((version) => ({
    destination: destinationOf(model, version, port),
    weight: receivers.length > 1 ? split.weights.get(version.name) : undefined,
  }));
}

/** A subset of the root; the leaf of a version that an existing root leaves out, or of any where leaves are asked for. */
export function destinationOf(model: RoutingModel, version: Version, port: Port): WeightedDestination['destination'] {
  const number = { number: port.number };
  return isSubset(model, version) ? { host: model.root.host, subset: version.name, port: number } : { host: version.host, port: number };
}

/** Istio takes the pods of a subset from the Service. A root of our own selects all versions. */
export function isSubset({ root, byLeaves }: RoutingModel, { podLabels }: Version): boolean {
  if (byLeaves) return false;
  return !root.existing || selects({ labels: root.selector, expressions: [] }, podLabels);
}
