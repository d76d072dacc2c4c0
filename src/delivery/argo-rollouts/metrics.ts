import { Construct } from 'constructs';
import { ArgoContext } from './context';
import { API_VERSION } from './kinds';
import { AnalysisTemplate, AnalysisTemplateSpecMetricsCount as Count, AnalysisTemplateSpecMetricsFailureLimit as FailureLimit } from '../../../imports/argoproj.io';
import { MetricGateOptions } from '../../rollout/gate';
import { metrics, templateName } from '../metrics';
import { writeControllerObject } from '../write';

/** One template for each metric that a gate of the rollout asks for. */
export function renderMetrics(scope: Construct, { service, model, props }: ArgoContext): void {
  const { measurements = 1, failureLimit = 0, prometheus } = props.analysis ?? {};
  for (const metric of metrics(service.moves)) {
    writeControllerObject(scope, model, {
      id: `Metric-${metric.name}`,
      apiVersion: API_VERSION,
      kind: 'AnalysisTemplate',
      name: templateName(model, metric),
      manifest: () => AnalysisTemplate.manifest({
        spec: {
          metrics: [{
            name: metric.name,
            count: Count.fromNumber(measurements),
            interval: measurements > 1 ? `${(metric.interval?.toMilliseconds({ integral: false }) ?? 60_000) / 1000}s` : undefined,
            failureLimit: FailureLimit.fromNumber(failureLimit),
            successCondition: condition(metric),
            provider: { prometheus: { address: prometheus, query: metric.query } },
          }],
        },
      }),
    });
  }
}

/** Prometheus answers with a list of one number. No answer is no success. */
function condition({ min, max }: MetricGateOptions): string {
  return ['len(result) > 0', ...(min === undefined ? [] : [`result[0] >= ${min}`]), ...(max === undefined ? [] : [`result[0] <= ${max}`])].join(' && ');
}
