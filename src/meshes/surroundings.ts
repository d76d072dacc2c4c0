import { Construct } from 'constructs';
import { MeshDriver } from './mesh-driver';
import { namespaceOf } from '../declaration/namespace';
import { Surroundings } from '../declaration/to-model';
import { CLUSTER_DOMAIN } from '../manifests/cluster-domain';
import { appProtocol } from '../model/app-protocol';
import { Exposure } from '../model/routing-model';

/** Where a service stands: its names, and the exposures that it has and will have. */
export interface Place {
  readonly name: string;
  readonly namespace?: string;
  readonly exposures: Exposure[];
}

/** What the meaning of a declaration depends on besides itself. Where no mesh was chosen, it is that of plain Kubernetes. */
export function surroundingsOf(scope: Construct, driver: MeshDriver | undefined, { name, namespace, exposures }: Place): Surroundings {
  return {
    path: scope.node.path,
    name,
    namespace: namespace ?? namespaceOf(scope),
    clusterDomain: driver?.clusterDomain ?? CLUSTER_DOMAIN,
    meshPods: driver?.podMetadata ?? {},
    rootSelector: driver?.rootSelector,
    rootSelectsAll: driver?.rootSelectsAll,
    leafBackends: driver?.leafBackends,
    appProtocol: driver?.appProtocol ?? appProtocol,
    replicas: driver?.replicas,
    exposures,
  };
}
