import { versionOf } from '../../evaluation/version-of';
import { LintRule } from '../lint-rule';
import { labelSelector } from './deployment-selectors';

/** A budget over several versions lets all pods of the smaller one be evicted at once. */
export const DISRUPTION_BUDGET_SPANS_VERSIONS: LintRule = {
  code: 'disruption-budget-spans-versions',
  severity: 'warning',
  *check({ evaluator: { cluster } }) {
    for (const budget of cluster.ofKind('policy', 'PodDisruptionBudget')) {
      const selector = labelSelector(budget.spec.at('selector'));
      const pods = cluster.selected(budget.namespace, selector.labels).filter(({ labels }) => selector.takes(labels));
      const versions = [...new Set(pods.map(versionOf))];
      if (versions.length < 2) continue;
      yield {
        object: budget,
        place: 'spec.selector',
        message: `it covers the versions ${versions.join(', ')} together, so that one of them may lose all its pods`,
        remedy: 'write a budget for each version, with the version label in its selector',
      };
    }
  },
};
