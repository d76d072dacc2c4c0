import { KumaOptions } from './options';
import { planPort } from './route-plan';
import { Finding } from '../../model/finding';
import { hasRules } from '../../model/protocols';
import { Report } from '../../model/report';
import { HeaderChanges, RoutingModel, Rule } from '../../model/routing-model';
import { placeOf } from '../../model/validate/place';

/** @see https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/meshhttproute/api/v1alpha1/meshhttproute.go (HeaderModifier) */
const MOST_CHANGES = 16;

/** Where lists of matches end that grow to keep the declared order. */
const MOST_MATCHES = 128;

/** What Kuma cannot keep of a model. */
export function check(model: RoutingModel, { meshName, clusterDomain }: KumaOptions): Finding[] {
  const report = new Report(model.path);
  if (meshName !== undefined) report.name('mesh.meshName', meshName, 'dns-1123-label', 'give a valid name');
  if (clusterDomain !== undefined) report.name('mesh.clusterDomain', clusterDomain, 'dns-host', 'give a DNS name');
  if (hasRules(model)) checkOrder(report, model);
  checkOutliers(report, model);
  for (const rule of model.rules) {
    if (rule.requestHeaders) checkChanges(report, rule.requestHeaders, placeOf(rule, 'requestHeaders'));
    if (rule.responseHeaders) checkChanges(report, rule.responseHeaders, placeOf(rule, 'responseHeaders'));
    checkNewPath(report, rule);
  }
  return report.findings;
}

function checkOrder(report: Report, model: RoutingModel): void {
  const plans = model.ports.map((port) => planPort(model, port));
  for (const { port, rules } of plans) {
    const count = rules.reduce((sum, { matches }) => sum + matches.length, 0);
    if (count > MOST_MATCHES) {
      report.add('capability-missing', 'routes', `${count} matches for port "${port.name}", and the order of ${MOST_MATCHES} at most is worked out for Kuma`, 'declare fewer');
    }
  }
  for (const { early, late } of plans.flatMap(({ conflicts }) => conflicts)) {
    report.add('order-inexpressible', early.place,
      `Kuma has no order of rules, and some requests that ${early.place} takes first would be taken by ${late.place}`,
      `let their conditions exclude each other, or declare ${late.place} first`);
  }
}

/** @see https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/meshcircuitbreaker/api/v1alpha1/validator.go (validateDetectors) */
function checkOutliers(report: Report, { trafficPolicy }: RoutingModel): void {
  const outliers = trafficPolicy?.outlierDetection;
  if (outliers && !outliers.consecutive5xxErrors && !outliers.consecutiveGatewayErrors) {
    report.add('policy-invalid', 'trafficPolicy.outlierDetection', 'no errors are counted, and Kuma counts none by itself',
      'give `consecutive5xxErrors` or `consecutiveGatewayErrors`');
  }
}

function checkChanges(report: Report, { set, add, remove }: HeaderChanges, place: string): void {
  const most = Math.max(Object.keys(set).length, Object.keys(add).length, remove.length);
  if (most > MOST_CHANGES) report.add('capability-missing', place, `${most} headers of a kind are changed, and Kuma changes ${MOST_CHANGES}`, 'declare fewer');
}

/** Envoy puts the new path in by a regular expression, for which a backslash is the beginning of a reference. */
function checkNewPath(report: Report, rule: Rule): void {
  const part = rule.action.kind === 'redirect' ? 'redirect' : 'rewrite';
  const path = rule.action.kind === 'redirect' ? rule.action.path : rule.action.rewrite?.path;
  if (path?.value.includes('\\')) report.add(`${part}-invalid`, placeOf(rule, part), `Kuma cannot write the backslash in "${path.value}"`, 'encode it as "%5C"');
}
