import * as kplus from 'cdk8s-plus-28';
import { checkAdoption } from './check-adoption';
import { checkVersions } from './check-versions';
import { namedObjects } from './named-objects';
import { RootSelector } from './root-selector';
import { ruleModels } from './rules-to-model';
import { ServiceDeclaration } from './service-declaration';
import { ServicePort } from './service-port';
import { trafficPolicyToModel } from './traffic-policy-to-model';
import { versionModel } from './version-to-model';
import { Finding } from '../model/finding';
import { Report } from '../model/report';
import { Metadata, Port, Protocol as ProtocolModel, RoutingModel, Version } from '../model/routing-model';

/** Where a declaration stands. */
export interface Surroundings {
  readonly path: string;
  readonly name: string;
  readonly namespace: string;
  readonly clusterDomain: string;
  /** What the mesh wants on each pod. */
  readonly meshPods: Metadata;
  /** Which pods the mesh wants behind the root where nothing is declared. */
  readonly rootSelector?: RootSelector;
  /** Why the mesh wants the pods of every version behind the root, if it does. */
  readonly rootSelectsAll?: string;
  /** Whether a version has pods that were there before, at this stage of a rollout or at another one. */
  readonly adoptsPods?: boolean;
  /** Whether it can send to leaves beside an existing root all the same. */
  readonly leafBackends?: boolean;
  /** Protocol of a port in the words of the mesh. */
  readonly appProtocol: (port: Port) => string;
  /** Numbers of pods by version, where they make the shares because there is no mesh. */
  readonly replicas?: (model: RoutingModel) => ReadonlyMap<string, number>;
  readonly exposures: RoutingModel['exposures'];
}

export interface Declared {
  readonly model: RoutingModel;
  /** What the declaration says twice or against itself, so that the model has no room for it. */
  readonly findings: readonly Finding[];
}

/** The meaning of a declaration. The only place where defaults are filled in. */
export function toModel(declaration: ServiceDeclaration, surroundings: Surroundings): Declared {
  const report = new Report(surroundings.path);
  const { path, name, namespace, clusterDomain, exposures } = surroundings;
  const app = { key: declaration.appLabelKey ?? 'app', value: declaration.app ?? name };
  const versionKey = declaration.versionLabelKey ?? 'version';
  const versions = declaration.versions.map((version) =>
    versionModel(version, declaration, { root: name, app, versionKey, hostOf: (leaf) => hostName(leaf, namespace, clusterDomain) }));
  const ports = declaration.ports.map((port, _, all) => portModel(port, all));
  const rootSelector = declaration.rootSelector ?? defaultRootSelector(versions, surroundings);
  checkVersions(report, declaration, { app, versionKey, namespace, meshLabels: surroundings.meshPods.labels ?? {} });
  checkRoot(report, declaration, rootSelector);
  const model: RoutingModel = {
    path,
    namespace,
    root: {
      name,
      host: hostName(name, namespace, clusterDomain),
      type: declaration.serviceType ?? kplus.ServiceType.CLUSTER_IP,
      existing: declaration.root && (declaration.root._object.written === 'nowhere' ? 'named' : 'written'),
      selector: rootSelector._toModel({
        appKey: app.key, app: app.value, versionKey, versionLabel: (wanted) => versions.find((version) => version.name === wanted)?.label,
      }),
    },
    app,
    versionKey,
    labels: { ...declaration.labels, [app.key]: app.value },
    ports,
    versions,
    rules: ruleModels(report, declaration, ports),
    exposures,
    trafficPolicy: trafficPolicyToModel(declaration.trafficPolicy),
    clients: declaration.allowFrom?.map((client) => client._toModel(namespace)),
    named: namedObjects(declaration, namespace, ports, surroundings.appProtocol),
    withoutMesh: surroundings.replicas !== undefined,
  };
  checkAdoption(report, declaration, model, surroundings);
  return { model: withReplicas(model, surroundings.replicas?.(model)), findings: report.findings };
}

/** A root that is the leaf of a version has to select that version. */
function defaultRootSelector(versions: readonly Version[], { name, rootSelector }: Surroundings): RootSelector {
  const own = versions.find(({ leaf }) => leaf === name);
  return own ? RootSelector.version(own.name) : rootSelector ?? RootSelector.allVersions();
}

function withReplicas(model: RoutingModel, replicas: ReadonlyMap<string, number> | undefined): RoutingModel {
  if (!replicas) return model;
  return { ...model, versions: model.versions.map((version) => ({ ...version, replicas: replicas.get(version.name) ?? version.replicas })) };
}

/** Name that a Service has inside the cluster. */
function hostName(service: string, namespace: string, clusterDomain: string): string {
  return `${service}.${namespace}.svc.${clusterDomain}`;
}

function portModel(port: ServicePort, all: readonly ServicePort[]): Port {
  const protocol: ProtocolModel = port.protocol ?? 'HTTP';
  const shared = all.filter((other) => (other.protocol ?? 'HTTP') === protocol).length > 1;
  return {
    number: port.port,
    targetPort: port.targetPort ?? port.port,
    nodePort: port.nodePort,
    name: port.name ?? `${protocol.toLowerCase()}${shared ? `-${port.port}` : ''}`,
    protocol,
    sniHosts: port.sniHosts ?? [],
  };
}

function checkRoot(report: Report, declaration: ServiceDeclaration, rootSelector: RootSelector): void {
  if (declaration.serviceType === kplus.ServiceType.EXTERNAL_NAME) {
    report.add('service-type-invalid', 'serviceType', 'a Service of type ExternalName has no pods to share traffic between', 'use CLUSTER_IP, NODE_PORT or LOAD_BALANCER');
  }
  if (rootSelector._version !== undefined && !declaration.versions.some(({ name }) => name === rootSelector._version)) {
    report.add('version-unknown', 'rootSelector', `no version is named "${rootSelector._version}"`, 'name a declared version');
  }
  if (declaration.splitByPods && declaration.weights) {
    report.add('split-mixed', 'weights', 'weights beside `splitByPods`', 'drop one of them');
  }
}
