import { admit } from './admit';
import { NETWORKING, SECURITY } from './config';
import { gatewayEntries, meshEntries } from './entries';
import { gatewayIdentity } from './gateway-identity';
import { gatewayRoutes } from './gateway-routes';
import { INJECTION } from './sidecar-injection';
import { SERVICE_ROUTES, sidecarRoutes } from './sidecar-routes';
import { GatewayReader, MeshReader } from '../../../evaluation/reader';

/** What the sidecars of Istio make of manifests. */
export const istioMesh: MeshReader = {
  name: 'istio',
  evidence: (cluster) => (cluster.objects.some(({ group }) => group === NETWORKING || group === SECURITY) ? 2 : 0),
  meshRoutes: sidecarRoutes,
  admit,
  injection: INJECTION,
  entries: (cluster) => [...meshEntries(cluster), ...SERVICE_ROUTES.entries(cluster)],
};

/** What Istio's own Gateways let in. */
export const istioGateways: GatewayReader = {
  name: 'istio',
  gateways: (cluster) => cluster.ofKind(NETWORKING, 'Gateway'),
  gatewayRoutes(cluster, request) {
    if (request.source.kind !== 'gateway') return undefined;
    const gateway = cluster.find(NETWORKING, 'Gateway', request.source.namespace, request.source.name);
    return gateway && gatewayRoutes(cluster, gateway, request);
  },
  gatewayAccount: gatewayIdentity,
  entries: gatewayEntries,
};
