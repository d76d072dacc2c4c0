import { GROUP } from './routes';
import { Cluster } from '../../../manifests/cluster';
import { groupedBy } from '../../../manifests/grouped';
import { KubeObject } from '../../../manifests/kube-object';
import { perCluster } from '../../../manifests/per-cluster';

/** What one object may be referred to by another. */
export interface Reference {
  readonly from: KubeObject;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Across namespaces it takes a grant beside the object. @see https://gateway-api.sigs.k8s.io/reference/spec/#referencegrant */
export function isGranted(cluster: Cluster, { from, group, kind, namespace, name }: Reference): boolean {
  if (namespace === from.namespace) return true;
  return (grants(cluster).get(namespace) ?? []).some(({ spec }) => {
    const given = spec.at('from').items().some((one) =>
      (one.at('group').text() ?? '') === from.group && one.at('kind').text() === from.kind && one.at('namespace').text() === from.namespace);
    return given && spec.at('to').items().some((one) =>
      (one.at('group').text() ?? '') === group && one.at('kind').text() === kind && [undefined, '', name].includes(one.at('name').text()));
  });
}

const grants = perCluster((cluster) => groupedBy(cluster.ofKind(GROUP, 'ReferenceGrant'), ({ namespace }) => namespace));
