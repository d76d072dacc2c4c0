import { Finding } from '../../model/finding';
import { carriesHttp } from '../../model/protocols';
import { Report } from '../../model/report';
import { OutlierDetection, RoutingModel } from '../../model/routing-model';
import { oneUnit } from '../gateway-api/duration';

const ACCRUAL = 'balancer.linkerd.io/failure-accrual';
const PLACE = 'trafficPolicy.outlierDetection';

/** A pod that fails again is left out longer each time, up to this. */
const LONGEST_PENALTY = 60_000;

/**
 * Circuit breaking of all versions, read from the Service that clients call. Without jitter the first penalty is as long as declared.
 * @see https://linkerd.io/2/reference/circuit-breaking/
 * @see https://github.com/linkerd/linkerd2/blob/main/policy-controller/k8s/index/src/outbound/index.rs (parse_accrual_config)
 */
export function failureAccrual({ trafficPolicy }: RoutingModel): Record<string, string> {
  const { consecutive5xxErrors, baseEjectionTime } = trafficPolicy?.outlierDetection ?? { consecutive5xxErrors: 0 };
  if (consecutive5xxErrors === 0) return {};
  return {
    [ACCRUAL]: 'consecutive',
    ...(consecutive5xxErrors === undefined ? {} : { [`${ACCRUAL}-consecutive-max-failures`]: String(consecutive5xxErrors) }),
    ...(baseEjectionTime === undefined ? {} : {
      [`${ACCRUAL}-consecutive-min-penalty`]: oneUnit(baseEjectionTime),
      [`${ACCRUAL}-consecutive-max-penalty`]: oneUnit(Math.max(baseEjectionTime, LONGEST_PENALTY)),
      [`${ACCRUAL}-consecutive-jitter-ratio`]: '0',
    }),
  };
}

/** What the circuit breaker has no words for. Values that say what Linkerd does anyway are taken. */
export function checkFailureAccrual(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  const outliers = model.trafficPolicy?.outlierDetection;
  if (!outliers) return [];
  for (const { field, neutral, why } of INEXPRESSIBLE) {
    const value = outliers[field];
    if (value !== undefined && value !== neutral) report.add('capability-missing', `${PLACE}.${field}`, why, 'leave it out');
  }
  for (const { number, protocol } of model.ports.filter((port) => !carriesHttp(port.protocol))) {
    report.add('capability-missing', PLACE, `Linkerd counts failed requests, and port ${number} carries ${protocol}`, 'leave it out, or move the port to a service of its own');
  }
  return report.findings;
}

const INEXPRESSIBLE: readonly { readonly field: keyof OutlierDetection; readonly neutral?: number; readonly why: string }[] = [
  { field: 'consecutiveGatewayErrors', neutral: 0, why: 'Linkerd counts every failed answer, not just 502, 503 and 504' },
  { field: 'interval', why: 'Linkerd looks at each answer as it comes, not at intervals' },
  { field: 'maxEjectionPercent', neutral: 100, why: 'Linkerd leaves out every pod that fails, even all of them' },
  { field: 'minHealthPercent', neutral: 0, why: 'Linkerd leaves failing pods out however few are left' },
];
