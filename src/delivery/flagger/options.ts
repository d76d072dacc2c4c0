import { Duration } from 'cdk8s';
import { FlaggerMetricProvider } from './metric-provider';
import { ControlledServiceProps } from '../controlled-service-props';

/**
 * When Flagger calls a webhook.
 */
export enum FlaggerWebhookType {
  /** Before the pods of the candidate start. */
  CONFIRM_ROLLOUT = 'confirm-rollout',
  /** Once, before the candidate gets traffic; an error counts as a failed measurement. */
  PRE_ROLLOUT = 'pre-rollout',
  /** With each measurement; an error counts as a failed one. */
  ROLLOUT = 'rollout',
  /** Before each weight, the first one and the promotion included. */
  CONFIRM_TRAFFIC_INCREASE = 'confirm-traffic-increase',
  /** Before the candidate becomes the stable version. */
  CONFIRM_PROMOTION = 'confirm-promotion',
  /** After the rollout, whether it was promoted or not. */
  POST_ROLLOUT = 'post-rollout',
  /** At every step: an answer without error sends everything back. */
  ROLLBACK = 'rollback',
  /** With each event. */
  EVENT = 'event',
}

/**
 * A URL that Flagger calls.
 *
 * @see https://docs.flagger.app/usage/webhooks
 */
export interface FlaggerWebhook {
  /**
   * Name of the webhook, another one for each (`analysis-invalid` otherwise).
   */
  readonly name: string;

  /**
   * When it is called.
   */
  readonly type: FlaggerWebhookType;

  /**
   * The URL, called with POST (`analysis-invalid` if it is none). An answer from 200 to 202 means yes.
   */
  readonly url: string;

  /**
   * How long Flagger waits for the answer: whole seconds, at least 1 second (`analysis-invalid` otherwise).
   *
   * @default - 10 seconds, as Flagger does by itself
   */
  readonly timeout?: Duration;

  /**
   * What Flagger sends along.
   *
   * @default - nothing
   */
  readonly metadata?: { [key: string]: string };
}

/**
 * What Flagger tells of.
 */
export enum FlaggerAlertSeverity {
  /** Everything. */
  INFO = 'info',
  /** What goes wrong, and what did. */
  WARN = 'warn',
  /** A rollout that failed. */
  ERROR = 'error',
}

/**
 * A message to people. The `AlertProvider` is not made here: it knows a channel and a Secret of the cluster.
 *
 * @see https://docs.flagger.app/usage/alerting#canary-configuration
 */
export interface FlaggerAlert {
  /**
   * Name of the alert, another one for each (`analysis-invalid` otherwise).
   */
  readonly name: string;

  /**
   * Name of the `AlertProvider`.
   */
  readonly provider: string;

  /**
   * Namespace of the `AlertProvider`.
   *
   * @default - that of the service
   */
  readonly providerNamespace?: string;

  /**
   * What is told.
   *
   * @default FlaggerAlertSeverity.INFO
   */
  readonly severity?: FlaggerAlertSeverity;
}

/**
 * Keeps a client on the version that it got first, by a cookie.
 *
 * @see https://docs.flagger.app/usage/deployment-strategies#canary-release-with-session-affinity
 */
export interface FlaggerSessionAffinity {
  /**
   * Name of the cookie of clients that got the candidate (`analysis-invalid` if it is none).
   */
  readonly cookieName: string;

  /**
   * Name of the cookie of clients that got the stable version, another one than `cookieName` (`analysis-invalid` otherwise).
   *
   * @default - none: clients of the stable version may get the candidate later
   */
  readonly primaryCookieName?: string;

  /**
   * How long the cookies live: whole seconds, at least 1 second (`analysis-invalid` otherwise).
   *
   * @default Duration.days(1)
   */
  readonly maxAge?: Duration;
}

/**
 * How Flagger looks at the candidate while it gets traffic.
 *
 * @see https://docs.flagger.app/usage/how-it-works#canary-analysis
 */
export interface FlaggerAnalysis {
  /**
   * Time between two looks, and so the shortest time of a step: whole seconds, at least 10 seconds (`analysis-invalid` otherwise).
   *
   * @default - the duration that the gates of the steps give, without one a minute
   */
  readonly interval?: Duration;

  /**
   * Number of looks that may fail before everything goes back to the stable version, from 1 on (`analysis-invalid` otherwise).
   *
   * @default 5
   */
  readonly threshold?: number;

  /**
   * Address of the Prometheus that answers the queries of `Gate.metric`, such as `http://prometheus.monitoring:9090`.
   *
   * @default - none; this or `metricProvider` is required where a gate measures something (`analysis-missing`)
   */
  readonly prometheus?: string;

  /**
   * What answers the queries of `Gate.metric` instead of a Prometheus without a password. Beside `prometheus` it is refused (`analysis-invalid`).
   *
   * @default - the Prometheus at `prometheus`
   */
  readonly metricProvider?: FlaggerMetricProvider;

  /**
   * Who is told how it goes.
   *
   * @default - nobody but those whom Flagger itself is told to tell
   */
  readonly alerts?: FlaggerAlert[];

  /**
   * URL that says whether a person has approved, for `Gate.approval`: it answers 200 to 202 when the rollout may go on, and is asked again until then.
   *
   * @default - none; required where a gate waits for a person (`analysis-missing`)
   * @see https://docs.flagger.app/usage/webhooks#manual-gating
   */
  readonly approvalUrl?: string;

  /**
   * More webhooks, such as load tests.
   *
   * @default - none
   */
  readonly webhooks?: FlaggerWebhook[];

  /**
   * Keeps clients on the version that they got.
   *
   * @default - none
   */
  readonly sessionAffinity?: FlaggerSessionAffinity;
}

/**
 * Properties of `FlaggerCanary`.
 */
export interface FlaggerCanaryProps extends ControlledServiceProps {
  /**
   * How Flagger looks at the candidate while it gets traffic.
   *
   * @default - as the defaults of its properties say
   */
  readonly analysis?: FlaggerAnalysis;

  /**
   * How long Flagger waits for pods to become ready before it gives up: whole seconds, at least 1 second (`controller-invalid` otherwise).
   *
   * @default - 10 minutes, as Flagger does by itself
   */
  readonly progressDeadline?: Duration;
}
