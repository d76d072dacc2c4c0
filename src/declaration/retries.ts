import { Duration } from 'cdk8s';
import { Retries as RetriesModel } from '../model/routing-model';

/**
 * Options for `Retries.attempts`.
 */
export interface RetryOptions {
  /**
   * Longest that one attempt may take, at least 1 ms (`retries-invalid` otherwise).
   *
   * @default - the timeout of the route
   */
  readonly perTryTimeout?: Duration;

  /**
   * Least time between two attempts, at least 1 ms (`retries-invalid` otherwise).
   *
   * @default - chosen by the mesh
   */
  readonly backoff?: Duration;

  /**
   * What is retried: HTTP statuses such as `503`, or conditions such as `5xx`, `gateway-error`, `connect-failure`, `refused-stream`,
   * `unavailable`. Anything else is refused with the nearest known one (`retries-invalid`).
   *
   * @default ['connect-failure', 'refused-stream', 'unavailable', 'cancelled']
   * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on
   */
  readonly retryOn?: string[];
}

/**
 * Whether requests that failed are tried again.
 */
export class Retries {
  /**
   * Failed requests are tried again, up to a number of times.
   *
   * @param attempts how often, a whole number from 1 on (`retries-invalid` otherwise)
   * @param options what is retried, and how
   */
  public static attempts(attempts: number, options: RetryOptions = {}): Retries {
    return new Retries({
      attempts,
      perTryTimeout: options.perTryTimeout?.toMilliseconds({ integral: false }),
      backoff: options.backoff?.toMilliseconds({ integral: false }),
      conditions: options.retryOn ?? ['connect-failure', 'refused-stream', 'unavailable', 'cancelled'],
    });
  }

  /**
   * Failed requests are not tried again, also where the mesh would do so by itself.
   */
  public static none(): Retries {
    return new Retries({ attempts: 0, conditions: [] });
  }

  private constructor(private readonly model: RetriesModel) {}

  /** @internal */
  public _toModel(): RetriesModel {
    return this.model;
  }
}
