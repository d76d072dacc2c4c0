import { DestinationRules } from './destination-rules';
import { Registry } from './registry';
import { VirtualServices } from './virtual-services';
import { perCluster } from '../../../manifests/per-cluster';

/** Objects of Istio, arranged for being asked. */
export interface IstioConfig {
  readonly registry: Registry;
  readonly virtualServices: VirtualServices;
  readonly destinationRules: DestinationRules;
}

export const NETWORKING = 'networking.istio.io';
export const SECURITY = 'security.istio.io';

export const configOf = perCluster((cluster): IstioConfig => ({
  registry: new Registry(cluster),
  virtualServices: new VirtualServices(cluster.ofKind(NETWORKING, 'VirtualService'), cluster.clusterDomain),
  destinationRules: new DestinationRules(cluster.ofKind(NETWORKING, 'DestinationRule'), cluster.clusterDomain),
}));
