import * as kplus from 'cdk8s-plus-28';
import { ServiceDeclaration } from './service-declaration';
import { VersionProps } from './version';
import { RoutingModel } from '../model/routing-model';
import { Report } from '../model/validate/report';

/** Settings of a new Deployment's pods, which an existing one cannot take. */
const POD_SETTINGS = [
  'image', 'containers', 'replicas', 'deploymentName', 'serviceAccountName', 'serviceAccount', 'command', 'args', 'env', 'resources', 'readiness', 'liveness',
  'startup', 'imagePullPolicy', 'imagePullSecrets', 'tty', 'podLabels', 'podAnnotations', 'strategy', 'minReady',
] as const satisfies readonly (keyof VersionProps)[];

/** Settings of the container made from `image`. */
const IMAGE_SETTINGS = ['command', 'args', 'env', 'resources', 'readiness', 'liveness', 'startup', 'imagePullPolicy', 'tty'] as const satisfies readonly (keyof VersionProps)[];

/** What versions say twice or against each other about their pods. None of it reaches the model. */
export function checkVersions(report: Report, declaration: ServiceDeclaration, app: RoutingModel['app'], namespace: string): void {
  for (const version of declaration.versions) {
    const place = `versions.${version.name}`;
    checkSource(report, version, place);
    checkIdentity(report, version, place, app, declaration.versionLabelKey ?? 'version');
    if (version.deployment) checkNamespace(report, version.deployment, place, namespace);
    checkTargetPorts(report, declaration, version);
  }
}

function checkSource(report: Report, version: VersionProps, place: string): void {
  const sources = [version.image, version.containers, version.deployment].filter((source) => source !== undefined);
  if (sources.length !== 1) {
    report.add('deployment-mixed', place, sources.length === 0 ? 'nothing says what its pods run' : 'several things say what its pods run',
      'give just one of `image`, `containers` and `deployment`');
    return;
  }
  if (version.image === '') report.add('deployment-mixed', `${place}.image`, 'the image is empty', 'name an image');
  if (version.containers?.length === 0) {
    report.add('deployment-mixed', `${place}.containers`, 'the list of containers is empty', 'declare at least one container');
  }
  const settings = version.deployment ? POD_SETTINGS : version.containers ? IMAGE_SETTINGS : [];
  const extra = settings.filter((setting) => version[setting] !== undefined);
  if (extra.length > 0) {
    report.add('deployment-mixed', place, `${extra.join(', ')} beside ${version.deployment ? 'an existing Deployment' : '`containers`'}`,
      `set this on the ${version.deployment ? 'Deployment itself' : 'containers themselves'}`);
  }
}

function checkIdentity(report: Report, version: VersionProps, place: string, app: RoutingModel['app'], versionKey: string): void {
  for (const key of [app.key, versionKey]) {
    if (version.podLabels?.[key] !== undefined) {
      report.add('deployment-labels', `${place}.podLabels`, `the label "${key}" belongs to the identity of the version`,
        'use `app` and `versionLabel`');
    }
  }
  const wanted = { [app.key]: app.value, [versionKey]: version.versionLabel ?? version.name };
  for (const [key, value] of Object.entries(wanted)) {
    const carried = version.deployment?.podMetadata.getLabel(key);
    if (carried !== undefined && carried !== value) {
      report.add('deployment-labels', `${place}.deployment`, `its pods carry ${key}=${carried}, and the version needs ${key}=${value}`,
        key === app.key ? `set \`app\` to "${carried}"` : `set \`versionLabel\` to "${carried}"`);
    }
  }
}

function checkNamespace(report: Report, deployment: kplus.Deployment, place: string, namespace: string): void {
  const own = deployment.metadata.namespace ?? 'default';
  if (own !== namespace) {
    report.add('deployment-mixed', `${place}.deployment`, `it is in namespace "${own}", the service in "${namespace}"`, 'put both in one namespace');
  }
}

function checkTargetPorts(report: Report, declaration: ServiceDeclaration, version: VersionProps): void {
  const numbers = version.deployment
    ? version.deployment.containers.flatMap((container) => container.ports.map(({ number }) => number))
    : (version.containers ?? []).flatMap(containerPortNumbers);
  if (numbers.length === 0) return;
  declaration.ports.forEach(({ port, targetPort }, index) => {
    if (numbers.includes(targetPort ?? port)) return;
    report.add('target-port-missing', `ports[${index}].targetPort`,
      `the version "${version.name}" listens on ${numbers.join(', ')}, and the Services send to ${targetPort ?? port}`,
      `set \`targetPort\` to one of ${numbers.join(', ')}`);
  });
}

function containerPortNumbers({ port, portNumber, ports }: kplus.ContainerProps): number[] {
  return [port, portNumber, ...(ports ?? []).map(({ number }) => number)].filter((number) => number !== undefined);
}
