import { backendRefs, portRef } from './backend-refs';
import { Outbound, TcpRule } from './policies';
import { PortPlan } from './route-plan';
import { RoutingModel } from '../../model/routing-model';

/** The connections to each port of the root. Rules for them always forward: a redirect is a matter of HTTP. */
export function meshTcpRoute(model: RoutingModel, plans: readonly PortPlan[]): { readonly spec: unknown } {
  const to = plans.map(({ port, rules }): Outbound<{ rules: TcpRule[] }> => ({
    targetRef: portRef(model, port),
    rules: rules.flatMap(({ action }) => (action.kind === 'forward' ? [{ default: { backendRefs: backendRefs(model, action.split, port) } }] : [])),
  }));
  return { spec: { to } };
}
