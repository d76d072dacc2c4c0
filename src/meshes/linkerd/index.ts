import { appProtocol } from './app-protocol';
import { checkAccess } from './check';
import { NAME } from './name';
import { LinkerdApi, LinkerdInjection, LinkerdOptions } from './options';
import { renderAccess } from './render';
import { Capability } from '../../model/capabilities';
import { gatewayApi } from '../gateway-api';
import { GatewayApiImplementation, TcpRouteVersion } from '../gateway-api/options';
import { MeshDriver } from '../mesh-driver';
import { smi } from '../smi';

const INJECT = { annotations: { 'linkerd.io/inject': 'enabled' } };

/** Access by mutual TLS identity, which Linkerd's own policies give whatever the routes are. */
const ACCESS: readonly Capability[] = ['ServiceAccountAccess', 'NamespaceAccess'];

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
    capabilities: new Set([...routes.capabilities, ...ACCESS].filter((capability) => capability !== 'RequestAccess')),
    namespaceMetadata: injection === LinkerdInjection.NAMESPACE ? INJECT : {},
    podMetadata: injection === LinkerdInjection.PODS ? INJECT : {},
    appProtocol,
    check: (model) => [...routes.check({ ...model, clients: undefined }), ...checkAccess(model)],
    render: (scope, model) => {
      renderAccess(scope, model);
      routes.render(scope, { ...model, clients: undefined });
    },
  };
}

function routesOf({ api, clusterDomain, trafficSplitName }: LinkerdOptions): MeshDriver {
  if (api === LinkerdApi.SMI) return smi({ clusterDomain, trafficSplitName }, DEPRECATED_EXTENSION);
  return gatewayApi({ clusterDomain, implementation: GatewayApiImplementation.LINKERD, tcpRouteVersion: TcpRouteVersion.V1ALPHA2 });
}
