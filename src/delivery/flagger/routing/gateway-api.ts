import { ApiObject } from 'cdk8s';
import { Routing, RoutingOf } from './routing';
import { refuseConditions, refuseGateway, refusePolicies, refuseSettings, sameHosts } from './settings';
import { CanarySpecProvider, CanarySpecService, CanarySpecServiceGatewayRefs } from '../../../../imports/flagger.app';
import { candidatePorts, fittingListeners } from '../../../model/exposed-rules';
import { Report } from '../../../model/report';
import { RoutingModel, Rule } from '../../../model/routing-model';
import { Outside, writtenOutside } from '../../outside';
import { NAME } from '../name';

export { NAME as GATEWAY_API } from '../../../meshes/gateway-api/name';

const PROVIDER = CanarySpecProvider.GATEWAYAPI_V1;

/**
 * Flagger writes one HTTPRoute, on the same parents as those of the mesh and the gateways would have.
 * @see https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/router/gateway_api.go
 */
export const gatewayApi: RoutingOf = (written) => (written.some(isHttpRoute) ? routing(written) : undefined);

/** Without a mesh, for what comes through gateways alone. */
export const gatewayApiOutside: Routing = routing([]);

function routing(inside: readonly ApiObject[]): Routing {
  return {
    provider: PROVIDER,
    weights: true,
    conditions: true,
    prefixes: false,
    // Flagger copies here only when everything goes over at once, and all requests whatever its `mirrorWeight` says.
    mirror: false,
    sessionAffinity: true,
    ownRoutes: true,
    service: (model, rule, outside) => ({
      ...settings(rule),
      hosts: inside.length === 0 ? hostsOf(outside) : undefined,
      gatewayRefs: [...inside, ...writtenOutside(outside)].filter(isHttpRoute).flatMap((route) => parentsOf(route, model)),
    }),
    checkOutside(report, model, outside, others) {
      if (!outside.written.some(isHttpRoute)) return refuseGateway(report, outside, PROVIDER);
      refuseConditions(report, outside, inside.length === 0 ? others : []);
      if (inside.length > 0) checkHosts(report, model, outside);
    },
    check(report, model) {
      refuseSettings(report, model, PROVIDER, ['retries', 'rewrite']);
      refusePolicies(report, model, PROVIDER);
    },
  };
}

function isHttpRoute({ kind, apiGroup }: ApiObject): boolean {
  return kind === 'HTTPRoute' && apiGroup === 'gateway.networking.k8s.io';
}

function hostsOf([first]: readonly Outside[]): string[] | undefined {
  const hosts = first.exposure.hosts.filter((host) => host !== '*');
  return hosts.length > 0 ? hosts : undefined;
}

/** Meshes differ in what they make of host names; those of the listeners need not be written. */
function checkHosts(report: Report, model: RoutingModel, { exposure }: Outside): void {
  const [port] = candidatePorts(model, exposure);
  const ofListeners = port ? fittingListeners(exposure, port).flatMap(({ hosts }) => hosts) : [];
  if (exposure.hosts.includes('*') || sameHosts(exposure.hosts, [...new Set(ofListeners)])) return;
  report.add('controller-unfit', 'hosts', `${NAME} writes one HTTPRoute for the mesh and the gateway, and meshes differ in what they make of its hosts`, 'give the gateway a listener with these hosts, and name it as `listener`');
}

function settings(rule: Rule): Partial<CanarySpecService> {
  const timeout = rule.action.kind === 'forward' ? rule.action.timeout : undefined;
  const [request, response] = [rule.requestHeaders, rule.responseHeaders].map((changes) => changes && {
    set: { ...changes.set }, add: { ...changes.add }, remove: [...changes.remove],
  });
  return { timeout: timeout === undefined ? undefined : `${timeout}ms`, headers: request || response ? { request, response } : undefined };
}

function parentsOf(route: ApiObject, { namespace }: RoutingModel): CanarySpecServiceGatewayRefs[] {
  const { spec } = route.toJson() as { readonly spec: { readonly parentRefs: readonly CanarySpecServiceGatewayRefs[] } };
  return spec.parentRefs.map((parent) => ({ namespace, ...parent }));
}
