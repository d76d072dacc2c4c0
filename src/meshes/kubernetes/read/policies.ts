import { Pod } from './peers';
import { Cluster } from '../../../manifests/cluster';
import { groupedBy } from '../../../manifests/grouped';
import { KubeObject } from '../../../manifests/kube-object';
import { selects } from '../../../manifests/label-selector';
import { perCluster } from '../../../manifests/per-cluster';

/** The group that policies had before they had one of their own. */
const GROUPS = ['networking.k8s.io', 'extensions'];

const inNamespace = perCluster((cluster) => groupedBy(GROUPS.flatMap((group) => cluster.ofKind(group, 'NetworkPolicy')), ({ namespace }) => namespace));

/** Policies that hold for the connections to a pod, or for those from it. Pods whose labels nobody knows are held by none. */
export function policiesFor(cluster: Cluster, type: 'Ingress' | 'Egress', { namespace, labels }: Pod): KubeObject[] {
  if (namespace === undefined || labels === undefined) return [];
  const policies = inNamespace(cluster).get(namespace) ?? [];
  return policies.filter((policy) => typesOf(policy).includes(type) && selects(policy.spec.at('podSelector'), labels));
}

/** Left out, they are about what arrives, and about what leaves if they have rules for it. */
function typesOf({ spec }: KubeObject): readonly string[] {
  const written = spec.at('policyTypes').texts();
  if (written.length > 0) return written;
  return spec.at('egress').items().length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}
