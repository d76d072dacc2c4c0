import { filters } from './filters';
import { httpMatch } from './http-match';
import { BackendRef, HttpRule, Outbound, TcpRule } from './policies';
import { PortPlan } from './port-plan';
import { portRef, serviceRef } from './service-ref';
import { Port, RoutingModel, Split } from '../../model/routing-model';
import { shares } from '../gateway-api/backend-refs';
import { some } from '../gateway-api/http-match';

/** The traffic to each port of the root, whoever sends it: a policy beside the Service it speaks of is for all clients. */
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

export function meshTcpRoute(model: RoutingModel, plans: readonly PortPlan[]): { readonly spec: unknown } {
  const to = plans.map(({ port, rules }): Outbound<{ rules: TcpRule[] }> => ({
    targetRef: portRef(model, port),
    rules: rules.flatMap(({ action }) => (action.kind === 'forward' ? [{ default: { backendRefs: backendRefs(model, action.split, port) } }] : [])),
  }));
  return { spec: { to } };
}

/** Kuma ends requests after 15 seconds by itself; no limit was declared. */
export function meshTimeout(model: RoutingModel): { readonly spec: unknown } {
  return { spec: { to: [{ targetRef: serviceRef(model, model.root.name), default: { http: { requestTimeout: '0s' } } }] } };
}

function backendRefs(model: RoutingModel, split: Split, port: Port): BackendRef[] {
  return shares(model, split, port).map(({ name, ...share }) => ({ ...serviceRef(model, name), ...share }));
}
