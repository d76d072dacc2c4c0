import { ApiObject, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { VersionProps } from '../declaration/version';
import { Port, RoutingModel, Version } from '../model/routing-model';

export interface DeploymentObject {
  readonly model: RoutingModel;
  readonly version: Version;
  readonly props: VersionProps;
  readonly serviceAccount?: kplus.IServiceAccount;
  readonly labels: Record<string, string>;
  /** Labels that the mesh wants on each pod. */
  readonly meshLabels: Readonly<Record<string, string>>;
}

/** The Deployment of one version. Its selector is the identity of the version and nothing else, so that it never has to change. */
export function renderDeployment(scope: Construct, id: string, object: DeploymentObject): kplus.Deployment {
  const { model, version, props } = object;
  const deployment = new kplus.Deployment(scope, id, {
    metadata: { name: version.deployment, namespace: model.namespace, labels: object.labels },
    replicas: version.replicas,
    strategy: props.strategy,
    minReady: props.minReady,
    select: false,
    podMetadata: { labels: { ...object.meshLabels, ...version.podLabels }, annotations: props.podAnnotations },
    serviceAccount: object.serviceAccount,
    containers: containers(model, props),
  });
  deployment.select(kplus.LabelSelector.of({ labels: { ...version.selector } }));
  ApiObject.of(deployment).addJsonPatch(...withoutUndeclared(props), ...withoutWords(props));
  return deployment;
}

/** Gives an existing Deployment's pods the identity of the version. Its selector stays as it is: Kubernetes would refuse a change. */
export function labelExisting(deployment: kplus.Deployment, identity: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(identity)) deployment.podMetadata.addLabel(key, value);
}

function containers(model: RoutingModel, props: VersionProps): kplus.ContainerProps[] {
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
    envVariables: props.env,
    resources: props.resources ?? {},
    readiness: props.readiness,
    liveness: props.liveness,
    startup: props.startup,
    imagePullPolicy: props.imagePullPolicy,
  }];
}

export function declaresPorts(container: kplus.ContainerProps): boolean {
  return container.port !== undefined || container.portNumber !== undefined || (container.ports ?? []).length > 0;
}

/** One port a number; names of container ports have 15 characters at most. */
function containerPorts(ports: readonly Port[]): kplus.ContainerPort[] {
  return ports
    .filter((port, index) => ports.findIndex(({ targetPort }) => targetPort === port.targetPort) === index)
    .map(({ targetPort, name }) => ({ number: targetPort, name: name.length <= 15 ? name : undefined }));
}

/** What cdk8s-plus writes although nobody declared it: Kubernetes' own defaults hold instead, and no label depends on construct paths. */
function withoutUndeclared(props: VersionProps): JsonPatch[] {
  const always = ['automountServiceAccountToken', 'dnsPolicy', 'hostNetwork', 'restartPolicy', 'securityContext', 'setHostnameAsFqdn', 'terminationGracePeriodSeconds'];
  const pointers = [
    '/spec/template/metadata/labels/cdk8s.io~1metadata.addr',
    '/spec/progressDeadlineSeconds',
    ...(props.minReady ? [] : ['/spec/minReadySeconds']),
    ...(props.strategy ? [] : ['/spec/strategy']),
    ...always.map((field) => `/spec/template/spec/${field}`),
    ...(props.containers ? [] : ['/spec/template/spec/containers/0/securityContext']),
    ...(props.containers || props.imagePullPolicy ? [] : ['/spec/template/spec/containers/0/imagePullPolicy']),
  ];
  return pointers.map((pointer) => JsonPatch.remove(pointer));
}

/** What cdk8s-plus has no words for. */
function withoutWords(props: VersionProps): JsonPatch[] {
  return [
    ...(props.tty ? [JsonPatch.add('/spec/template/spec/containers/0/tty', true)] : []),
    ...(props.imagePullSecrets ? [JsonPatch.add('/spec/template/spec/imagePullSecrets', props.imagePullSecrets.map((name) => ({ name })))] : []),
  ];
}
