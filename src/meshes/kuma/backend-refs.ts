import { BackendRef, ServiceRef } from './policies';
import { Port, RoutingModel, Split } from '../../model/routing-model';
import { shares } from '../gateway-api/backend-refs';

export function serviceRef({ namespace }: RoutingModel, name: string): ServiceRef {
  return { kind: 'MeshService', name, namespace };
}

/** One port of the root. Without it, a route for requests would take the connections of other ports for requests too. */
export function portRef(model: RoutingModel, { name }: Port): ServiceRef {
  return { ...serviceRef(model, model.root.name), sectionName: name };
}

export function backendRefs(model: RoutingModel, split: Split, port: Port): BackendRef[] {
  return shares(model, split, port).map(({ name, ...share }) => ({ ...serviceRef(model, name), ...share }));
}
