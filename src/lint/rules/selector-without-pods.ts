import { Workload } from '../../manifests/workload';
import { LintRule } from '../lint-rule';
import { splitRoots } from '../tables';

/** Without a workload in the namespace nothing is known about its pods: the manifests are of another kind. */
export const SELECTOR_WITHOUT_PODS: LintRule = {
  code: 'selector-without-pods',
  severity: 'error',
  like: ['KIA0701'],
  *check({ evaluator: { cluster }, tables }) {
    const roots = splitRoots(tables);
    for (const service of cluster.services) {
      if (!service.selector || roots.has(service) || cluster.selected(service.namespace, {}).length === 0) continue;
      if (cluster.behind(service).length > 0) continue;
      yield {
        object: service.object,
        place: 'spec.selector',
        message: `no pod carries ${labelText(service.selector)}${nearestText(cluster.selected(service.namespace, {}), service.selector)}`,
        remedy: 'make the labels those of a pod template in the same namespace',
      };
    }
  },
};

/** The workload that shares most of the labels is most likely the one that was meant. */
function nearestText(workloads: readonly Workload[], selector: Readonly<Record<string, string>>): string {
  const shared = ({ labels }: Workload) => Object.keys(selector).filter((key) => key in labels).length;
  const nearest = workloads.reduce((best, workload) => (shared(workload) > shared(best) ? workload : best));
  return `; those of ${nearest.object.title} carry ${labelText(nearest.labels) || 'no labels'}`;
}

export function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',');
}
