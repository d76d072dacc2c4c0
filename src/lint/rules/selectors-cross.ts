import { Cluster } from '../../manifests/cluster';
import { Service } from '../../manifests/service';
import { Workload } from '../../manifests/workload';
import { LintRule } from '../lint-rule';

/** A root and its leaves share pods by intention: one selects all that the other does. Two Services that share only some do not. */
export const SELECTORS_CROSS: LintRule = {
  code: 'selectors-cross',
  severity: 'warning',
  *check({ evaluator: { cluster } }) {
    const selecting = servicesByWorkload(cluster);
    const told = new Set<string>();
    for (const [workload, services] of selecting) {
      for (const [index, first] of services.entries()) {
        for (const second of services.slice(index + 1)) {
          const pair = `${first.object.key} ${second.object.key}`;
          if (told.has(pair) || nested(cluster, first, second)) continue;
          told.add(pair);
          yield {
            object: first.object,
            place: 'spec.selector',
            message: `it selects the pods of ${workload.object.title}, and so does ${second.object.title}, which has others of its own`,
            remedy: 'add a label to one of the selectors that only its own pods carry',
          };
        }
      }
    }
  },
};

function servicesByWorkload(cluster: Cluster): Map<Workload, Service[]> {
  const found = new Map<Workload, Service[]>();
  for (const service of cluster.services) {
    for (const workload of cluster.behind(service)) found.set(workload, [...found.get(workload) ?? [], service]);
  }
  return found;
}

function nested(cluster: Cluster, first: Service, second: Service): boolean {
  const [one, other] = [new Set(cluster.behind(first)), new Set(cluster.behind(second))];
  return [...one].every((workload) => other.has(workload)) || [...other].every((workload) => one.has(workload));
}
