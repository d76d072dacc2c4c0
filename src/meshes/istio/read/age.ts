import { KubeObject } from '../../../manifests/kube-object';

/**
 * Oldest first; of one age by name, then by namespace. What has no age yet is younger than what has one.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/model/config.go configCompareByCreationTime
 */
export function byAge(one: KubeObject, other: KubeObject): number {
  const [a, b] = [born(one), born(other)];
  if (a !== b) return a < b ? -1 : 1;
  return compare(one.name, other.name) || compare(one.namespace, other.namespace);
}

/** Whether only a cluster can tell which is older. */
export function sameAge(one: KubeObject, other: KubeObject): boolean {
  return born(one) === born(other);
}

function born({ created }: KubeObject): number {
  const time = created === undefined ? NaN : Date.parse(created);
  return Number.isNaN(time) ? Infinity : time;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
