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

/** What may be given, and is read, besides what is needed. */
const MAY_HAVE: Readonly<Record<FlaggerMetricProviderType, readonly (keyof FlaggerMetricProvider)[]>> = {
  [FlaggerMetricProviderType.PROMETHEUS]: ['secretName'],
  [FlaggerMetricProviderType.INFLUXDB]: [],
  [FlaggerMetricProviderType.DATADOG]: ['address'],
  [FlaggerMetricProviderType.STACKDRIVER]: ['secretName'],
  [FlaggerMetricProviderType.CLOUDWATCH]: [],
  [FlaggerMetricProviderType.NEWRELIC]: ['address'],
  [FlaggerMetricProviderType.GRAPHITE]: ['secretName'],
  [FlaggerMetricProviderType.DYNATRACE]: [],
  [FlaggerMetricProviderType.SPLUNK]: [],
};

/** Properties that the type needs and that are not there. */
export function missingOf(provider: FlaggerMetricProvider): string[] {
  return NEEDS[provider.type].filter((property) => !provider[property]?.trim());
}

/** Properties that are there, and that Flagger does not read for the type. */
export function unusedOf(provider: FlaggerMetricProvider): string[] {
  const read = [...NEEDS[provider.type], ...MAY_HAVE[provider.type]];
  return (['address', 'secretName', 'region'] as const).filter((property) => provider[property] !== undefined && !read.includes(property));
}
