import { Autoscaling } from './autoscaling';
import { podLabelsOf, selectorOf } from './deployment-selector';
import { ExistingPods } from './existing-pods';
import { ServiceDeclaration } from './service-declaration';
import { StagedVersion } from './staged-version';
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
export function versionModel(version: StagedVersion, declaration: ServiceDeclaration, { root, app, versionKey, hostOf }: ServiceIdentity): Version {
  const label = version.versionLabel ?? version.name;
  const derived = `${root}-${version.name}`;
  const identity = { [app.key]: app.value, [versionKey]: label };
  const existing = version.existing?._read();
  const leaf = version.leafName ?? derived;
  return {
    name: version.name,
    label,
    leaf,
    host: hostOf(leaf),
    idle: version.idle ? { untouched: version.untouched ?? false } : undefined,
    undeployed: version.undeployed,
    autoscaling: version.autoscaling && autoscalingModel(version.autoscaling),
    disruptionBudget: version.disruptionBudget?._toModel(),
    configMap: version.configFiles?._toModel(derived),
    trafficPolicy: trafficPolicyToModel(version.trafficPolicy),
    ...(existing ? existingPods(existing) : { ...pods(version, declaration, identity, derived), identity, mark: { [versionKey]: label } }),
  };
}

type Pods = Pick<Version, 'deployment' | 'serviceAccount' | 'replicas' | 'declaredReplicas' | 'selector' | 'podLabels'>;

/** Pods that are there already are known by what their Deployment selects: that never changes, and all of them carry it. */
function existingPods(
  { name, serviceAccount, replicas, selector, podLabels }: ExistingPods,
): Pods & Pick<Version, 'identity' | 'mark' | 'existing'> {
  const { labels } = selector;
  const counts = { replicas, declaredReplicas: replicas };
  return { deployment: name, serviceAccount, ...counts, selector, podLabels, identity: labels, mark: labels, existing: true };
}

function pods(version: VersionProps, declaration: ServiceDeclaration, identity: Record<string, string>, derived: string): Pods {
  const { deployment } = version;
  return {
    deployment: deployment?.name ?? version.deploymentName ?? derived,
    serviceAccount: deployment ? deployment.serviceAccount?.name ?? 'default'
      : version.serviceAccount?.name ?? version.serviceAccountName ?? declaration.serviceAccountName ?? derived,
    replicas: deployment ? deployment.replicas ?? CDK8S_PLUS_REPLICAS : version.autoscaling?.minReplicas ?? version.replicas ?? 1,
    declaredReplicas: deployment ? deployment.replicas ?? CDK8S_PLUS_REPLICAS : version.replicas,
    selector: deployment ? selectorOf(deployment) : { labels: identity, expressions: [] },
    podLabels: deployment ? { ...identity, ...podLabelsOf(deployment) } : { ...version.podLabels, ...identity },
  };
}

function autoscalingModel({ minReplicas, maxReplicas, cpuPercent, memoryPercent }: Autoscaling): AutoscalingModel {
  return { minReplicas: minReplicas ?? 1, maxReplicas, cpuPercent: cpuPercent ?? (memoryPercent === undefined ? 80 : undefined), memoryPercent };
}
