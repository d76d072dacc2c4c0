import { ROOT_NAMESPACE } from './destination-rules';
import { Cluster } from '../../../manifests/cluster';
import { Workload } from '../../../manifests/workload';

/**
 * Whether the pods get a sidecar. A namespace that the manifests do not hold counts as one that is injected: they say nothing of it, and
 * without sidecars there would be no mesh.
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy
 */
export function hasSidecar(cluster: Cluster, { labels, annotations, namespace }: Workload): boolean {
  if (namespace === ROOT_NAMESPACE || namespace.startsWith('kube-')) return false;
  const word = labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject'];
  if (word === 'true' || word === 'false') return word === 'true';
  const around = cluster.namespaceLabels(namespace);
  if (around['istio-injection']) return around['istio-injection'] === 'enabled';
  if (around['istio.io/rev'] || labels['istio.io/rev']) return true;
  return cluster.find('', 'Namespace', '', namespace) === undefined;
}
