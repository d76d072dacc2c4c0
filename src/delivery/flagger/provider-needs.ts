import { FlaggerMetricProvider, FlaggerMetricProviderType } from './metric-provider';

/**
 * What Flagger gives up without.
 * @see https://github.com/fluxcd/flagger/tree/v1.44.0/pkg/metrics/providers
 */
const NEEDS: Readonly<Record<FlaggerMetricProviderType, readonly (keyof FlaggerMetricProvider)[]>> = {
  [FlaggerMetricProviderType.PROMETHEUS]: ['address'],
  [FlaggerMetricProviderType.INFLUXDB]: ['address', 'secretName'],
  [FlaggerMetricProviderType.DATADOG]: ['secretName'],
  [FlaggerMetricProviderType.STACKDRIVER]: [],
  [FlaggerMetricProviderType.CLOUDWATCH]: ['region'],
  [FlaggerMetricProviderType.NEWRELIC]: ['secretName'],
  [FlaggerMetricProviderType.GRAPHITE]: ['address'],
  [FlaggerMetricProviderType.DYNATRACE]: ['address', 'secretName'],
  [FlaggerMetricProviderType.SPLUNK]: ['address', 'secretName'],
};

/** Properties that the type needs and that are not there. */
export function missingOf(provider: FlaggerMetricProvider): string[] {
  return NEEDS[provider.type].filter((property) => provider[property] === undefined);
}
