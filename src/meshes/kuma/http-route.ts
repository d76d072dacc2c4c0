import { backendRefs, portRef, serviceRef } from './backend-refs';
import { filters } from './filters';
import { httpMatch } from './http-match';
import { HttpRule, Outbound } from './policies';
import { PortPlan } from './route-plan';
import { RoutingModel } from '../../model/routing-model';
import { some } from '../gateway-api/http-match';

/** The requests to each port of the root, whoever sends them: a policy beside the Service it speaks of is for all clients. */
export function meshHttpRoute(model: RoutingModel, plans: readonly PortPlan[]): { readonly spec: unknown } {
  const to = plans.map(({ port, rules }): Outbound<{ rules: HttpRule[] }> => ({
    targetRef: portRef(model, port),
    rules: rules.map((rule) => ({
      matches: rule.matches.map(httpMatch),
      default: { filters: some(filters(rule)), backendRefs: rule.action.kind === 'forward' ? backendRefs(model, rule.action.split, port) : undefined },
    })),
  }));
  return { spec: { to } };
}

/** Kuma ends requests after 15 seconds by itself; no limit was declared. */
export function meshTimeout(model: RoutingModel): { readonly spec: unknown } {
  return { spec: { to: [{ targetRef: serviceRef(model, model.root.name), default: { http: { requestTimeout: '0s' } } }] } };
}
