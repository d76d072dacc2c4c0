import { TrafficSplitVersion } from './options';
import { PlannedSplit } from './splits';
import { TrafficSplit } from '../../../imports/split.smi-spec.io';
import { RoutingModel } from '../../model/routing-model';

/**
 * The shares of the leaves of a root. Root and leaves go by their bare names, which the implementations complete themselves.
 * Leaves without traffic are left out: Open Service Mesh breaks TCP listeners on a weight of 0.
 * @see https://github.com/servicemeshinterface/smi-spec/blob/main/apis/traffic-split/v1alpha4/traffic-split.md
 */
export function trafficSplit(
  model: RoutingModel, { weights, matches }: PlannedSplit, version: TrafficSplitVersion, routeGroup: string,
): { readonly spec?: unknown } {
  const service = model.root.name;
  const backends = model.versions.flatMap(({ name, leaf }) => (weights.has(name) ? [{ service: leaf, weight: weights.get(name) ?? 0 }] : []));
  // Quantities in one unit: conversions between API versions read the number and forget the unit.
  if (version === TrafficSplitVersion.V1ALPHA1) return { spec: { service, backends: backends.map((backend) => ({ ...backend, weight: `${backend.weight}m` })) } };
  const { spec } = TrafficSplit.manifest({ spec: { service, backends } });
  // The imported schema is that of v1alpha2, which has no conditions.
  return { spec: matches.length > 0 ? { ...spec, matches: [{ kind: 'HTTPRouteGroup', name: routeGroup }] } : spec };
}
