import { appProtocol } from './app-protocol';
import { capabilities } from './capabilities';
import { checkAccess } from './check';
import { checkFailureAccrual, failureAccrual } from './failure-accrual';
import { gatewayApiRoutes, policyRoutes } from './implementation';
import { NAME } from './name';
import { LinkerdApi, LinkerdInjection, LinkerdOptions } from './options';
import { checkProbes } from './probes';
import { renderAccess } from './render';
import { checkServiceProfiles } from './service-profiles';
import { Capability } from '../../model/capabilities';
import { routesOnServices } from '../gateway-api';
import { MeshDriver } from '../mesh-driver';
import { smi } from '../smi';

const INJECT = { annotations: { 'linkerd.io/inject': 'enabled' } };

/** @see https://linkerd.io/2/features/traffic-split/ */
const DEPRECATED_EXTENSION = {
  place: 'mesh.api',
  message: 'the extension linkerd-smi is deprecated by Linkerd',
  remedy: 'use `LinkerdApi.GATEWAY_API`',
};

/** Linkerd follows routes of others: here is what it adds to them. @see https://linkerd.io/2/reference/httproute/ */
export function linkerd(options: LinkerdOptions): MeshDriver {
  const routes = routesOf(options);
  const injection = options.injection ?? LinkerdInjection.PODS;
  return {
    ...routes,
    name: NAME,
    capabilities: capabilities(routes.capabilities),
    namespaceMetadata: injection === LinkerdInjection.NAMESPACE ? INJECT : {},
    podMetadata: injection === LinkerdInjection.PODS ? INJECT : {},
    appProtocol,
    checkObjects: (model, objects) => [...(routes.checkObjects?.(model, objects) ?? []), ...checkProbes(model, objects)],
    check: (model) => [...routes.check({ ...model, clients: undefined }), ...checkAccess(model)],
    render: (scope, model) => {
      renderAccess(scope, model);
      routes.render(scope, { ...model, clients: undefined });
    },
  };
}

function routesOf({ api, clusterDomain, trafficSplitName }: LinkerdOptions): MeshDriver {
  switch (api) {
    case LinkerdApi.SMI: return smi({ clusterDomain, trafficSplitName }, DEPRECATED_EXTENSION);
    case LinkerdApi.POLICY: return withPolicies(routesOnServices({ clusterDomain }, policyRoutes()), ['GRPCRoute'], ['HTTPRouteResponseHeaderModification']);
    default: return withPolicies(routesOnServices({ clusterDomain }, gatewayApiRoutes()));
  }
}

/** Routes beside which Linkerd reads annotations. With a TrafficSplit it does not: the ServiceProfile that is made of it switches them off. */
function withPolicies(routes: MeshDriver, more: readonly Capability[] = [], less: readonly Capability[] = []): MeshDriver {
  return {
    ...routes,
    capabilities: new Set([...routes.capabilities, 'OutlierDetection' as const, ...more].filter((capability) => !less.includes(capability))),
    rootMetadata: (model) => ({ annotations: failureAccrual(model) }),
    check: (model) => [...routes.check(model), ...checkFailureAccrual(model)],
    checkObjects: checkServiceProfiles,
  };
}
