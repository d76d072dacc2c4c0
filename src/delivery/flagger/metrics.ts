import { Construct } from 'constructs';
import { API_VERSION } from './kinds';
import { metrics as metricsOfRollout } from '../metrics';
import { FlaggerContext } from './context';
import { MetricTemplate, MetricTemplateSpecProviderType } from '../../../imports/flagger.app';
import { RoutingModel } from '../../model/routing-model';
import { MetricGateOptions } from '../../rollout/gate';
import { writeControllerObject } from '../write';

/** Name of the template for a metric: those of two services may stand in one namespace. */
export function metricName({ root }: RoutingModel, { name }: MetricGateOptions): string {
  return `${root.name}-${name}`;
}

/** One template for each metric that a gate of the rollout asks for. */
export function renderMetrics(scope: Construct, { service, model, props }: FlaggerContext): void {
  for (const metric of metricsOfRollout(service.moves)) {
    writeControllerObject(scope, model, {
      id: `Metric-${metric.name}`,
      apiVersion: API_VERSION,
      kind: 'MetricTemplate',
      name: metricName(model, metric),
      manifest: () => MetricTemplate.manifest({
        spec: { provider: { type: MetricTemplateSpecProviderType.PROMETHEUS, address: props.analysis?.prometheus }, query: metric.query },
      }),
    });
  }
}
