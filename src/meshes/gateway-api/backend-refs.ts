import { Implementation } from './implementation';
import { Port, RoutingModel, Split } from '../../model/routing-model';

/** A Service and its share of the traffic. */
export interface Share {
  readonly name: string;
  readonly port: number;
  readonly weight: number;
}

/** Group and kind may be left to their defaults, which mean a Service. */
export interface BackendRef extends Share {
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
}

/**
 * Leaves with a weight, in the order of their versions. Those of weight 0 are left out: one alone would get nothing here and everything there.
 * Without weights the root stands for all its pods; routes that hang on it are not asked again.
 * @see https://gateway-api.sigs.k8s.io/geps/gep-1294/
 */
export function shares(model: RoutingModel, split: Split, port: Port): Share[] {
  if (split.kind === 'endpoints') return [{ name: model.root.name, port: port.number, weight: 1 }];
  return model.versions
    .map(({ name, leaf }) => ({ name: leaf, port: port.number, weight: split.weights.get(name) ?? 0 }))
    .filter(({ weight }) => split.managed || weight > 0);
}

export function backendRefs(model: RoutingModel, split: Split, port: Port, { fullReferences }: Implementation): BackendRef[] {
  const service = fullReferences ? { group: '', kind: 'Service', namespace: model.namespace } : {};
  return shares(model, split, port).map((share) => ({ ...service, ...share }));
}
