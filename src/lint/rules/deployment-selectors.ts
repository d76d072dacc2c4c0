import { Field } from '../../manifests/field';
import { selects } from '../../manifests/label-selector';
import { Workload } from '../../manifests/workload';
import { LintRule } from '../lint-rule';
import { labelText } from './selector-without-pods';

/** Kinds that adopt every pod that their selector takes. */
const ADOPTING = new Set(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Rollout']);

/** Controllers fight over pods that two of them select. @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector */
export const DEPLOYMENT_SELECTORS_OVERLAP: LintRule = {
  code: 'deployment-selectors-overlap',
  severity: 'error',
  *check({ evaluator: { cluster } }) {
    for (const workload of adopting(cluster.workloads)) {
      const selector = selectorOf(workload);
      if (Object.keys(selector.labels).length === 0) continue;
      for (const other of cluster.selected(workload.namespace, selector.labels)) {
        if (other === workload || !ADOPTING.has(other.object.kind) || !selector.takes(other.labels)) continue;
        yield {
          object: workload.object,
          place: 'spec.selector',
          message: `it also selects the pods of ${other.object.title} (${labelText(other.labels)})`,
          remedy: 'add the label that tells the two apart, such as the version, to both selectors',
        };
      }
    }
  },
};

/** The API server refuses it. */
export const SELECTOR_MISSES_TEMPLATE: LintRule = {
  code: 'selector-misses-template',
  severity: 'error',
  *check({ evaluator: { cluster } }) {
    for (const workload of adopting(cluster.workloads)) {
      const selector = selectorOf(workload);
      if (!workload.object.spec.at('template').exists || selector.takes(workload.labels)) continue;
      yield {
        object: workload.object,
        place: 'spec.selector',
        message: `it does not select the pods of its own template (${labelText(workload.labels) || 'without labels'})`,
        remedy: 'give the template every label that the selector names',
      };
    }
  },
};

function adopting(workloads: readonly Workload[]): Workload[] {
  return workloads.filter(({ object }) => ADOPTING.has(object.kind));
}

interface WorkloadSelector {
  readonly labels: Readonly<Record<string, string>>;
  takes(labels: Readonly<Record<string, string>>): boolean;
}

/** A selector without any condition takes nothing here: the API server refuses it. */
export function selectorOf({ object }: Workload): WorkloadSelector {
  return labelSelector(object.spec.at('selector'));
}

export function labelSelector(field: Field): WorkloadSelector {
  const labels = field.at('matchLabels').textMap();
  const asks = Object.keys(labels).length + field.at('matchExpressions').items().length > 0;
  return { labels, takes: (given) => asks && selects(field, given) };
}
