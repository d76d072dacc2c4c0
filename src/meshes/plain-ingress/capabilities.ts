import { Capability } from '../../model/capabilities';

/**
 * An Ingress tells hosts and paths apart, and knows one Service for each. It spreads over the pods of that Service: weights are kept where one
 * version has them all, or where numbers of pods make them. What a rule limited to a gateway means is for the gateway to carry out.
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types
 */
export const INGRESS_CAPABILITIES: ReadonlySet<Capability> = new Set<Capability>([
  'HTTPRoute', 'GRPCRoute', 'WeightedSplit', 'EndpointSplit', 'GatewayMatching', 'HTTPRoutePathMatching', 'HTTPRouteParentRefPort',
]);
