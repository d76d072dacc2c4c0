import { Implementation } from './implementation';
import { RouteKind } from './kinds';
import { Capability } from '../../model/capabilities';

/** What the specification asks of every implementation, or what needs no more than an object of its own. */
const CORE: readonly Capability[] = [
  'WeightedSplit', 'EndpointSplit', 'GatewayMatching', 'HTTPRouteParentRefPort',
  'HTTPRoutePathMatching', 'HTTPRouteHeaderMatching', 'HTTPRouteMethodMatching', 'HTTPRouteQueryParamMatching',
  'HTTPRouteRequestHeaderModification', 'HTTPRouteResponseHeaderModification', 'HTTPRouteRedirect',
];

/** What an implementation can do with routes of these kinds. */
export function capabilities({ regex, pathRegex, features }: Implementation, kinds: readonly RouteKind[]): ReadonlySet<Capability> {
  return new Set<Capability>([
    ...CORE, ...kinds, ...features,
    ...(regex ? ['HTTPRouteHeaderRegexMatching' as const] : []),
    ...(regex && pathRegex ? ['HTTPRoutePathRegexMatching' as const] : []),
  ]);
}
