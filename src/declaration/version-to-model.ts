import { Autoscaling } from './autoscaling';
import { podLabelsOf, selectorOf } from './existing-deployment';
import { ServiceDeclaration } from './service-declaration';
import { trafficPolicyToModel } from './traffic-policy-to-model';
import { VersionProps } from './version';
import { Autoscaling as AutoscalingModel, RoutingModel, Version } from '../model/routing-model';

/** What cdk8s-plus writes for a Deployment that does not say. */
const CDK8S_PLUS_REPLICAS = 2;

export interface ServiceIdentity {
  readonly root: string;
  readonly app: RoutingModel['app'];
  readonly versionKey: string;
  readonly hostOf: (leaf: string) => string;
}

/** The meaning of a version, with every name that follows from it. */
export function versionModel(version: VersionProps, declaration: ServiceDeclaration, { root, app, versionKey, hostOf }: ServiceIdentity): Version {
  const label = version.versionLabel ?? version.name;
  const derived = `${root}-${version.name}`;
  const identity = { [app.key]: app.value, [versionKey]: label };
  const existing = version.deployment;
  return {
    name: version.name,
    label,
    leaf: version.leafName ?? derived,
    host: hostOf(version.leafName ?? derived),
    deployment: existing?.name ?? version.deploymentName ?? derived,
    serviceAccount: existing ? existing.serviceAccount?.name ?? 'default'
      : version.serviceAccount?.name ?? version.serviceAccountName ?? declaration.serviceAccountName ?? derived,
    replicas: existing ? existing.replicas ?? CDK8S_PLUS_REPLICAS : version.autoscaling?.minReplicas ?? version.replicas ?? 1,
    declaredReplicas: existing ? existing.replicas ?? CDK8S_PLUS_REPLICAS : version.replicas,
    autoscaling: version.autoscaling && autoscalingModel(version.autoscaling),
    disruptionBudget: version.disruptionBudget?._toModel(),
    selector: existing ? selectorOf(existing) : { labels: identity, expressions: [] },
    podLabels: existing ? { ...identity, ...podLabelsOf(existing) } : { ...version.podLabels, ...identity },
    trafficPolicy: trafficPolicyToModel(version.trafficPolicy),
  };
}

function autoscalingModel({ minReplicas, maxReplicas, cpuPercent, memoryPercent }: Autoscaling): AutoscalingModel {
  return { minReplicas: minReplicas ?? 1, maxReplicas, cpuPercent: cpuPercent ?? (memoryPercent === undefined ? 80 : undefined), memoryPercent };
}
