import { ControlledServiceProps } from '../controlled-service-props';

/**
 * How Argo Rollouts measures what the gates of a rollout ask for.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/analysis/
 */
export interface ArgoAnalysis {
  /**
   * Address of the Prometheus that answers the queries of `Gate.metric`, such as `http://prometheus.monitoring:9090`.
   *
   * @default - none; required where a gate measures something (`analysis-missing`)
   */
  readonly prometheus?: string;

  /**
   * Number of measurements of each gate, one `interval` of the gate apart, from 1 on (`analysis-invalid` otherwise).
   *
   * @default 1
   */
  readonly measurements?: number;

  /**
   * Number of bad measurements of a gate that are forgiven, from 0 to `measurements` (`analysis-invalid` otherwise). One more sends everything back.
   *
   * @default 0
   */
  readonly failureLimit?: number;
}

/**
 * What Argo Rollouts tells the two sets of pods apart by.
 */
export enum ArgoSplitLevel {
  /**
   * One Service for each: routes name the Services `<name>-stable` and `<name>-canary`, whose selectors Argo Rollouts completes. For Istio it is
   * called host-level. The Gateway API, SMI and ingress-nginx know nothing else.
   *
   * @see https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/istio/#host-level-traffic-splitting
   */
  HOST = 'HOST',

  /**
   * One subset of the root Service for each, whose labels Argo Rollouts completes in the DestinationRule. For Istio alone.
   *
   * @see https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/istio/#subset-level-traffic-splitting
   */
  SUBSET = 'SUBSET',
}

/**
 * Properties of `ArgoRollout`.
 */
export interface ArgoRolloutProps extends ControlledServiceProps {
  /**
   * How Argo Rollouts measures what the gates ask for.
   *
   * @default - as the defaults of its properties say
   */
  readonly analysis?: ArgoAnalysis;

  /**
   * Number of old sets of pods that are kept without pods, to go back to, from 0 on (`controller-invalid` otherwise).
   *
   * @default - 10, as Argo Rollouts does by itself
   */
  readonly revisionHistoryLimit?: number;

  /**
   * What Argo Rollouts tells the two sets of pods apart by. A level that the mesh or the Ingress does not have is refused (`controller-unfit`).
   *
   * @default - `ArgoSplitLevel.SUBSET` on Istio, `ArgoSplitLevel.HOST` where there are no subsets
   */
  readonly splitLevel?: ArgoSplitLevel;
}
