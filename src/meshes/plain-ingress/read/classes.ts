import { ingressesOf, Ingress } from './ingress';
import { Cluster } from '../../../manifests/cluster';
import { groupedBy } from '../../../manifests/grouped';
import { KubeObject } from '../../../manifests/kube-object';
import { perCluster } from '../../../manifests/per-cluster';

/** Ingresses of one class, in all namespaces: one controller serves them together. */
export interface IngressClass {
  /** Empty: that of the cluster, of which nothing is known. */
  readonly name: string;
  /** What the IngressClass says who serves it, where it is among the manifests. */
  readonly controller?: string;
  readonly ingresses: readonly Ingress[];
}

const GROUP = 'networking.k8s.io';
const IS_DEFAULT = 'ingressclass.kubernetes.io/is-default-class';

export const classesOf = perCluster((cluster): IngressClass[] => {
  const fallback = cluster.ofKind(GROUP, 'IngressClass').find(({ annotations }) => annotations[IS_DEFAULT] === 'true')?.name ?? '';
  const groups = groupedBy(ingressesOf(cluster), ({ className }) => className ?? fallback);
  return [...groups].map(([name, ingresses]) => ({
    name,
    controller: cluster.find(GROUP, 'IngressClass', '', name)?.spec.at('controller').text(),
    ingresses: [...ingresses].sort((a, b) => compareAges(a.object, b.object)),
  }));
});

/**
 * What is called by the name of a gateway: the class of an Ingress, or a class by its own name. Which of its Ingresses is named makes no
 * difference, because the controller looks at the host and at the path only.
 */
export function classCalled(cluster: Cluster, namespace: string, name: string): IngressClass | undefined {
  const classes = classesOf(cluster);
  return classes.find(({ ingresses }) => ingresses.some(({ object }) => object.namespace === namespace && object.name === name))
    ?? classes.find((one) => one.name !== '' && one.name === name);
}

/** The older comes first, which counts where two Ingresses claim one path; of one age, or of unknown ages, the one whose name is the last. */
function compareAges(a: KubeObject, b: KubeObject): number {
  const known = a.created !== undefined && b.created !== undefined;
  const ages = known ? compareTexts(a.created!, b.created!) : 0;
  return ages || compareTexts(`${b.namespace}/${b.name}`, `${a.namespace}/${a.name}`);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
