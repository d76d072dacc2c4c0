import { Capability } from '../../model/capabilities';

/**
 * What Kuma's policies say exactly. Not mirrors: Kuma 2.14 looks for their receivers among the `kuma.io/service` tags of old.
 * Not faults: a MeshFaultInjection acts on the server's side, when the version is chosen already. Not limits of
 * connections: those that are not declared would not be none, but Kuma's own.
 * @see https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/meshhttproute/plugin/v1alpha1/listeners.go (generateFromService)
 */
export const KUMA_CAPABILITIES: ReadonlySet<Capability> = new Set<Capability>([
  'HTTPRoute', 'GRPCRoute', 'TCPRoute', 'WeightedSplit', 'EndpointSplit', 'HTTPRouteParentRefPort',
  'HTTPRoutePathMatching', 'HTTPRoutePathRegexMatching', 'HTTPRouteMethodMatching', 'HTTPRouteQueryParamMatching',
  'HTTPRouteHeaderMatching', 'HTTPRouteHeaderRegexMatching', 'HTTPRouteHeaderAbsenceMatching',
  'HTTPRouteRequestHeaderModification', 'HTTPRouteResponseHeaderModification',
  'HTTPRouteHostRewrite', 'HTTPRoutePathRewrite', 'HTTPRouteRedirect',
  'RoundRobin', 'LeastRequest', 'Random', 'OutlierDetection',
]);
