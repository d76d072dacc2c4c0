import { TrafficSplitVersion } from './options';
import { TrafficSplit } from '../../../imports/split.smi-spec.io';
import { Forward, RoutingModel } from '../../model/routing-model';

/** The rule that a TrafficSplit can say: the one without conditions. */
export function splitRule(model: RoutingModel): Forward | undefined {
  const rule = model.rules.find(({ matches }) => matches.length === 0);
  return rule?.action.kind === 'forward' && rule.action.split.kind === 'weights' ? rule.action : undefined;
}

/**
 * The shares of the leaves of a root. Root and leaves go by their bare names, which the implementations complete themselves.
 * Leaves without traffic are left out: Open Service Mesh breaks TCP listeners on a weight of 0.
 * @see https://github.com/servicemeshinterface/smi-spec/blob/main/apis/traffic-split/v1alpha4/traffic-split.md
 */
export function trafficSplit(model: RoutingModel, version: TrafficSplitVersion): { readonly spec?: unknown } {
  const split = splitRule(model)?.split;
  const weightOf = (name: string) => (split?.kind === 'weights' ? split.weights.get(name) ?? 0 : 0);
  const backends = model.versions
    .filter(({ name }) => weightOf(name) > 0)
    .map(({ name, leaf }) => ({ service: leaf, weight: weightOf(name) }));
  if (version !== TrafficSplitVersion.V1ALPHA1) return TrafficSplit.manifest({ spec: { service: model.root.name, backends } });
  // Quantities in one unit: conversions between API versions read the number and forget the unit.
  return { spec: { service: model.root.name, backends: backends.map(({ service, weight }) => ({ service, weight: `${weight}m` })) } };
}
