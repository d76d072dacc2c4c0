import { ObjectIndex, objectsNamed } from '../../app/object-index';
import { Finding } from '../../model/finding';
import { hasRules } from '../../model/protocols';
import { Report } from '../../model/report';
import { RoutingModel } from '../../model/routing-model';

/** What makes Linkerd follow a ServiceProfile and nothing else. */
const OVERRULING = ['routes', 'dstOverrides'] as const;

/**
 * A ServiceProfile with routes or overrides switches off all routes and annotations of the Service that it is named after.
 * @see https://github.com/linkerd/linkerd2-proxy/blob/main/linkerd/service-profiles/src/lib.rs (has_routes_or_targets)
 * @see https://linkerd.io/2/features/service-profiles/
 */
export function checkServiceProfiles(model: RoutingModel, objects: ObjectIndex): Finding[] {
  const report = new Report(model.path);
  if (!hasRules(model) && !model.trafficPolicy) return [];
  for (const profile of objectsNamed(objects, 'linkerd.io', 'ServiceProfile', model.root.host)) {
    const { spec = {} } = profile.toJson() as { spec?: Record<string, unknown[] | undefined> };
    const found = OVERRULING.filter((field) => (spec[field] ?? []).length > 0);
    if (found.length === 0) continue;
    report.add('object-overrules', 'name', `"${profile.node.path}" is a ServiceProfile with ${found.join(' and ')}, beside which Linkerd ignores the routes and policies of this service`,
      'drop it, or what it says there');
  }
  return report.findings;
}
