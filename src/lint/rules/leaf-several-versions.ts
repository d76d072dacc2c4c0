import { versionOf } from '../../evaluation/version-of';
import { LintRule } from '../lint-rule';
import { forwards } from '../tables';

/** One of several backends that holds what another holds as well. The root as a backend of its own split is meant to. */
export const LEAF_SEVERAL_VERSIONS: LintRule = {
  code: 'leaf-several-versions',
  severity: 'warning',
  *check({ evaluator: { cluster }, tables }) {
    const told = new Set<string>();
    for (const { view, destinations } of forwards(tables)) {
      if (destinations.length < 2) continue;
      for (const { to } of destinations) {
        if (to.kind !== 'pods' || to.service === view.called && !to.labels) continue;
        const versions = new Set(cluster.endpoints(to.service, to.port, to.labels).map(({ workload }) => versionOf(workload)));
        const key = `${to.service.object.key} ${to.subset ?? ''}`;
        if (versions.size < 2 || told.has(key)) continue;
        told.add(key);
        yield {
          object: to.service.object,
          place: 'spec.selector',
          message: `${to.subset ? `its subset "${to.subset}"` : 'it'} is one of several backends of ${view.entry.host} and holds the versions ${[...versions].join(', ')}`,
          remedy: 'add the version label to what selects the pods',
        };
      }
    }
  },
};
