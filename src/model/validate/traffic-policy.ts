import { Finding } from '../finding';
import { ConnectionPool, LoadBalancing, OutlierDetection, RoutingModel, TrafficPolicy } from '../routing-model';
import { checkHeaderName } from './matches';
import { Report } from '../report';

const MAX_COUNT = 2 ** 31 - 1;
const COUNTS = ['maxConnections', 'http1MaxPendingRequests', 'http2MaxRequests', 'maxRequestsPerConnection', 'maxRetries'] as const;
const POOL_DURATIONS = ['connectTimeout', 'tcpIdleTimeout', 'maxConnectionDuration', 'httpIdleTimeout'] as const;

export function checkTrafficPolicies(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  checkPolicy(report, model.trafficPolicy, 'trafficPolicy');
  if (model.versions.some((version) => !version.trafficPolicy?.loadBalancing)) checkPassthrough(report, model, model.trafficPolicy, 'trafficPolicy');
  for (const version of model.versions) {
    const place = `versions.${version.name}.trafficPolicy`;
    checkPolicy(report, version.trafficPolicy, place);
    checkPassthrough(report, model, version.trafficPolicy, place);
  }
  return report.findings;
}

/** The address that the client called is that of the root: whatever version was chosen, any pod behind it answers. */
function checkPassthrough(report: Report, model: RoutingModel, policy: TrafficPolicy | undefined, place: string): void {
  const chooses = model.rules.some(({ action }) => action.kind === 'forward' && action.split.kind === 'weights');
  if (policy?.loadBalancing?.kind !== 'passthrough') return;
  if (model.exposures.length > 0) {
    report.add('policy-invalid', `${place}.loadBalancing`, 'what comes through a gateway was sent to the gateway, and would come back to it', 'use another load balancing');
  }
  if (chooses && model.versions.length > 1) {
    report.add('policy-invalid', `${place}.loadBalancing`, 'requests go to the address that the client called, so that the weights have no effect',
      'use another load balancing, or `splitByPods`');
  }
}

function checkPolicy(report: Report, policy: TrafficPolicy | undefined, place: string): void {
  if (!policy) return;
  if (policy.loadBalancing) checkLoadBalancing(report, policy.loadBalancing, `${place}.loadBalancing`);
  if (policy.connectionPool) checkConnectionPool(report, policy.connectionPool, `${place}.connectionPool`);
  if (policy.outlierDetection) checkOutlierDetection(report, policy.outlierDetection, `${place}.outlierDetection`);
  if (!policy.loadBalancing && !policy.connectionPool && !policy.outlierDetection) {
    report.add('policy-invalid', place, 'the traffic policy says nothing', 'set one of its fields, or drop it');
  }
}

function checkLoadBalancing(report: Report, balancing: LoadBalancing, place: string): void {
  if (balancing.kind === 'hash-header') checkHeaderName(report, balancing.name, place);
  if ((balancing.kind === 'hash-query' || balancing.kind === 'hash-cookie') && balancing.name === '') {
    report.add('policy-invalid', place, 'the name to hash by is empty', 'name the cookie or query parameter');
  }
  if (balancing.kind === 'hash-cookie' && /[\s;,="]/.test(balancing.name)) {
    report.add('policy-invalid', place, `"${balancing.name}" is no cookie name`, 'use letters, digits, "-" and "_"');
  }
  if (balancing.kind === 'hash-cookie' && balancing.ttl !== 0) report.milliseconds('policy-invalid', place, balancing.ttl, 'or 0 for the session');
}

function checkConnectionPool(report: Report, pool: ConnectionPool, place: string): void {
  for (const field of COUNTS) report.wholeNumber('policy-invalid', `${place}.${field}`, pool[field], field === 'maxRequestsPerConnection' ? 0 : 1, MAX_COUNT);
  for (const field of POOL_DURATIONS) report.milliseconds('policy-invalid', `${place}.${field}`, pool[field], 'or leave it out');
  if (Object.values(pool).every((value) => value === undefined)) {
    report.add('policy-invalid', place, 'the connection pool has no limit', 'set one of its fields, or drop it');
  }
}

function checkOutlierDetection(report: Report, outliers: OutlierDetection, place: string): void {
  if (Object.values(outliers).every((value) => value === undefined)) {
    report.add('policy-invalid', place, 'the outlier detection says nothing', 'set one of its fields, or drop it');
  }
  report.wholeNumber('policy-invalid', `${place}.consecutive5xxErrors`, outliers.consecutive5xxErrors, 0, MAX_COUNT);
  report.wholeNumber('policy-invalid', `${place}.consecutiveGatewayErrors`, outliers.consecutiveGatewayErrors, 0, MAX_COUNT);
  report.wholeNumber('policy-invalid', `${place}.maxEjectionPercent`, outliers.maxEjectionPercent, 1, 100);
  report.wholeNumber('policy-invalid', `${place}.minHealthPercent`, outliers.minHealthPercent, 0, 100);
  report.milliseconds('policy-invalid', `${place}.interval`, outliers.interval, 'or leave it out');
  report.milliseconds('policy-invalid', `${place}.baseEjectionTime`, outliers.baseEjectionTime, 'or leave it out');
}
