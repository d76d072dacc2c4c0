import { backendRefs } from './backend-refs';
import { filters } from './filters';
import { some, valueMatch } from './http-match';
import { Implementation } from './implementation';
import { RoutePlan } from './route-plan';
import {
  GrpcRoute, GrpcRouteSpecRulesFilters as GrpcFilter, GrpcRouteSpecRulesMatches as GrpcMatch, GrpcRouteSpecRulesMatchesHeaders as GrpcHeader,
  GrpcRouteSpecRulesMatchesMethodType as MethodType,
} from '../../../imports/gateway.networking.k8s.io';
import { isEverything } from '../../model/match';
import { Match, PathMatch, RoutingModel } from '../../model/routing-model';

export function grpcRoute(model: RoutingModel, plan: RoutePlan, implementation: Implementation): { readonly spec?: unknown } {
  const { parentRefs, hostnames, port, rules } = plan;
  return GrpcRoute.manifest({
    spec: {
      parentRefs,
      hostnames: some(hostnames),
      rules: rules.map((rule) => ({
        name: rule.name,
        matches: some(rule.matches.filter((match) => !isEverything(match)).map((match) => grpcMatch(match, implementation))),
        // The import has one set of equal types for each kind of route.
        filters: some(filters(model, rule, port, implementation) as unknown as GrpcFilter[]),
        backendRefs: rule.action.kind === 'forward' ? backendRefs(model, rule.action.split, port, implementation) : undefined,
      })),
    },
  });
}

/** What a gRPC path says. Service and method have to be names that Protocol Buffers allow. */
export function grpcMethod(path: PathMatch): { readonly service: string; readonly method: string } | undefined {
  const [, service, method] = /^\/([A-Za-z_][A-Za-z_0-9]*(?:\.[A-Za-z_][A-Za-z_0-9]*)*)\/([A-Za-z_][A-Za-z_0-9]*)$/.exec(path.value) ?? [];
  return path.kind === 'exact' && service !== undefined ? { service, method } : undefined;
}

function grpcMatch({ path, headers }: Match, { regex }: Implementation): GrpcMatch {
  return {
    method: path && { type: MethodType.EXACT, ...grpcMethod(path) },
    headers: some(headers.map((header) => valueMatch(header, regex) as unknown as GrpcHeader)),
  };
}
