import { Duration } from 'cdk8s';
import { LoadBalancing } from './load-balancing';

/**
 * How requests are spread over the pods of a version, once the version is chosen. Values out of range are refused (`policy-invalid`).
 */
export interface TrafficPolicy {
  /**
   * Choice of the pod.
   *
   * @default - chosen by the mesh
   */
  readonly loadBalancing?: LoadBalancing;

  /**
   * Limits on connections and requests.
   *
   * @default - none
   */
  readonly connectionPool?: ConnectionPool;

  /**
   * When a failing pod is left out for a while.
   *
   * @default - never
   */
  readonly outlierDetection?: OutlierDetection;
}

/**
 * Limits on connections and requests of one client to one version. Beyond them requests fail at once.
 */
export interface ConnectionPool {
  /**
   * Connections, from 1 on.
   *
   * @default - no limit
   */
  readonly maxConnections?: number;

  /**
   * Longest time to open a connection, at least 1 ms.
   *
   * @default - chosen by the mesh
   */
  readonly connectTimeout?: Duration;

  /**
   * Longest time that a TCP connection may be idle, at least 1 ms.
   *
   * @default - chosen by the mesh
   */
  readonly tcpIdleTimeout?: Duration;

  /**
   * Longest life of a connection, at least 1 ms.
   *
   * @default - no limit
   */
  readonly maxConnectionDuration?: Duration;

  /**
   * Requests that wait for an HTTP/1.1 connection, from 1 on.
   *
   * @default - no limit
   */
  readonly http1MaxPendingRequests?: number;

  /**
   * Requests under way at once, from 1 on.
   *
   * @default - no limit
   */
  readonly http2MaxRequests?: number;

  /**
   * Requests until a connection is closed; 1 switches keep-alive off, 0 means no limit.
   *
   * @default - no limit
   */
  readonly maxRequestsPerConnection?: number;

  /**
   * Retries under way at once, from 1 on.
   *
   * @default - no limit
   */
  readonly maxRetries?: number;

  /**
   * Longest time that an HTTP connection may have no request, at least 1 ms.
   *
   * @default - chosen by the mesh
   */
  readonly httpIdleTimeout?: Duration;
}

/**
 * When a failing pod is left out for a while.
 */
export interface OutlierDetection {
  /**
   * 5xx answers in a row, from 0 on; 0 switches this off.
   *
   * @default - chosen by the mesh
   */
  readonly consecutive5xxErrors?: number;

  /**
   * 502, 503 and 504 answers in a row, from 0 on; 0 switches this off.
   *
   * @default - off
   */
  readonly consecutiveGatewayErrors?: number;

  /**
   * Time between two looks at the pods, at least 1 ms.
   *
   * @default - chosen by the mesh
   */
  readonly interval?: Duration;

  /**
   * Time that a pod is left out the first time, at least 1 ms.
   *
   * @default - chosen by the mesh
   */
  readonly baseEjectionTime?: Duration;

  /**
   * Most pods left out at once, in percent, 1 to 100.
   *
   * @default - chosen by the mesh
   */
  readonly maxEjectionPercent?: number;

  /**
   * Least share of healthy pods for all this to act, in percent, 0 to 100.
   *
   * @default - chosen by the mesh
   */
  readonly minHealthPercent?: number;
}
