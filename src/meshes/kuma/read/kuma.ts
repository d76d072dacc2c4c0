import { Injection } from '../../../evaluation/reader';
import { Cluster } from '../../../manifests/cluster';
import { KubeObject } from '../../../manifests/kube-object';
import { perCluster } from '../../../manifests/per-cluster';

export const GROUP = 'kuma.io';
export const MESH = 'kuma.io/mesh';

const INJECT = 'kuma.io/sidecar-injection';

/** @see https://kuma.io/docs/2.14.x/production/dp-config/dpp-on-kubernetes/ */
export const INJECTION: Injection = {
  asking: `the label "${INJECT}: enabled"`,
  declining: `the label "${INJECT}: disabled"`,
  asks(cluster, { labels, annotations, namespace }) {
    const said = [labels, annotations, cluster.namespaceLabels(namespace), cluster.namespaceAnnotations(namespace)].find((keys) => INJECT in keys);
    return said && ['enabled', 'true'].includes(said[INJECT]);
  },
};

/** Namespace of Kuma's control plane, in which policies are for all. */
export const SYSTEM_NAMESPACE = 'kuma-system';

/** Objects of its own, or a label by which pods get its sidecar. */
export const isShown = perCluster(({ objects, workloads }) =>
  objects.some(({ group, labels, annotations }) => group === GROUP || isMarked(labels) || isMarked(annotations))
  || workloads.some(({ labels, annotations }) => isMarked(labels) || isMarked(annotations)));

function isMarked(keys: Readonly<Record<string, string>>): boolean {
  return MESH in keys || INJECT in keys;
}

/** Name of the Mesh that the pods of a namespace belong to. */
export function meshOf(cluster: Cluster, namespace: string): string {
  return cluster.namespaceLabels(namespace)[MESH] ?? cluster.namespaceAnnotations(namespace)[MESH] ?? 'default';
}

export function meshObject(cluster: Cluster, name: string): KubeObject | undefined {
  return cluster.find(GROUP, 'Mesh', '', name);
}
