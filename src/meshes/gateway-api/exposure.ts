import { Implementation } from './implementation';
import { GROUP, RouteKind, routeKind } from './kinds';
import { planRoute, RoutePlan } from './route-plan';
import { candidatePorts, exposedRules, fittingListeners, passesThrough } from '../../model/exposed-rules';
import { Exposure, Listener, Port, RoutingModel } from '../../model/routing-model';

/** Listeners whose traffic goes into one route. */
interface ListenersOfKind {
  readonly kind: RouteKind;
  readonly listeners: readonly Listener[];
}

/** The kinds of routes that an exposure takes: TLS streams may come in by their names and without them. */
export function exposureKinds(model: RoutingModel, exposure: Exposure): ListenersOfKind[] {
  const [port] = candidatePorts(model, exposure);
  if (!port) return [];
  const listeners = fittingListeners(exposure, port);
  const kinds = [...new Set(listeners.map((listener) => kindFor(listener, port)))];
  return kinds.map((kind) => ({ kind, listeners: listeners.filter((listener) => kindFor(listener, port) === kind) }));
}

/** What the gateway does with the traffic: the rules of the service, straight to the leaves. */
export function planExposure(model: RoutingModel, exposure: Exposure, implementation: Implementation): RoutePlan[] {
  const exposed = exposedRules(model, exposure);
  if (!exposed) return [];
  return exposureKinds(model, exposure).map(({ kind, listeners }) => planRoute({
    kind,
    name: exposure.name,
    parentRefs: listeners.map(({ name }) => ({ group: GROUP, kind: 'Gateway', namespace: exposure.gateway.namespace, name: exposure.gateway.name, sectionName: name })),
    hostnames: exposure.hosts.filter((host) => host !== '*'),
    port: exposed.port,
    rules: exposed.rules,
  }, implementation));
}

function kindFor(listener: Listener, port: Port): RouteKind {
  if (passesThrough(listener)) return 'TLSRoute';
  return port.protocol === 'TLS' ? 'TCPRoute' : routeKind(port);
}
