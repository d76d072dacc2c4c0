import { NAME } from './name';
import { IstioOptions } from './options';
import { Finding } from '../../model/finding';
import { nameProblem } from '../../model/names';
import { hasHttp } from '../../model/protocols';
import { Report } from '../../model/report';
import { Match, RoutingModel, Rule } from '../../model/routing-model';
import { placeOf } from '../../model/validate/place';

/** The least share above 0 that Istio takes. @see https://github.com/istio/istio/blob/master/pkg/config/validation/validation.go (validatePercentage) */
const LEAST_PERCENT = 0.0001;

/** @see https://github.com/istio/istio/blob/master/pkg/config/validation/validation.go (validateStringRegexp) */
const LONGEST_REGEX = 1024;

/** What Istio cannot keep of a model. */
export function check(model: RoutingModel, options: IstioOptions): Finding[] {
  const report = new Report(model.path);
  for (const rule of model.rules) {
    checkShares(report, rule);
    rule.matches.forEach((match, index) => checkRegexes(report, match, placeOf(rule, `matches[${index}]`)));
  }
  checkServerNames(report, model);
  checkAllowedPaths(report, model);
  checkOptions(report, model, options);
  checkVisibility(report, model, options);
  return report.findings;
}

function checkShares(report: Report, rule: Rule): void {
  const tooSmall = (percent: number) => percent > 0 && percent < LEAST_PERCENT;
  const text = (percent: number) => `the share is ${percent}, and the least that Istio takes is ${LEAST_PERCENT}`;
  for (const part of [rule.fault?.delay, rule.fault?.abort]) {
    if (part && tooSmall(part.percent)) report.add('fault-invalid', placeOf(rule, 'fault'), text(part.percent), 'give a larger share');
  }
  if (rule.action.kind === 'redirect') return;
  rule.action.mirrors.forEach(({ percent }, index) => {
    if (tooSmall(percent)) report.add('mirror-invalid', placeOf(rule, `mirrors[${index}]`), text(percent), 'give a larger share');
  });
}

export function checkRegexes(report: Report, match: Match, place: string): void {
  const values = [match.path, ...match.headers.map(({ value }) => value), ...match.queryParams.map(({ value }) => value)];
  for (const value of values) {
    if (value?.kind === 'regex' && value.value?.length > LONGEST_REGEX) {
      report.add('regex-invalid', place, `a regular expression of ${value.value.length} characters, and Istio takes ${LONGEST_REGEX}`, 'split it over several matches');
    }
  }
}

/** The hosts of a VirtualService count for all its routes, so that a server name would take HTTP requests to that host as well. */
function checkServerNames(report: Report, model: RoutingModel): void {
  const http = hasHttp(model);
  model.ports.forEach(({ sniHosts }, index) => sniHosts.forEach((host, at) => {
    const place = `ports[${index}].sniHosts[${at}]`;
    if (!host.includes('.')) report.add('port-invalid', place, `"${host}" is a short name, which Istio takes for the root Service once more`, 'give it in full');
    else if (http && host !== model.root.host) report.add('port-invalid', place, `"${host}" would take HTTP requests to that host as well`, 'declare the TLS port in a service of its own');
  }));
}

/** An AuthorizationPolicy knows no regular expressions, and gives stars and braces a meaning of their own. */
function checkAllowedPaths(report: Report, model: RoutingModel): void {
  (model.clients ?? []).forEach(({ requests }, index) => requests.forEach(({ path }, at) => {
    const place = `allowFrom[${index}].requests[${at}].path`;
    if (path?.kind === 'regex') {
      report.add('capability-missing', place, 'Istio cannot tell allowed requests apart by a regular expression', 'use `PathMatch.exact` or `PathMatch.prefix`');
    } else if (path && /[*{}]/.test(path.value)) {
      report.add('path-invalid', place, `Istio takes "*", "{" and "}" in "${path.value}" for placeholders`, 'use a path without them');
    }
  }));
}

function checkOptions(report: Report, model: RoutingModel, options: IstioOptions): void {
  if (options.clusterDomain !== undefined) report.name('mesh.clusterDomain', options.clusterDomain, 'dns-host', 'give a DNS name');
  if (options.trustDomain !== undefined) report.name('mesh.trustDomain', options.trustDomain, 'dns-host', 'give a DNS name');
  const names = ['destinationRuleName', 'virtualServiceName', 'authorizationPolicyName', 'peerAuthenticationName'] as const;
  for (const name of names) {
    const given = options[name];
    if (given !== undefined) report.name(`mesh.${name}`, given, 'dns-1123-subdomain', 'give a valid name');
  }
  if (options.destinationRuleName !== undefined && model.byLeaves && !model.trafficPolicy) {
    report.add('controller-unfit', 'mesh.destinationRuleName', `nothing is named "${options.destinationRuleName}": Services instead of subsets and no traffic policy need no DestinationRule`, 'drop the name');
  }
  for (const [key, value] of Object.entries(options.injection?._namespaceLabels ?? {})) {
    if (nameProblem(value, 'label-value') ?? (value === '' ? 'empty' : undefined)) report.add('label-invalid', 'mesh.injection', `"${value}" cannot be the value of ${key}`, 'name a revision');
  }
  checkExportTo(report, options.exportTo, model.namespace);
}

/** @see https://github.com/istio/istio/blob/master/pkg/config/validation/validation.go (validateExportTo) */
function checkExportTo(report: Report, exportTo: string[] | undefined, own: string): void {
  if (exportTo === undefined) return;
  const place = 'mesh.exportTo';
  if (exportTo.length === 0) report.add('name-invalid', place, 'the list is empty', 'leave it out for all namespaces');
  if (new Set(exportTo.map((entry) => (entry === '.' ? own : entry))).size < exportTo.length) report.add('name-invalid', place, 'a namespace stands there twice', 'name each once');
  if (exportTo.includes('*') && exportTo.length > 1) report.add('name-invalid', place, '"*" stands beside other namespaces', 'drop the others');
  for (const namespace of exportTo.filter((entry) => entry !== '*' && entry !== '.')) report.name(place, namespace, 'dns-1123-label', 'name a namespace, ".", or "*"');
}

/** A gateway that does not see the DestinationRule has no subsets to send to. */
function checkVisibility(report: Report, model: RoutingModel, { exportTo }: IstioOptions): void {
  if (exportTo === undefined || exportTo.includes('*')) return;
  const visible = exportTo.map((namespace) => (namespace === '.' ? model.namespace : namespace));
  for (const { gateway } of model.exposures.filter((exposure) => exposure.gateway.system === NAME)) {
    if (visible.includes(gateway.client.namespace)) continue;
    report.add('exposure-invalid', 'mesh.exportTo', `the pods of the gateway "${gateway.name}" run in namespace "${gateway.client.namespace}", which does not see the subsets`,
      `add "${gateway.client.namespace}"`);
  }
}
