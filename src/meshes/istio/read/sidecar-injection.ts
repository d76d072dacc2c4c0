import { ROOT_NAMESPACE } from './destination-rules';
import { Injection } from '../../../evaluation/reader';
import { Cluster } from '../../../manifests/cluster';
import { Workload } from '../../../manifests/workload';

/**
 * Whether the pods get a sidecar. A namespace that the manifests do not hold counts as one that is injected: they say nothing of it, and
 * without sidecars there would be no mesh.
 */
export function hasSidecar(cluster: Cluster, workload: Workload): boolean {
  return sidecarWord(cluster, workload) ?? cluster.find('', 'Namespace', '', workload.namespace) === undefined;
}

/** Pods of the ambient mode mean to have none. @see https://istio.io/latest/docs/ambient/usage/add-workloads/ */
export const INJECTION: Injection = {
  asking: 'the label "istio-injection: enabled"',
  declining: 'the label "istio-injection: disabled"',
  asks(cluster, workload) {
    const ambient = workload.labels[MODE] ?? cluster.namespaceLabels(workload.namespace)[MODE];
    return sidecarWord(cluster, workload) ?? (ambient === 'ambient' ? false : undefined);
  },
};

const MODE = 'istio.io/dataplane-mode';

/** What the pods or their namespace say. @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy */
function sidecarWord(cluster: Cluster, { labels, annotations, namespace }: Workload): boolean | undefined {
  if (namespace === ROOT_NAMESPACE || namespace.startsWith('kube-')) return false;
  const word = labels['sidecar.istio.io/inject'] ?? annotations['sidecar.istio.io/inject'];
  if (word === 'true' || word === 'false') return word === 'true';
  const around = cluster.namespaceLabels(namespace);
  if (around['istio-injection']) return around['istio-injection'] === 'enabled';
  return around['istio.io/rev'] || labels['istio.io/rev'] ? true : undefined;
}
