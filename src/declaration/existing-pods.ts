import { KubeObject } from '../manifests/kube-object';
import { workloadOf } from '../manifests/workload';
import { Selector } from '../model/selector';

/** What matters of an existing Deployment. */
export interface ExistingPods {
  readonly name: string;
  /** Empty: it names none. */
  readonly namespace: string;
  readonly selector: Selector;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly replicas: number;
  readonly serviceAccount: string;
  /** Ports of the containers, by name and number; empty: they name none. */
  readonly ports: readonly { readonly name?: string; readonly number: number }[];
}

export function podsOf(object: KubeObject): ExistingPods {
  const { labels, annotations, pods, serviceAccount, containerPorts } = workloadOf(object, () => undefined)!;
  const selector = object.spec.at('selector');
  const expressions = selector.at('matchExpressions').items().map((one) => (
    { key: one.at('key').text() ?? '', operator: one.at('operator').text() ?? '', values: one.at('values').texts() }));
  return {
    name: object.name,
    namespace: object.namespace,
    selector: { labels: selector.at('matchLabels').textMap(), expressions },
    podLabels: labels,
    podAnnotations: annotations,
    replicas: pods,
    serviceAccount,
    ports: containerPorts,
  };
}
