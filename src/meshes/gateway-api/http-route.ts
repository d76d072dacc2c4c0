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
    retry: implementation.objectSettings ? undefined : retry(rule, implementation),
  };
}

/** No limit is written out where the implementation has one of its own: 0 switches it off. */
function timeouts({ action }: Rule, { timeoutByItself, duration, objectSettings }: Implementation): HttpRule['timeouts'] {
  if (action.kind === 'redirect') return undefined;
  const request = action.timeout === undefined && !timeoutByItself ? undefined : duration(action.timeout ?? 0);
  const backendRequest = action.retries?.perTryTimeout === undefined || objectSettings ? undefined : duration(action.retries.perTryTimeout);
  return request === undefined && backendRequest === undefined ? undefined : { request, backendRequest };
}

/** @see https://gateway-api.sigs.k8s.io/geps/gep-1731/ */
function retry({ action }: Rule, { duration }: Implementation): HttpRule['retry'] {
  if (action.kind === 'redirect' || !action.retries) return undefined;
  const { attempts, backoff, conditions } = action.retries;
  return { attempts, codes: conditions.map(Number), backoff: backoff === undefined ? undefined : duration(backoff) };
}
