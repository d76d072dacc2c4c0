import { Adopted, checkSelectors, labelsText, selectorText } from './check-adopted-selectors';
import { ExistingObject } from './existing-object';
import { ExistingPods } from './existing-pods';
import { ServiceDeclaration } from './service-declaration';
import { Service } from '../manifests/service';
import { listed } from '../model/nearest';
import { Report } from '../model/report';
import { Metadata, Port, RoutingModel } from '../model/routing-model';
import { selects } from '../model/selector';

export interface AdoptionSurroundings {
  /** What the mesh wants on each pod. */
  readonly meshPods: Metadata;
  /** Why the mesh needs the pods of every version behind the root, if it does. */
  readonly rootSelectsAll?: string;
  /** Whether a version has pods that were there before, at this stage of a rollout or at another one. */
  readonly adoptsPods?: boolean;
  /** Whether it can send to leaves beside an existing root all the same. */
  readonly leafBackends?: boolean;
  /** Protocol of a port in the words of the mesh. */
  readonly appProtocol: (port: Port) => string;
}

/** Why objects cannot be taken over as they are. Nothing about them is changed to make them fit. */
export function checkAdoption(report: Report, declaration: ServiceDeclaration, model: RoutingModel, around: AdoptionSurroundings): void {
  const root = declaration.root && readable(report, declaration.root._object, 'root') ? declaration.root._read() : undefined;
  const adopted = declaration.versions.flatMap(({ name, existing }) => {
    const place = `versions.${name}.existing`;
    const pods = existing && readable(report, existing._object, place) ? existing._read() : undefined;
    const version = model.versions.find((one) => one.name === name);
    return pods && version ? [{ pods, version, place }] : [];
  });
  for (const one of adopted) checkPods(report, one, model, around);
  if (root) {
    checkRoot(report, declaration, root, model);
    // A Service that is only named has none here.
    if (root.ports.length > 0) checkPorts(report, root, model, adopted, around);
    if (root.selector && !around.adoptsPods) {
      report.add('adoption-invalid', 'root', `the Service "${root.name}" has pods, and no version is said to be theirs`, 'give a version with `existing`');
    }
  }
  const beside = around.leafBackends && adopted.some(({ version }) => version.leaf === model.root.name);
  const rootSelectsAll = beside ? undefined : around.rootSelectsAll;
  if (!root || root.selector) checkSelectors(report, adopted, { model, adoptsRoot: root !== undefined, rootSelectsAll });
}

function readable(report: Report, object: ExistingObject, place: string): boolean {
  const found = object.read();
  if ('object' in found) return true;
  report.add('adoption-invalid', place, found.problem, 'give just the object that is meant, or its `name`');
  return false;
}

function checkPods(report: Report, { pods, version, place }: Adopted, model: RoutingModel, { meshPods }: AdoptionSurroundings): void {
  if (pods.namespace !== '' && pods.namespace !== model.namespace) {
    report.add('adoption-invalid', place, `it is in namespace "${pods.namespace}", the service in "${model.namespace}"`, 'put both in one namespace');
  }
  if (Object.keys(pods.selector.labels).length === 0) {
    report.add('adoption-invalid', place, `the Deployment "${pods.name}" selects its pods by no \`matchLabels\`, and Services know pods by nothing else`,
      'run its pods from a Deployment with `matchLabels` first');
  } else if (!selects(pods.selector, pods.podLabels)) {
    report.add('adoption-invalid', place, `the Deployment "${pods.name}" selects ${selectorText(pods.selector)}, and its pods carry ${labelsText(pods.podLabels)}`,
      'give both as they are in the cluster');
  }
  if (model.clients && pods.podLabels[model.app.key] !== model.app.value) {
    report.add('adoption-invalid', 'allowFrom', `access is granted to pods with ${model.app.key}=${model.app.value}, which those of "${version.name}" do not carry: they carry ${labelsText(pods.podLabels)}`,
      'use an `appLabelKey` and `app` that they carry, or leave `allowFrom` out until the version is gone');
  }
  const lacking = missing(meshPods, pods);
  if (lacking.length > 0) {
    report.warn('adoption-outside-mesh', place, `its pods lack ${listed(lacking)}, which brings pods into the mesh, and taking them over changes no pod`,
      'accept it if they are in the mesh for another reason');
  }
}

function missing({ labels = {}, annotations = {} }: Metadata, { podLabels, podAnnotations }: ExistingPods): string[] {
  return [
    ...Object.entries(labels).filter(([key, value]) => podLabels[key] !== value),
    ...Object.entries(annotations).filter(([key, value]) => podAnnotations[key] !== value),
  ].map(([key, value]) => `${key}=${value}`);
}

/** What the Service says itself is not said once more. */
function checkRoot(report: Report, declaration: ServiceDeclaration, root: Service, model: RoutingModel): void {
  const said = [
    ...(model.root.name === root.name ? [] : ['name']),
    ...(labelsText(model.root.selector) === labelsText(root.selector ?? {}) ? [] : ['rootSelector']),
    ...(declaration.serviceType === undefined ? [] : ['serviceType']),
    ...declaration.ports.flatMap(({ nodePort }, index) => (nodePort === undefined ? [] : [`ports[${index}].nodePort`])),
  ];
  for (const place of said) report.add('adoption-mixed', place, 'it stands beside an existing Service, which stays as it is', 'drop it');
  if (root.namespace !== '' && root.namespace !== model.namespace) {
    report.add('adoption-invalid', 'root', `it is in namespace "${root.namespace}", the service in "${model.namespace}"`, 'put both in one namespace');
  }
  if (root.externalName !== undefined || !root.selector) {
    report.add('adoption-invalid', 'root', `the Service "${root.name}" selects no pods`, 'give one that selects the pods of a version');
  }
}

/** Its ports have to be those declared: leaves and routes go by them. */
function checkPorts(report: Report, root: Service, model: RoutingModel, adopted: readonly Adopted[], { appProtocol }: AdoptionSurroundings): void {
  model.ports.forEach((port, index) => {
    const own = root.ports.find(({ number }) => number === port.number);
    if (!own) {
      report.add('adoption-invalid', `ports[${index}].port`, `the Service "${root.name}" has the ports ${root.ports.map(({ number }) => number).join(', ')}, not ${port.number}`, 'declare a port that it has');
      return;
    }
    const named = adopted.flatMap(({ pods }) => pods.ports).find(({ name }) => name === own.targetPort)?.number;
    const target = typeof own.targetPort === 'number' ? own.targetPort : named;
    if (target !== undefined && target !== port.targetPort) {
      report.add('adoption-invalid', `ports[${index}].targetPort`, `the Service "${root.name}" sends to ${target}, the declaration to ${port.targetPort}`, `set \`targetPort\` to ${target}`);
    }
    const protocol = appProtocol(port);
    if (own.appProtocol !== undefined && own.appProtocol !== protocol) {
      report.add('adoption-invalid', `ports[${index}].protocol`, `the Service "${root.name}" says \`appProtocol: ${own.appProtocol}\`, the declaration comes to "${protocol}"`,
        'declare the protocol that the port has');
    }
  });
}
