import { byAge } from './age';
import { PortProtocol, servicePortProtocol } from './protocol';
import { Cluster } from '../../../manifests/cluster';
import { perCluster } from '../../../manifests/per-cluster';
import { Workload } from '../../../manifests/workload';

type ByPort = Map<number, PortProtocol>;

/** What the sidecar of pods takes one of their ports for: what the first port says of all Services that lead there. */
export function inboundProtocol(cluster: Cluster, workload: Workload, port: number): PortProtocol | undefined {
  return protocols(cluster).get(workload)?.get(port);
}

const protocols = perCluster((cluster) => {
  const found = new Map<Workload, ByPort>();
  for (const service of [...cluster.services].sort((one, other) => byAge(one.object, other.object))) {
    for (const declared of service.ports) {
      for (const { workload, port } of cluster.endpoints(service, declared.number)) {
        const ofWorkload: ByPort = found.get(workload) ?? new Map();
        found.set(workload, ofWorkload);
        if (!ofWorkload.has(port)) ofWorkload.set(port, servicePortProtocol(declared));
      }
    }
  }
  return found;
});
