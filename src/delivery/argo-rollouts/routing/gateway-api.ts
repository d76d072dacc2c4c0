import { ApiObject } from 'cdk8s';
import { kubernetes } from './kubernetes';
import { roleServices } from './roles';
import { Routing, RoutingOf } from './routing';
import { listed } from '../../../model/nearest';
import { OwnedFields } from '../../owned-fields';
import { NAME } from '../name';
import { ArgoSplitLevel } from '../options';
import { headerRoutes, managedRoutes, moveAbove } from '../steps';

export { NAME as GATEWAY_API } from '../../../meshes/gateway-api/name';

const PLUGIN = 'argoproj-labs/gatewayAPI';

/** Lists of the plugin by the kinds of routes. */
const LISTS: Readonly<Record<string, string>> = { HTTPRoute: 'httpRoutes', GRPCRoute: 'grpcRoutes', TCPRoute: 'tcpRoutes', TLSRoute: 'tlsRoutes' };

/** Those that the plugin adds rules to, for headers. */
const WITH_HEADERS = ['HTTPRoute', 'GRPCRoute'];

/**
 * Routes that the mesh and the gateways write and the plugin changes: the weights of all their rules. For a header it adds a rule to each, with the
 * conditions and filters of that rule.
 * @see https://rollouts-plugin-trafficrouter-gatewayapi.readthedocs.io
 * @see https://github.com/argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi/blob/v0.15.0/pkg/plugin/httproute.go
 */
export const gatewayApi: RoutingOf = (written) => (routesAmong(written).length > 0 ? ROUTING : undefined);

const ROUTING: Routing = {
  ...kubernetes,
  level: ArgoSplitLevel.HOST,
  routes: true,
  weights: true,
  headerRoutes: true,
  limited: true,
  reaches: ({ written }) => routesAmong(written).length > 0,
  strategy(model, written, managed) {
    const routes = routesAmong(written);
    const entry = ({ kind, name }: ApiObject) => (managed.length > 0 && WITH_HEADERS.includes(kind) ? { name, useHeaderRoutes: true } : { name });
    const kinds = [...new Set(routes.map(({ kind }) => kind))];
    const lists = kinds.map((kind) => [LISTS[kind], routes.filter((route) => route.kind === kind).map(entry)]);
    return { ...roleServices(model), trafficRouting: { plugins: { [PLUGIN]: { ...Object.fromEntries(lists), namespace: model.namespace } } } };
  },
  checkAdded(report, service) {
    const [first, ...others] = managedRoutes(service);
    const { place } = moveAbove(service) ?? { place: 'rollout' };
    if (others.length > 0) report.add('controller-unfit', place, `the plugin of ${NAME} for the Gateway API takes all added routes away with the first, and the rollout adds ${listed([first, ...others])}`, 'keep one of them');
    for (const { name, match = [] } of headerRoutes(service)) {
      if (match.length > 1) report.add('controller-unfit', place, `the plugin of ${NAME} for the Gateway API wants all headers of a route, and the route "${name}" has alternatives`, 'keep one of them');
      const begun = match.find(({ headerValue }) => headerValue.prefix !== undefined);
      if (begun) report.add('controller-unfit', place, `the plugin of ${NAME} for the Gateway API takes the beginning of "${begun.headerName}" for a regular expression`, 'use `HeaderMatch.regex` or an exact value');
    }
  },
  owned: (written, managed) => routesAmong(written).map((route) => weightFields(route, managed)),
};

/** Without a mesh, routes of gateways alone. */
export const gatewayApiOutside: Routing = { ...ROUTING, routes: false };

function routesAmong(written: readonly ApiObject[]): ApiObject[] {
  return written.filter(({ kind, apiGroup }) => apiGroup === 'gateway.networking.k8s.io' && Object.hasOwn(LISTS, kind));
}

/** Weights, and the rules that are added, which no pointer could tell apart from those that are missing. */
function weightFields(route: ApiObject, managed: readonly string[]): OwnedFields {
  const { spec } = route.toJson() as { readonly spec: { readonly rules: readonly { readonly backendRefs?: readonly unknown[] }[] } };
  const added = WITH_HEADERS.includes(route.kind) ? managed : [];
  return {
    group: route.apiGroup,
    kind: route.kind,
    name: route.name,
    namespace: route.metadata.namespace ?? 'default',
    jq: [...added.map((name) => `.spec.rules[] | select((.name // "") | startswith(${JSON.stringify(name)}))`), '.spec.rules[].backendRefs[]?.weight'],
    pointers: added.length > 0
      ? ['/spec/rules']
      : spec.rules.flatMap(({ backendRefs = [] }, index) => backendRefs.map((_, at) => `/spec/rules/${index}/backendRefs/${at}/weight`)),
  };
}
