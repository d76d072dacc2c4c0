import { ServiceRef } from './policies';
import { Port, RoutingModel } from '../../model/routing-model';

export function serviceRef({ namespace }: RoutingModel, name: string): ServiceRef {
  return { kind: 'MeshService', name, namespace };
}

/** One port of the root. Without it, a route for requests would take the connections of other ports for requests too. */
export function portRef(model: RoutingModel, { name }: Port): ServiceRef {
  return { ...serviceRef(model, model.root.name), sectionName: name };
}
