import { Finding } from '../finding';
import { carriesHttp, hasHttp, httpParts, takesEverything } from '../protocols';
import { Fault, Forward, RoutingModel, Rule } from '../routing-model';
import { checkFilters, checkRedirect, checkRetries, checkRewrite } from './filters';
import { checkMatch } from './matches';
import { placeOf } from './place';
import { Report } from '../report';
import { reportUnknownVersion } from './weights';

export function checkRules(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  for (const rule of model.rules) checkRule(report, model, rule);
  return report.findings;
}

function checkRule(report: Report, model: RoutingModel, rule: Rule): void {
  rule.matches.forEach((match, index) => checkMatch(report, model, match, placeOf(rule, `matches[${index}]`)));
  checkPort(report, model, rule);
  checkFilters(report, rule);
  if (rule.fault) checkFault(report, rule, rule.fault, placeOf(rule, 'fault'));
  if (rule.action.kind === 'redirect') checkRedirect(report, rule, rule.action);
  else checkForward(report, model, rule, rule.action);
}

function checkForward(report: Report, model: RoutingModel, rule: Rule, action: Forward): void {
  report.milliseconds('timeout-invalid', placeOf(rule, 'timeout'), action.timeout, 'or leave it out for none');
  if (action.retries) checkRetries(report, placeOf(rule, 'retries'), action.retries);
  if (action.rewrite) checkRewrite(report, rule, action.rewrite);
  checkMirrors(report, model, rule, action);
}

function checkMirrors(report: Report, model: RoutingModel, rule: Rule, action: Forward): void {
  action.mirrors.forEach((mirror, index) => {
    const place = placeOf(rule, `mirrors[${index}]`);
    const version = model.versions.find((candidate) => candidate.name === mirror.version);
    if (!version) {
      reportUnknownVersion(report, model, place, mirror.version);
    } else if (mirror.percent > 0 && version.replicas === 0) {
      report.add('version-without-replicas', place, `requests are mirrored to the version "${mirror.version}", which has 0 replicas`, 'give it replicas, or drop the mirror');
    }
    report.percent('mirror-invalid', place, mirror.percent);
    if (action.mirrors.findIndex(({ version: other }) => other === mirror.version) < index) {
      report.add('mirror-invalid', place, `requests are mirrored to "${mirror.version}" twice`, 'drop one of the two');
    }
    if (onlyAnswersFrom(model, action, mirror.version)) {
      report.add('mirror-self', place, `"${mirror.version}" answers every request of this rule and would get each of them again`, 'mirror to another version');
    }
  });
}

function onlyAnswersFrom(model: RoutingModel, action: Forward, version: string): boolean {
  if (action.split.kind === 'endpoints') return model.versions.every(({ name }) => name === version);
  const receivers = [...action.split.weights].filter(([, weight]) => weight > 0);
  return receivers.length === 1 && receivers[0][0] === version;
}

function checkPort(report: Report, model: RoutingModel, rule: Rule): void {
  const port = model.ports.find((candidate) => candidate.number === rule.port);
  if (rule.port !== undefined && !port) {
    report.add('port-unknown', placeOf(rule, 'port'), `the service has no port ${rule.port}, declared are ${model.ports.map(({ number }) => number).join(', ')}`,
      'name a declared port');
    return;
  }
  const ports = port ? [port] : model.ports;
  if (ports.length === 0 || ports.some(({ protocol }) => carriesHttp(protocol))) return;
  const inherited = hasHttp(model) ? rule.inherited : [];
  for (const part of httpParts(rule).filter((declared) => !inherited.includes(declared))) {
    report.add('rule-needs-http', placeOf(rule, part), `this needs HTTP, and ${ports.map(({ number, protocol }) => `port ${number} carries ${protocol}`).join(', ')}`,
      'declare the port as HTTP, HTTP2 or GRPC, or drop it');
  }
}

/** @see https://grpc.io/docs/guides/status-codes/ */
const GRPC_STATUSES = [
  'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS', 'PERMISSION_DENIED', 'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED',
];

function checkFault(report: Report, rule: Rule, fault: Fault, place: string): void {
  if (!fault.delay && !fault.abort) {
    report.add('fault-invalid', place, 'the fault neither delays nor aborts', 'use `Fault.delay` or `Fault.abort`');
  }
  if (fault.delay) {
    report.milliseconds('fault-invalid', place, fault.delay.duration, 'or drop the fault');
    report.percent('fault-invalid', place, fault.delay.percent);
  }
  if (fault.abort) {
    report.percent('fault-invalid', place, fault.abort.percent);
    const { status } = fault.abort;
    if (status.kind === 'http') report.wholeNumber('fault-invalid', place, status.code, 200, 599);
    else if (!GRPC_STATUSES.includes(status.code)) report.add('fault-invalid', place, `"${status.code}" is no gRPC status`, 'use one of `GrpcStatus`');
  }
  if (takesEverything(rule) && !fault.allTraffic) {
    report.add('fault-all-traffic', place, 'the fault has no condition and would hit every request',
      'move it to a route with `matches`, or say `allTraffic: true` if that is meant');
  }
}
