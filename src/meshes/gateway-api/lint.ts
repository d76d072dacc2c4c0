import { GROUP, ParentRef, ROUTE_KINDS, Route, routeIndex } from './read/routes';
import { LintProblem, LintRule } from '../../lint/lint-rule';
import { Cluster } from '../../manifests/cluster';

function routesOf(cluster: Cluster): readonly Route[] {
  const groups = new Set(cluster.objects.filter(({ kind }) => ROUTE_KINDS.some((one) => one === kind)).map(({ group }) => group));
  return routeIndex([...groups])(cluster).routes;
}

/** @see https://gateway-api.sigs.k8s.io/geps/gep-1294/ */
const PARENT_GROUP: LintRule = {
  code: 'parent-group',
  severity: 'warning',
  *check({ evaluator: { cluster }, tables }) {
    const followed = new Set(tables.flatMap(({ table }) => table.rules.map(({ object }) => object)));
    for (const { object, parents } of routesOf(cluster)) {
      for (const [index, { kind, group }] of parents.entries()) {
        // Some meshes take "core", too.
        if (kind !== 'Service' || group === '' || (group === 'core' && followed.has(object))) continue;
        const written = object.spec.at('parentRefs').items()[index].at('group');
        yield {
          object,
          place: written.place,
          message: `${written.exists ? '' : 'it is left out, which means '}"${group}", and a Service is of the group "": the route does not hang on it`,
          remedy: 'write `group: ""`',
        };
      }
    }
  },
};

/** A set of manifests without any Gateway, or without any Service of a namespace, leaves them to another repository. */
const PARENT_MISSING: LintRule = {
  code: 'parent-missing',
  severity: 'error',
  like: ['KIA1401'],
  *check({ evaluator: { cluster } }) {
    for (const { object, parents } of routesOf(cluster)) {
      for (const [index, parent] of parents.entries()) {
        const message = missing(cluster, parent);
        if (message) yield { object, place: object.spec.at('parentRefs').items()[index].place, message, remedy: 'name what the route is to hang on, or add it' };
      }
    }
  },
};

function missing(cluster: Cluster, { kind, group, namespace, name, sectionName }: ParentRef): LintProblem['message'] | undefined {
  if (kind === 'Service') {
    const known = cluster.services.some((service) => service.namespace === namespace);
    return known && !cluster.service(namespace, name) ? `there is no Service ${namespace}/${name}: the rules count for nothing` : undefined;
  }
  if (kind !== 'Gateway' || group !== GROUP || cluster.ofKind(GROUP, 'Gateway').length === 0) return undefined;
  const gateway = cluster.find(GROUP, 'Gateway', namespace, name);
  if (!gateway) return `there is no Gateway ${namespace}/${name}: the rules count for nothing`;
  const listeners = gateway.spec.at('listeners').items().map((listener) => listener.at('name').text());
  return sectionName === undefined || listeners.includes(sectionName) ? undefined : `${gateway.title} has no listener "${sectionName}", but ${listeners.join(', ') || 'none'}`;
}

/** @see https://gateway-api.sigs.k8s.io/geps/gep-1294/#hostnames */
const HOSTNAMES_IN_MESH: LintRule = {
  code: 'hostnames-in-mesh',
  severity: 'warning',
  *check({ evaluator: { cluster } }) {
    for (const { object, parents, hostnames } of routesOf(cluster)) {
      if (hostnames.length === 0 || parents.length === 0 || parents.some(({ kind }) => kind !== 'Service')) continue;
      yield {
        object,
        place: 'spec.hostnames',
        message: `${hostnames.map((name) => `"${name}"`).join(', ')}: on a Service the specification lets a mesh pass over host names, and meshes differ`,
        remedy: 'leave them out: a route on a Service is for whoever calls the Service',
      };
    }
  },
};

export const GATEWAY_API_RULES: readonly LintRule[] = [HOSTNAMES_IN_MESH, PARENT_GROUP, PARENT_MISSING];
