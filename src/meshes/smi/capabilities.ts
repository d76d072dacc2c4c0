import { Capability } from '../../model/capabilities';

/**
 * A TrafficSplit shares out what a root Service gets, by connection or request, and knows no conditions that the implementations take.
 * A TrafficTarget names service accounts and the requests that they may send.
 */
export const SMI_CAPABILITIES: ReadonlySet<Capability> = new Set([
  'HTTPRoute', 'GRPCRoute', 'TCPRoute', 'WeightedSplit', 'EndpointSplit', 'ServiceAccountAccess', 'RequestAccess',
]);

/** What TrafficSplits with conditions add. */
export const MATCHES_CAPABILITIES: readonly Capability[] = [
  'HTTPRoutePathMatching', 'HTTPRoutePathRegexMatching', 'HTTPRouteMethodMatching', 'HTTPRouteHeaderMatching', 'HTTPRouteHeaderRegexMatching',
];
