import { ApiObject, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { configMount } from './config-map';
import { withMissingWords, withoutUndeclared } from './undeclared';
import { VersionProps } from '../declaration/version';
import { Report } from '../model/report';
import { Metadata, Port, RoutingModel, Version } from '../model/routing-model';

export interface DeploymentObject {
  readonly model: RoutingModel;
  readonly version: Version;
  readonly props: VersionProps;
  readonly serviceAccount?: kplus.IServiceAccount;
  readonly labels: Record<string, string>;
  /** What the mesh wants on each pod. */
  readonly meshPods: Metadata;
}

/** The Deployment of one version. What cdk8s-plus throws would hide all other findings: bare pods stand in, so that the rest of the app can be declared. */
export function renderDeployment(scope: Construct, id: string, object: DeploymentObject, report: Report): kplus.Deployment {
  try {
    return render(scope, id, object);
  } catch (problem) {
    report.add('pods-invalid', `versions.${object.version.name}`, (problem as Error).message, 'mend the pod settings');
    scope.node.tryRemoveChild(id);
    return render(scope, id, { ...object, props: { name: object.version.name, image: 'invalid' } });
  }
}

/** Its selector is the identity of the version and nothing else, so that it never has to change. */
function render(scope: Construct, id: string, object: DeploymentObject): kplus.Deployment {
  const { model, version, props } = object;
  const containers = withConfig(containersOf(model, props), version.configMap && configMount(scope, id, version.configMap));
  const deployment = new kplus.Deployment(scope, id, {
    metadata: { name: version.deployment, namespace: model.namespace, labels: object.labels },
    replicas: version.replicas,
    strategy: props.strategy,
    minReady: props.minReady,
    progressDeadline: props.minReady && Duration.seconds(props.minReady.toSeconds() + 1),
    select: false,
    podMetadata: {
      labels: { ...object.meshPods.labels, ...version.podLabels },
      annotations: someOf({ ...object.meshPods.annotations, ...props.podAnnotations }),
    },
    serviceAccount: object.serviceAccount,
    securityContext: props.securityContext,
    terminationGracePeriod: props.terminationGracePeriod,
    automountServiceAccountToken: props.automountServiceAccountToken,
    containers,
  });
  deployment.select(kplus.LabelSelector.of({ labels: { ...version.selector.labels } }));
  ApiObject.of(deployment).addJsonPatch(...withoutUndeclared(props, containers), ...withMissingWords(props));
  return deployment;
}

/** Gives an existing Deployment's pods the labels and annotations that they lack. Its selector stays: Kubernetes would refuse a change. */
export function addMissing({ podMetadata }: kplus.Deployment, { labels, annotations }: Metadata): void {
  for (const [key, value] of Object.entries(labels ?? {})) {
    if (podMetadata.getLabel(key) === undefined) podMetadata.addLabel(key, value);
  }
  for (const [key, value] of Object.entries(annotations ?? {})) podMetadata.addAnnotation(key, value);
}

function someOf(map: Record<string, string>): Record<string, string> | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}

function containersOf(model: RoutingModel, props: VersionProps): kplus.ContainerProps[] {
  const ports = containerPorts(model.ports);
  if (props.containers) {
    const portsDeclared = props.containers.some(declaresPorts);
    return props.containers.map((container, index) => ({
      ...container,
      resources: container.resources ?? {},
      ...(index === 0 && !portsDeclared && { ports }),
    }));
  }
  return [{
    image: props.image ?? '',
    name: model.root.name,
    ports,
    command: props.command,
    args: props.args,
    envVariables: props.env && sorted(props.env),
    resources: props.resources ?? {},
    readiness: props.readiness,
    liveness: props.liveness,
    startup: props.startup,
    imagePullPolicy: props.imagePullPolicy,
  }];
}

function withConfig(containers: kplus.ContainerProps[], config: kplus.VolumeMount | undefined): kplus.ContainerProps[] {
  if (!config || containers.length === 0) return containers;
  const [first, ...others] = containers;
  return [{ ...first, volumeMounts: [...(first.volumeMounts ?? []), config] }, ...others];
}

/** Maps have no order in every language; the manifest has one. */
function sorted<T>(map: { [name: string]: T }): { [name: string]: T } {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function declaresPorts(container: kplus.ContainerProps): boolean {
  return container.port !== undefined || container.portNumber !== undefined || (container.ports ?? []).length > 0;
}

/** One port a number. A name that container ports cannot have, or that is taken, is left out: nothing refers to it. */
function containerPorts(ports: readonly Port[]): kplus.ContainerPort[] {
  const numbers = ports.filter(({ targetPort }, index) => ports.findIndex((other) => other.targetPort === targetPort) === index);
  return numbers.map(({ targetPort, name }, index) => ({
    number: targetPort, name: isContainerPortName(name) && numbers.findIndex((other) => other.name === name) === index ? name : undefined,
  }));
}

/** @see https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.28/#containerport-v1-core */
function isContainerPortName(name: string): boolean {
  return name.length <= 15 && /[a-z]/.test(name) && !name.includes('--');
}
