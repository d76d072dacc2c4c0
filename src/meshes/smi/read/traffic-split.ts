import { Cluster } from '../../../manifests/cluster';
import { Field } from '../../../manifests/field';
import { groupedBy } from '../../../manifests/grouped';
import { KubeObject } from '../../../manifests/kube-object';
import { perCluster } from '../../../manifests/per-cluster';

/** A TrafficSplit of any version: v1alpha1 to v1alpha4. @see https://github.com/servicemeshinterface/smi-spec/tree/main/apis/traffic-split */
export interface TrafficSplit {
  readonly object: KubeObject;
  readonly root: string;
  readonly backends: readonly { readonly service: string; readonly weight: number }[];
  /** Groups of routes that the split is for; none: it is for all requests. */
  readonly groups: readonly string[];
}

const GROUP = 'split.smi-spec.io';

/** By namespace and root, as the splits write it. */
const byRoot = perCluster((cluster) => groupedBy(cluster.ofKind(GROUP, 'TrafficSplit').map(trafficSplit), ({ object, root }) => `${object.namespace}/${root}`));

/** Splits of a root, by any of the names that they may write for it. */
export function splitsOf(cluster: Cluster, namespace: string, names: readonly string[]): TrafficSplit[] {
  return names.flatMap((name) => byRoot(cluster).get(`${namespace}/${name}`) ?? []);
}

export function hasSplits(cluster: Cluster): boolean {
  return byRoot(cluster).size > 0;
}

function trafficSplit(object: KubeObject): TrafficSplit {
  return {
    object,
    root: object.spec.at('service').text() ?? '',
    backends: object.spec.at('backends').items().map((backend) => ({ service: backend.at('service').text() ?? '', weight: quantity(backend.at('weight')) ?? 0 })),
    groups: object.spec.at('matches').items().map((match) => match.at('name').text() ?? ''),
  };
}

const SUFFIXES: Readonly<Record<string, number>> = { '': 1, 'm': 0.001, 'k': 1000, 'M': 1_000_000 };

/** A number, or a quantity such as `500m`; never negative. @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
export function quantity(field: Field): number | undefined {
  if (typeof field.raw === 'number') return Math.max(0, field.number() ?? 0);
  const [, number, suffix] = /^([0-9]+(?:\.[0-9]+)?)(m|k|M|)$/.exec(field.text() ?? '') ?? [];
  return number === undefined ? undefined : Number(number) * SUFFIXES[suffix];
}
