import { Injection } from '../../../evaluation/reader';
import { Cluster } from '../../../manifests/cluster';
import { Workload } from '../../../manifests/workload';

export const INJECT = 'linkerd.io/inject';

/** @see https://linkerd.io/2/features/proxy-injection/ */
export const INJECTION: Injection = {
  asking: `the annotation "${INJECT}: enabled"`,
  declining: `the annotation "${INJECT}: disabled"`,
  asks(cluster, workload) {
    const word = injectWord(cluster, workload);
    return word === undefined ? undefined : ['enabled', 'ingress'].includes(word);
  },
};

/** What the pods say, else their namespace. */
export function injectWord(cluster: Cluster, { annotations, namespace }: Workload): string | undefined {
  return annotations[INJECT] ?? cluster.namespaceAnnotations(namespace)[INJECT];
}
