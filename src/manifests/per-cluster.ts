import { Cluster } from './cluster';

/** What is made of a cluster only once, however often it is asked for. */
export function perCluster<T>(make: (cluster: Cluster) => T): (cluster: Cluster) => T {
  const made = new WeakMap<Cluster, { readonly value: T }>();
  return (cluster) => {
    let found = made.get(cluster);
    if (!found) made.set(cluster, found = { value: make(cluster) });
    return found.value;
  };
}
