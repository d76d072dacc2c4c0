import * as kplus from 'cdk8s-plus-28';
import { podLabelsOf, selectorOf } from './deployment-selector';
import { ServiceDeclaration } from './service-declaration';
import { VersionProps } from './version';
import { Report } from '../model/report';
import { RoutingModel } from '../model/routing-model';
import { selects } from '../model/selector';

/** Settings of a new Deployment's pods, which an existing one cannot take. */
const POD_SETTINGS = [
  'image', 'containers', 'replicas', 'autoscaling', 'configFiles', 'deploymentName', 'serviceAccountName', 'serviceAccount', 'command', 'args', 'env', 'resources', 'readiness', 'liveness',
  'startup', 'imagePullPolicy', 'imagePullSecrets', 'tty', 'podLabels', 'podAnnotations', 'securityContext', 'terminationGracePeriod',
  'automountServiceAccountToken', 'strategy', 'minReady',
] as const satisfies readonly (keyof VersionProps)[];

/** Settings of the container made from `image`. */
const IMAGE_SETTINGS = [
  'command', 'args', 'env', 'resources', 'readiness', 'liveness', 'startup', 'imagePullPolicy', 'tty',
] as const satisfies readonly (keyof VersionProps)[];

export interface VersionSurroundings {
  readonly app: RoutingModel['app'];
  readonly versionKey: string;
  readonly namespace: string;
  readonly meshLabels: Readonly<Record<string, string>>;
}

/** What versions say twice or against each other about their pods. None of it reaches the model. */
export function checkVersions(report: Report, declaration: ServiceDeclaration, around: VersionSurroundings): void {
  checkLabels(report, 'labels', declaration.labels);
  for (const key of [around.app.key, around.versionKey].filter((reserved) => declaration.labels?.[reserved] !== undefined)) {
    report.add('label-invalid', 'labels', `the label "${key}" belongs to the identity of the service`, 'use `app` and `versionLabel`');
  }
  for (const [at, version] of declaration.versions.entries()) {
    const place = `versions.${version.name}`;
    const twin = version.deployment && declaration.versions.slice(0, at).find(({ deployment }) => deployment === version.deployment);
    if (twin) {
      report.add('deployment-mixed', `${place}.deployment`, `the Deployment "${version.deployment?.name}" is the version "${twin.name}" already`,
        'give each version a Deployment of its own');
      continue;
    }
    checkSource(report, version, place);
    checkLabels(report, `${place}.podLabels`, version.podLabels);
    for (const key of Object.keys(version.podAnnotations ?? {})) report.name(`${place}.podAnnotations`, key, 'label-key', 'give a valid annotation key');
    for (const name of Object.keys(version.env ?? {})) checkVariable(report, name, `${place}.env`);
    checkIdentity(report, version, place, around);
    checkContainers(report, version.containers ?? [], place);
    checkMounts(report, version, place);
    if (version.serviceAccount) checkAccount(report, version, version.serviceAccount, place, around.namespace);
    (version.imagePullSecrets ?? []).forEach((name, index) => report.name(`${place}.imagePullSecrets[${index}]`, name, 'dns-1123-subdomain', 'give the name of a Secret'));
    if (version.deployment) checkExisting(report, version.deployment, place, around.namespace);
    checkTargetPorts(report, declaration, version);
    checkGracePeriod(report, version, place);
    checkAutoscaling(report, version, place);
  }
}

function checkSource(report: Report, version: VersionProps, place: string): void {
  const sources = [version.image, version.containers, version.deployment, version.existing].filter((source) => source !== undefined);
  if (sources.length !== 1) {
    report.add('pods-invalid', place, sources.length === 0 ? 'nothing says what its pods run' : 'several things say what its pods run',
      'give just one of `image`, `containers`, `deployment` and `existing`');
    return;
  }
  if (version.image?.trim() === '') report.add('pods-invalid', `${place}.image`, 'the image is empty', 'name an image');
  if (version.containers?.length === 0) {
    report.add('pods-invalid', `${place}.containers`, 'the list of containers is empty', 'declare at least one container');
  }
  const existing = version.deployment ?? version.existing;
  const settings = existing ? POD_SETTINGS : version.containers ? IMAGE_SETTINGS : [];
  const extra = settings.filter((setting) => version[setting] !== undefined);
  if (extra.length > 0) {
    report.add('deployment-mixed', place, `${extra.join(', ')} beside ${existing ? 'an existing Deployment' : '`containers`'}`,
      `set this on the ${existing ? 'Deployment itself' : 'containers themselves'}`);
  }
}

function checkGracePeriod(report: Report, { terminationGracePeriod }: VersionProps, place: string): void {
  const seconds = terminationGracePeriod?.toSeconds({ integral: false });
  if (seconds !== undefined && !(Number.isInteger(seconds) && seconds >= 0)) {
    report.add('pods-invalid', `${place}.terminationGracePeriod`, `the duration is ${seconds} s`, 'give whole seconds');
  }
}

/** Use is measured in percent of what is requested. A limit stands for a request that is not there. */
function checkAutoscaling(report: Report, version: VersionProps, place: string): void {
  const { autoscaling, replicas, deployment, existing, containers, resources } = version;
  if (!autoscaling || deployment || existing) return;
  if (replicas !== undefined) report.add('autoscaling-mixed', `${place}.autoscaling`, `an autoscaler beside \`replicas\`, which is ${replicas}`, 'drop one of them');
  const all = containers?.map((container) => container.resources) ?? [resources];
  const { cpuPercent, memoryPercent } = autoscaling;
  const measured = { cpu: cpuPercent !== undefined || memoryPercent === undefined, memory: memoryPercent !== undefined };
  for (const kind of (['cpu', 'memory'] as const).filter((one) => measured[one])) {
    if (all.every((one) => one?.[kind]?.request || one?.[kind]?.limit)) continue;
    report.add('autoscaling-invalid', `${place}.autoscaling`, `it goes by ${kind} use, and a container requests no ${kind}`, `give each container a request for ${kind} in \`resources\``);
  }
}

function checkLabels(report: Report, place: string, labels: { [key: string]: string } | undefined): void {
  for (const [key, value] of Object.entries(labels ?? {})) {
    report.name(place, key, 'label-key', 'give a valid label key');
    report.name(place, value, 'label-value', 'give a valid label value');
  }
}

/** @see https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/ */
function checkVariable(report: Report, name: string, place: string): void {
  if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)) {
    report.add('name-invalid', place, `"${name}" is no name of an environment variable`, 'use letters, digits, "-", "_" and ".", not beginning with a digit');
  }
}

/** Labels that identify the version, or bring its pods into the mesh, with other values than those needed. */
function checkIdentity(report: Report, version: VersionProps, place: string, { app, versionKey, meshLabels }: VersionSurroundings): void {
  for (const key of [app.key, versionKey].filter((reserved) => version.podLabels?.[reserved] !== undefined)) {
    report.add('deployment-labels', `${place}.podLabels`, `the label "${key}" belongs to the identity of the version`, 'use `app` and `versionLabel`');
  }
  for (const [key, value] of Object.entries(meshLabels)) {
    const carried = version.podLabels?.[key] ?? version.deployment?.podMetadata.getLabel(key);
    if (carried !== undefined && carried !== value) {
      report.add('deployment-labels', place, `its pods carry ${key}=${carried}, and the mesh needs ${key}=${value}`, 'drop the label');
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

function checkContainers(report: Report, containers: readonly kplus.ContainerProps[], place: string): void {
  const names = containers.map(({ name }) => name ?? 'main');
  names.forEach((name, index) => {
    const at = `${place}.containers[${index}]`;
    report.name(`${at}.name`, name, 'dns-1123-label', 'give the container a valid `name`');
    if (names.indexOf(name) < index) report.add('name-invalid', `${at}.name`, `the container name "${name}" is used twice`, 'give each container a `name` of its own');
    if (containers[index].image.trim() === '') report.add('pods-invalid', `${at}.image`, 'the image is empty', 'name an image');
    for (const number of containerPortNumbers(containers[index])) report.wholeNumber('port-invalid', `${at}.ports`, number, 1, 65535);
  });
}

function checkMounts(report: Report, { configFiles, containers }: VersionProps, place: string): void {
  const path = configFiles?._toModel('').mountPath;
  if (path === undefined || !containers?.[0]?.volumeMounts?.some((mount) => mount.path === path)) return;
  report.add('config-invalid', `${place}.configFiles`, `the first container mounts another volume at ${path}`, 'give one of them another path');
}

function checkAccount(report: Report, version: VersionProps, account: kplus.IServiceAccount, place: string, namespace: string): void {
  if (version.serviceAccountName !== undefined) {
    report.add('pods-invalid', `${place}.serviceAccountName`, 'a name for a new account beside an existing one', 'drop one of them');
  }
  const own = account instanceof kplus.ServiceAccount ? account.metadata.namespace ?? 'default' : namespace;
  if (own !== namespace) {
    report.add('pods-invalid', `${place}.serviceAccount`, `it is in namespace "${own}", the pods in "${namespace}"`, 'use an account of the same namespace');
  }
}

function checkExisting(report: Report, deployment: kplus.Deployment, place: string, namespace: string): void {
  if (deployment.containers.length === 0) report.add('pods-invalid', `${place}.deployment`, 'it has no container', 'give it one');
  const own = deployment.metadata.namespace ?? 'default';
  if (own !== namespace) {
    report.add('deployment-mixed', `${place}.deployment`, `it is in namespace "${own}", the service in "${namespace}"`, 'put both in one namespace');
  }
  if (!selects(selectorOf(deployment), podLabelsOf(deployment))) {
    report.add('deployment-labels', `${place}.deployment`, `the selector of "${deployment.name}" does not select its own pods`, 'give the pods the labels that it selects');
  }
}

function checkTargetPorts(report: Report, declaration: ServiceDeclaration, version: VersionProps): void {
  const numbers = version.existing ? version.existing._read()?.ports.map(({ number }) => number) ?? [] : version.deployment
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
