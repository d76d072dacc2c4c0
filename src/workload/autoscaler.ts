import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Autoscaling, Version } from '../model/routing-model';

export interface AutoscalerObject {
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly version: Version;
  readonly autoscaling: Autoscaling;
  /** What it scales, which then has no number of pods of its own. */
  readonly target: { readonly apiVersion: string; readonly kind: string };
}

/** The autoscaler of one version. Not that of cdk8s-plus, which writes down how fast to scale although nobody declared it. */
export function renderAutoscaler(scope: Construct, id: string, { namespace, labels, version, autoscaling, target }: AutoscalerObject): void {
  const { minReplicas, maxReplicas, cpuPercent, memoryPercent } = autoscaling;
  new ApiObject(scope, id, {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: version.deployment, namespace, labels },
    spec: {
      scaleTargetRef: { ...target, name: version.deployment },
      minReplicas,
      maxReplicas,
      metrics: [...metric('cpu', cpuPercent), ...metric('memory', memoryPercent)],
    },
  });
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/ */
function metric(name: string, percent: number | undefined): unknown[] {
  return percent === undefined ? [] : [{ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization: percent } } }];
}
