import { Construct } from 'constructs';
import { API_VERSION } from './kinds';
import { metrics, templateName } from '../metrics';
import { FlaggerContext } from './context';
import { FlaggerAnalysis } from './options';
import { MetricTemplate, MetricTemplateSpecProvider, MetricTemplateSpecProviderType } from '../../../imports/flagger.app';
import { writeControllerObject } from '../write';

/** One template for each metric that a gate of the rollout asks for. */
export function renderMetrics(scope: Construct, { service, model, props }: FlaggerContext): void {
  for (const metric of metrics(service.moves)) {
    writeControllerObject(scope, model, {
      id: `Metric-${metric.name}`,
      apiVersion: API_VERSION,
      kind: 'MetricTemplate',
      name: templateName(model, metric),
      manifest: () => MetricTemplate.manifest({
        spec: { provider: provider(props.analysis ?? {}), query: metric.query },
      }),
    });
  }
}

function provider({ prometheus, metricProvider }: FlaggerAnalysis): MetricTemplateSpecProvider {
  if (!metricProvider) return { type: MetricTemplateSpecProviderType.PROMETHEUS, address: prometheus };
  const { type, address, secretName, region } = metricProvider;
  const secretRef = secretName === undefined ? undefined : { name: secretName };
  return { type: type as string as MetricTemplateSpecProviderType, address, region, secretRef };
}
