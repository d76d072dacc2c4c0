import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { labelExisting, renderDeployment } from './deployment';
import { renderService } from './service';
import { renderServiceAccount } from './service-account';
import { CanaryVersion } from '../canary-version';
import { VersionProps } from '../declaration/version';
import { nameProblem } from '../model/names';
import { RoutingModel, Version } from '../model/routing-model';

export interface Workload {
  readonly scope: Construct;
  readonly model: RoutingModel;
  /** As declared, in the order of the model's versions. */
  readonly versions: readonly VersionProps[];
  /** Labels of every object. */
  readonly labels: Record<string, string>;
  /** Labels that the mesh wants on each pod. */
  readonly meshLabels: Readonly<Record<string, string>>;
  readonly rootType: kplus.ServiceType;
}

export interface RenderedWorkload {
  readonly root: kplus.Service;
  readonly versions: ReadonlyMap<string, CanaryVersion>;
}

interface Declared {
  readonly id: string;
  readonly version: Version;
  readonly props: VersionProps;
}

/**
 * Accounts, Services and Deployments, in this order: what is needed first comes first in the manifests.
 * A version that is declared twice is made once; the duplicate is a finding.
 */
export function renderWorkload(workload: Workload): RenderedWorkload {
  const { model } = workload;
  const declared = model.versions
    .map((version, index) => ({ id: idOf(version, index), version, props: workload.versions[index] }))
    .filter(({ version }, index) => model.versions.findIndex(({ name }) => name === version.name) === index);
  const accounts = renderAccounts(workload, declared);
  const root = renderRoot(workload);
  const leaves = declared.map((one) => renderLeaf(workload, one));
  const versions = declared.map((one, index) => {
    const { name, host, serviceAccount } = one.version;
    return CanaryVersion._of({
      name, host, serviceAccountName: serviceAccount, leaf: leaves[index], deployment: renderPods(workload, one, accounts.get(serviceAccount)),
    });
  });
  return { root, versions: new Map(versions.map((version) => [version.name, version])) };
}

/** Construct ids are a contract: the name of the version. Names that cannot be ids are findings and get a number. */
function idOf(version: Version, index: number): string {
  return nameProblem(version.name, 'dns-1123-label') ? `Version${index}` : version.name;
}

function identity(model: RoutingModel, version: Version): Record<string, string> {
  return { [model.app.key]: model.app.value, [model.versionKey]: version.label };
}

function versionLabels({ model, labels }: Workload, version: Version): Record<string, string> {
  return { ...labels, [model.versionKey]: version.label };
}

function renderAccounts(workload: Workload, declared: readonly Declared[]): Map<string, kplus.IServiceAccount> {
  const accounts = new Map<string, kplus.IServiceAccount>();
  for (const { id, version, props } of declared) {
    const name = version.serviceAccount;
    if (props.deployment || accounts.has(name)) continue;
    const shared = declared.filter((other) => other.version.serviceAccount === name).length > 1;
    const labels = shared ? workload.labels : versionLabels(workload, version);
    const metadata = { name, namespace: workload.model.namespace, labels };
    accounts.set(name, props.serviceAccount ?? renderServiceAccount(workload.scope, `${id}-ServiceAccount`, metadata));
  }
  return accounts;
}

function renderRoot({ scope, model, labels, rootType }: Workload): kplus.Service {
  return renderService(scope, 'Root', {
    name: model.root.name, namespace: model.namespace, labels, selector: model.root.selector, ports: model.ports, type: rootType,
  });
}

function renderLeaf(workload: Workload, { id, version }: Declared): kplus.Service {
  const { scope, model } = workload;
  return renderService(scope, id, {
    name: version.leaf,
    namespace: model.namespace,
    labels: versionLabels(workload, version),
    selector: identity(model, version),
    ports: model.ports.map((port) => ({ ...port, nodePort: undefined })),
    type: kplus.ServiceType.CLUSTER_IP,
  });
}

function renderPods(workload: Workload, { id, version, props }: Declared, serviceAccount: kplus.IServiceAccount | undefined): kplus.Deployment {
  const { scope, model, meshLabels } = workload;
  if (props.deployment) {
    labelExisting(props.deployment, { ...meshLabels, ...identity(model, version) });
    return props.deployment;
  }
  return renderDeployment(scope, `${id}-Deployment`, {
    model, version, props, serviceAccount, meshLabels, labels: versionLabels(workload, version),
  });
}
