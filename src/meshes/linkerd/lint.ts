import { LINKERD_ROUTES, POLICY_GROUP } from './read/routes';
import { profileCounts } from './read/service-profile';
import { LintRule } from '../../lint/lint-rule';
import { GROUP, routeIndex } from '../gateway-api/read/routes';

const index = routeIndex([GROUP, POLICY_GROUP]);

/** Only a line in a log says so. @see https://github.com/linkerd/linkerd2/blob/main/policy-controller/k8s/index/src/outbound/index/http.rs */
const ROUTE_IGNORED: LintRule = {
  code: 'route-ignored',
  severity: 'error',
  *check({ evaluator: { cluster, mesh } }) {
    if (mesh?.name !== LINKERD_ROUTES.name.toLowerCase()) return;
    for (const route of index(cluster).routes) {
      const reason = route.parents.some(({ kind }) => kind === 'Service') ? LINKERD_ROUTES.ignores?.(route) : undefined;
      if (reason) yield { object: route.object, place: 'spec.rules', message: reason, remedy: 'use only what Linkerd can convert: changes of headers, and redirects' };
    }
  },
};

/** @see https://linkerd.io/2/features/httproute/ */
const PROFILE_HIDES_ROUTES: LintRule = {
  code: 'profile-hides-routes',
  severity: 'error',
  *check({ evaluator: { cluster } }) {
    for (const profile of cluster.ofKind('linkerd.io', 'ServiceProfile')) {
      const service = cluster.serviceCalled(profile.name, profile.namespace);
      const routes = service && profileCounts(profile) ? index(cluster).on('Service', service.namespace, service.name) : [];
      if (routes.length === 0) continue;
      yield {
        object: profile,
        place: 'spec',
        message: `while it has routes or dstOverrides, Linkerd ignores ${[...new Set(routes.map(({ route }) => route.object.title))].join(', ')}`,
        remedy: 'keep one of the two: the routes, if nothing needs the profile',
      };
    }
  },
};

export const LINKERD_RULES: readonly LintRule[] = [PROFILE_HIDES_ROUTES, ROUTE_IGNORED];
