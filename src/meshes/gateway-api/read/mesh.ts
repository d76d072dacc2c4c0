import { Implementation } from './implementation';
import { MeshImplementation, serviceRoutes } from './service-routes';
import { ADMITTED, MeshReader } from '../../../evaluation/reader';
import { Cluster } from '../../../manifests/cluster';
import { perCluster } from '../../../manifests/per-cluster';

/**
 * Any mesh whose clients follow routes on Services.
 *
 * @param implementations those that are known; the last one is taken where the manifests show none of the others
 */
export function gatewayApiMesh(implementations: readonly Implementation[]): MeshReader {
  const taken = implementations.filter((one): one is MeshImplementation => one.mesh !== undefined);
  const known = taken.map((one) => ({ one, routes: serviceRoutes(one) }));
  const running = perCluster((cluster) => known.find(({ one }) => one.runs?.(cluster)) ?? known[known.length - 1]);
  return {
    name: 'gateway-api',
    evidence: (cluster) => Number(onServices(cluster)),
    meshRoutes: (cluster, request, called) => running(cluster).routes.tableFor(cluster, request, called),
    admit: () => ADMITTED,
    entries: (cluster) => running(cluster).routes.entries(cluster),
  };

  function onServices(cluster: Cluster): boolean {
    return known[known.length - 1].routes.index(cluster).routes.some(({ parents }) => parents.some(({ kind }) => kind === 'Service'));
  }
}
