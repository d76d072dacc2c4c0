import { Cluster } from '../manifests/cluster';

/** Names of the accounts that the manifests show in a namespace. Nothing: they show none, and leave them to other manifests. */
export function accountsShown(cluster: Cluster, namespace: string): ReadonlySet<string> | undefined {
  const declared = cluster.ofKind('', 'ServiceAccount').filter((account) => account.namespace === namespace).map(({ name }) => name);
  const used = cluster.selected(namespace, {}).map(({ serviceAccount }) => serviceAccount);
  return declared.length + used.length === 0 ? undefined : new Set(['default', ...declared, ...used]);
}
