import { VirtualServiceSpecHttpRoute as WeightedDestination } from '../../../imports/networking.istio.io';
import { Port, RoutingModel, Split } from '../../model/routing-model';

/**
 * Versions with a weight, in the order of their declaration. A single one needs no weight: Istio gives it everything.
 * Weights of 0 are left out, as Istio itself does, unless a controller is to change them.
 */
export function weightedDestinations(model: RoutingModel, split: Split, port: Port): WeightedDestination[] {
  const destination = { host: model.root.host, port: { number: port.number } };
  if (split.kind === 'endpoints') return [{ destination }];
  const receivers = model.versions.filter(({ name }) => split.managed || (split.weights.get(name) ?? 0) > 0);
  return receivers.map(({ name }) => ({
    destination: { host: destination.host, subset: name, port: destination.port },
    weight: receivers.length > 1 ? split.weights.get(name) : undefined,
  }));
}
