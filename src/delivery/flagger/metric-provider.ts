/**
 * What answers the queries of `Gate.metric` for Flagger.
 *
 * @see https://docs.flagger.app/usage/metrics
 */
export enum FlaggerMetricProviderType {
  /** Needs an address. */
  PROMETHEUS = 'prometheus',
  /** Needs an address and a Secret. */
  INFLUXDB = 'influxdb',
  /** Needs a Secret. */
  DATADOG = 'datadog',
  /** Google Cloud Monitoring. */
  STACKDRIVER = 'stackdriver',
  /** Amazon CloudWatch; needs a region. */
  CLOUDWATCH = 'cloudwatch',
  /** Needs a Secret. */
  NEWRELIC = 'newrelic',
  /** Needs an address. */
  GRAPHITE = 'graphite',
  /** Needs an address and a Secret. */
  DYNATRACE = 'dynatrace',
  /** Splunk Observability Cloud; needs an address and a Secret. */
  SPLUNK = 'splunk',
}

/**
 * Where Flagger measures. What the type needs and is not there is refused (`analysis-missing`), as is what it does not
 * look at (`analysis-invalid`).
 */
export interface FlaggerMetricProvider {
  /**
   * What is asked. Queries are in its own language.
   */
  readonly type: FlaggerMetricProviderType;

  /**
   * Its URL, such as `http://prometheus.monitoring:9090`.
   *
   * @default - the one of the type, where it has one
   */
  readonly address?: string;

  /**
   * Name of the Secret with what it asks for, in the namespace of the service, by the keys that Flagger knows for the type.
   *
   * @default - none
   */
  readonly secretName?: string;

  /**
   * Region of CloudWatch.
   *
   * @default - none
   */
  readonly region?: string;
}
