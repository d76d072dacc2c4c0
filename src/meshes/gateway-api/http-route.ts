import { backendRefs } from './backend-refs';
import { filters } from './filters';
import { httpMatch, some } from './http-match';
import { Implementation } from './implementation';
import { RoutePlan } from './route-plan';
import { HttpRoute, HttpRouteSpecRules as HttpRule } from '../../../imports/gateway.networking.k8s.io';
import { Port, RoutingModel, Rule } from '../../model/routing-model';

export function httpRoute(model: RoutingModel, plan: RoutePlan, implementation: Implementation): { readonly spec?: unknown } {
  const { parentRefs, hostnames, port } = plan;
  const rules = plan.rules.map((rule) => httpRule(model, rule, port, implementation));
  return HttpRoute.manifest({ spec: { parentRefs, hostnames: some(hostnames), rules } });
}

/** A redirect answers by itself: backends beside it are refused. */
function httpRule(model: RoutingModel, rule: Rule, port: Port, implementation: Implementation): HttpRule {
  return {
    name: rule.name,
    matches: rule.matches.map((match) => httpMatch(match, implementation.regex)),
    filters: some(filters(model, rule, port, implementation)),
    backendRefs: rule.action.kind === 'forward' ? backendRefs(model, rule.action.split, port, implementation) : undefined,
    timeouts: timeouts(rule, implementation),
  };
}

/** No limit is written out where the implementation has one of its own: 0 switches it off. */
function timeouts({ action }: Rule, { timeoutByItself, duration }: Implementation): HttpRule['timeouts'] {
  if (action.kind === 'redirect') return undefined;
  return action.timeout === undefined && !timeoutByItself ? undefined : { request: duration(action.timeout ?? 0) };
}
