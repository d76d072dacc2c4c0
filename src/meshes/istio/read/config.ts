import { AuthorizationPolicies } from './authorization';
import { DestinationRules } from './destination-rules';
import { GatewayProxy, gatewayProxy } from './gateway-proxy';
import { PeerAuthentications } from './peer-authentication';
import { Registry } from './registry';
import { VirtualServices } from './virtual-services';
import { KubeObject } from '../../../manifests/kube-object';
import { perCluster } from '../../../manifests/per-cluster';

/** Objects of Istio, arranged for being asked. */
export interface IstioConfig {
  readonly registry: Registry;
  readonly virtualServices: VirtualServices;
  readonly destinationRules: DestinationRules;
  readonly authorizationPolicies: AuthorizationPolicies;
  readonly peerAuthentications: PeerAuthentications;
  readonly proxyOf: (gateway: KubeObject) => GatewayProxy;
}

export const NETWORKING = 'networking.istio.io';
export const SECURITY = 'security.istio.io';

export const configOf = perCluster((cluster): IstioConfig => {
  const gateways = cluster.ofKind(NETWORKING, 'Gateway');
  const proxies = new Map<KubeObject, GatewayProxy>();
  return {
    registry: new Registry(cluster),
    virtualServices: new VirtualServices(cluster.ofKind(NETWORKING, 'VirtualService'), cluster.clusterDomain),
    destinationRules: new DestinationRules(cluster.ofKind(NETWORKING, 'DestinationRule'), cluster.clusterDomain),
    authorizationPolicies: new AuthorizationPolicies(cluster.ofKind(SECURITY, 'AuthorizationPolicy')),
    peerAuthentications: new PeerAuthentications(cluster.ofKind(SECURITY, 'PeerAuthentication')),
    proxyOf(gateway) {
      const proxy = proxies.get(gateway) ?? gatewayProxy(cluster, gateway, gateways);
      proxies.set(gateway, proxy);
      return proxy;
    },
  };
});
