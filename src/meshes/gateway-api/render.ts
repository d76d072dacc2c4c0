import { Construct } from 'constructs';
import { grpcRoute } from './grpc-route';
import { httpRoute } from './http-route';
import { Implementation } from './implementation';
import { routeKind, typeOf } from './kinds';
import { GatewayApiOptions, TcpRouteVersion } from './options';
import { planRoute, RoutePlan } from './route-plan';
import { tcpRoute, tlsRoute } from './stream-route';
import { hasRules, meshRules } from '../../model/protocols';
import { Port, RoutingModel } from '../../model/routing-model';
import { writeFor } from '../mesh-objects';

/** One route for each port, on the root. Without rules there is none, and the root is a Service like any other. */
export function render(scope: Construct, model: RoutingModel, options: GatewayApiOptions, implementation: Implementation): void {
  if (!hasRules(model)) return;
  model.ports.forEach((port, index) => {
    writeRoute(scope, model, {
      kind: routeKind(port),
      name: routeName(model, port),
      id: `Route${index + 1}`,
      version: options.tcpRouteVersion,
      manifest: () => routeManifest(model, planMeshRoute(model, port, implementation), implementation),
    });
  });
}

export interface RouteObject extends Pick<RoutePlan, 'kind' | 'name'> {
  readonly id: string;
  readonly version?: TcpRouteVersion;
  readonly manifest: () => { readonly spec?: unknown };
}

export function writeRoute(scope: Construct, model: RoutingModel, { kind, name, id, version, manifest }: RouteObject): void {
  writeFor(model, scope, { ...typeOf(kind, version), id, name, manifest });
}

export function routeManifest(model: RoutingModel, plan: RoutePlan, implementation: Implementation): { readonly spec?: unknown } {
  switch (plan.kind) {
    case 'HTTPRoute': return httpRoute(model, plan, implementation);
    case 'GRPCRoute': return grpcRoute(model, plan, implementation);
    case 'TCPRoute': return tcpRoute(model, plan);
    case 'TLSRoute': return tlsRoute(model, plan);
  }
}

/** The route for clients inside the cluster. The group of a Service is empty, whatever the default. */
export function planMeshRoute(model: RoutingModel, port: Port, implementation: Implementation): RoutePlan {
  return planRoute({
    kind: routeKind(port),
    name: routeName(model, port),
    parentRefs: [{ group: '', kind: 'Service', name: model.root.name, port: port.number }],
    hostnames: [...port.sniHosts],
    port,
    rules: meshRules(model, port),
  }, implementation);
}

/**
 * The root's name, with that of the port where there are several. Kinds do not share names either: Istio takes an HTTPRoute and a GRPCRoute of
 * one name for one object. @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/config/kube/gateway/route_collections.go (RouteWithKey)
 */
function routeName({ root, ports }: RoutingModel, port: Port): string {
  return ports.length > 1 ? `${root.name}-${port.name}` : root.name;
}
