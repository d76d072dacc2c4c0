import { backendRefs } from './backend-refs';
import { Implementation } from './implementation';
import { RoutePlan } from './route-plan';
import { TcpRoute, TlsRoute } from '../../../imports/gateway.networking.k8s.io';
import { RoutingModel } from '../../model/routing-model';

/** Connections by their port. */
export function tcpRoute(model: RoutingModel, plan: RoutePlan, implementation: Implementation): { readonly spec?: unknown } {
  return TcpRoute.manifest({ spec: { parentRefs: plan.parentRefs, rules: rules(model, plan, implementation) } });
}

/** Connections by the server name that they ask for. */
export function tlsRoute(model: RoutingModel, plan: RoutePlan, implementation: Implementation): { readonly spec?: unknown } {
  return TlsRoute.manifest({ spec: { parentRefs: plan.parentRefs, hostnames: plan.hostnames, rules: rules(model, plan, implementation) } });
}

/** Rules for connections always forward: a redirect is a matter of HTTP. */
function rules(model: RoutingModel, plan: RoutePlan, implementation: Implementation) {
  return plan.rules.map(({ action }) => ({ backendRefs: action.kind === 'forward' ? backendRefs(model, action.split, plan.port, implementation) : [] }));
}
