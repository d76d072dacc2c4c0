/**
 * An autoscaler for the pods of one version.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
 */
export interface Autoscaling {
  /**
   * Fewest pods, a whole number from 1 on (`autoscaling-invalid` otherwise).
   *
   * @default 1
   */
  readonly minReplicas?: number;

  /**
   * Most pods, not below `minReplicas` (`autoscaling-invalid` otherwise).
   */
  readonly maxReplicas: number;

  /**
   * CPU use that is aimed at, in percent of what the containers request: a whole number from 1 on (`autoscaling-invalid` otherwise). The
   * containers need CPU requests for it.
   *
   * @default - 80, unless `memoryPercent` is given
   */
  readonly cpuPercent?: number;

  /**
   * Memory use that is aimed at, in percent of what the containers request: a whole number from 1 on (`autoscaling-invalid` otherwise). The
   * containers need memory requests for it.
   *
   * @default - memory does not count
   */
  readonly memoryPercent?: number;
}
