import { ApiObject } from 'cdk8s';
import { kubernetes } from './kubernetes';
import { roleServices } from './roles';
import { Routing, RoutingOf } from './routing';
import { OwnedFields } from '../../owned-fields';
import { NAME } from '../name';
import { ArgoSplitLevel } from '../options';

export { NAME as GATEWAY_API } from '../../../meshes/gateway-api/name';

const PLUGIN = 'argoproj-labs/gatewayAPI';

/** Lists of the plugin by the kinds of routes. */
const LISTS: Readonly<Record<string, string>> = { HTTPRoute: 'httpRoutes', GRPCRoute: 'grpcRoutes', TCPRoute: 'tcpRoutes', TLSRoute: 'tlsRoutes' };

/**
 * Routes that the mesh writes and the plugin changes.
 * @see https://rollouts-plugin-trafficrouter-gatewayapi.readthedocs.io
 */
export const gatewayApi: RoutingOf = (written) => (routesAmong(written).length > 0 ? ROUTING : undefined);

const ROUTING: Routing = {
  ...kubernetes,
  level: ArgoSplitLevel.HOST,
  routes: true,
  weights: true,
  reaches: ({ written }) => routesAmong(written).length > 0,
  strategy(model, written) {
    const routes = routesAmong(written);
    const kinds = [...new Set(routes.map(({ kind }) => kind))];
    const lists = kinds.map((kind) => [LISTS[kind], routes.filter((route) => route.kind === kind).map(({ name }) => ({ name }))]);
    return { ...roleServices(model), trafficRouting: { plugins: { [PLUGIN]: { ...Object.fromEntries(lists), namespace: model.namespace } } } };
  },
  check(report, model) {
    for (const { place } of model.rules.slice(0, -1)) {
      report.add('controller-unfit', place, `the plugin of ${NAME} for the Gateway API is not sure to change all rules of a route`, 'drop the route, or use `CanaryService` with stages');
    }
  },
  owned: (written) => routesAmong(written).map(weightFields),
};

/** Without a mesh, routes of gateways alone. */
export const gatewayApiOutside: Routing = { ...ROUTING, routes: false };

function routesAmong(written: readonly ApiObject[]): ApiObject[] {
  return written.filter(({ kind, apiGroup }) => apiGroup === 'gateway.networking.k8s.io' && Object.hasOwn(LISTS, kind));
}

function weightFields(route: ApiObject): OwnedFields {
  const { spec } = route.toJson() as { readonly spec: { readonly rules: readonly { readonly backendRefs?: readonly unknown[] }[] } };
  return {
    group: route.apiGroup,
    kind: route.kind,
    name: route.name,
    namespace: route.metadata.namespace ?? 'default',
    jq: ['.spec.rules[].backendRefs[]?.weight'],
    pointers: spec.rules.flatMap(({ backendRefs = [] }, index) => backendRefs.map((_, at) => `/spec/rules/${index}/backendRefs/${at}/weight`)),
  };
}
