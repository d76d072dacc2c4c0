import { EntryTable } from '../../evaluation/entries';
import { KubeObject } from '../../manifests/kube-object';
import { LintRule } from '../lint-rule';

/**
 * Rules for calls of pods that get no proxy to follow them. A namespace that is not among the manifests may ask for proxies, and one of whose pods
 * some ask, or decline, is as somebody wants it.
 */
export const PODS_WITHOUT_PROXY: LintRule = {
  code: 'pods-without-proxy',
  severity: 'warning',
  like: ['IST0102', 'IST0103'],
  *check({ evaluator: { cluster, mesh }, tables }) {
    if (!mesh?.injection) return;
    for (const [name, rule] of routedNamespaces(tables)) {
      const object = cluster.find('', 'Namespace', '', name);
      const workloads = cluster.selected(name, {});
      if (!object || workloads.length === 0 || workloads.some((workload) => mesh.injection!.asks(cluster, workload) !== undefined)) continue;
      yield {
        object,
        place: 'metadata',
        message: `neither it nor its pods ask for a proxy, so that none of them follows ${rule.title}: ${some(workloads.map(({ name: one }) => one))}`,
        remedy: `give the namespace ${mesh.injection.asking}, or ${mesh.injection.declining} if its pods are not to be in the mesh`,
      };
    }
  },
};

/** Namespaces that the rules of the mesh are for, each with the object of one of them. */
function routedNamespaces(tables: readonly EntryTable[]): Map<string, KubeObject> {
  const found = new Map<string, KubeObject>();
  for (const { entry, called, table } of tables) {
    const object = entry.from === 'mesh' ? table.rules.find((rule) => rule.object !== undefined)?.object : undefined;
    for (const name of object ? [entry.namespace, called?.namespace] : []) {
      if (name !== undefined && !found.has(name)) found.set(name, object!);
    }
  }
  return found;
}

function some(names: readonly string[]): string {
  return `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}
