import { ApiObject } from 'cdk8s';
import { Routing, RoutingOf } from './routing';
import { refusePolicies, refuseSettings } from './settings';
import { CanarySpecProvider, CanarySpecService, CanarySpecServiceGatewayRefs } from '../../../../imports/flagger.app';
import { RoutingModel, Rule } from '../../../model/routing-model';

const PROVIDER = CanarySpecProvider.GATEWAYAPI_V1;

/**
 * Flagger writes one HTTPRoute, on the same parents as the mesh's own would be.
 * @see https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/router/gateway_api.go
 */
export const gatewayApi: RoutingOf = (written) => {
  const route = written.find(({ kind, apiGroup }) => kind === 'HTTPRoute' && apiGroup === 'gateway.networking.k8s.io');
  return route && routing(route);
};

function routing(route: ApiObject): Routing {
  return {
    provider: PROVIDER,
    weights: true,
    conditions: true,
    prefixes: false,
    // Flagger copies here only when everything goes over at once, and all requests whatever its `mirrorWeight` says.
    mirror: false,
    sessionAffinity: true,
    service: (model, rule) => ({ ...settings(rule), gatewayRefs: parentsOf(route, model) }),
    check(report, model) {
      refuseSettings(report, model, PROVIDER, ['retries', 'rewrite']);
      refusePolicies(report, model, PROVIDER);
    },
  };
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
