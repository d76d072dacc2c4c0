import { Construct } from 'constructs';
import { grpcRoute } from './grpc-route';
import { httpRoute } from './http-route';
import { Implementation } from './implementation';
import { apiVersionOf } from './kinds';
import { GatewayApiOptions } from './options';
import { nameOfPlace, routeObjects } from './route-objects';
import { planRoute, RoutePlan } from './route-plan';
import { tcpRoute, tlsRoute } from './stream-route';
import { hasRules, meshRules } from '../../model/protocols';
import { Port, RoutingModel, Rule } from '../../model/routing-model';
import { writeFor } from '../mesh-objects';

/** Routes for each port, on the root. Without rules there is none, and the root is a Service like any other. */
export function render(scope: Construct, model: RoutingModel, options: GatewayApiOptions, implementation: Implementation): void {
  if (!hasRules(model)) return;
  model.ports.forEach((port, index) => {
    const kind = implementation.kindOf(port);
    const apiVersion = (kind === 'HTTPRoute' ? implementation.httpRouteVersion : undefined) ?? apiVersionOf(kind, options.tcpRouteVersion);
    routeObjects(meshRules(model, port), kind, implementation).forEach(({ place, annotations }, at) => writeRoute(scope, model, {
      kind,
      apiVersion,
      name: routeName(model, port, place),
      id: [`Route${index + 1}`, ...(place === undefined ? [] : [nameOfPlace(place)])].join('-'),
      annotations,
      manifest: () => routeManifest(model, planMeshRoutes(model, port, implementation)[at], implementation),
    }));
  });
}

export interface WrittenRoute extends Pick<RoutePlan, 'kind' | 'name'> {
  readonly id: string;
  readonly apiVersion: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly manifest: () => { readonly spec?: unknown };
}

export function writeRoute(scope: Construct, model: RoutingModel, { annotations = {}, ...route }: WrittenRoute): void {
  writeFor(model, scope, { ...route, annotations: Object.keys(annotations).length > 0 ? annotations : undefined });
}

export function routeManifest(model: RoutingModel, plan: RoutePlan, implementation: Implementation): { readonly spec?: unknown } {
  switch (plan.kind) {
    case 'HTTPRoute': return httpRoute(model, plan, implementation);
    case 'GRPCRoute': return grpcRoute(model, plan, implementation);
    case 'TCPRoute': return tcpRoute(model, plan, implementation);
    case 'TLSRoute': return tlsRoute(model, plan, implementation);
  }
}

/** The routes for clients inside the cluster, that of the last rule first. The group of a Service is empty, whatever the default. */
export function planMeshRoutes(model: RoutingModel, port: Port, implementation: Implementation): RoutePlan[] {
  const kind = implementation.kindOf(port);
  const rules = meshRules(model, port);
  const objects = routeObjects(rules, kind, implementation);
  const objectOf = (rule: Rule) => objects.find((object) => object.rules.some(({ place }) => place === rule.place));
  const service = { group: '', kind: 'Service', ...(implementation.fullReferences ? { namespace: model.namespace } : {}), name: model.root.name };
  const whole = planRoute({
    kind, name: routeName(model, port), parentRefs: [{ ...service, port: port.number }], hostnames: [...port.sniHosts], port, rules,
  }, implementation, (one, other) => objectOf(one) !== objectOf(other));
  return objects.map((object, index) => ({
    ...whole,
    name: routeName(model, port, object.place),
    rules: whole.rules.filter((rule) => objectOf(rule) === object),
    conflicts: index === 0 ? whole.conflicts : [],
  }));
}

/**
 * The root's name, with that of the port where there are several. Kinds do not share names either: Istio takes an HTTPRoute and a GRPCRoute of
 * one name for one object. @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/config/kube/gateway/route_collections.go (RouteWithKey)
 */
function routeName({ root, ports }: RoutingModel, port: Port, place?: string): string {
  return [root.name, ...(ports.length > 1 ? [port.name] : []), ...(place === undefined ? [] : [nameOfPlace(place)])].join('-');
}
