import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { CanaryVersion } from '../canary-version';
import { ServiceDeclaration } from '../declaration/service-declaration';
import { VersionProps } from '../declaration/version';
import { nameProblem } from '../model/names';
import { RoutingModel, Version } from '../model/routing-model';
import { labelExisting, renderDeployment } from './deployment';
import { renderServiceAccount } from './service-account';
import { renderService } from './service';

export interface WorkloadOptions {
  readonly labels: Record<string, string>;
  readonly meshLabels: Readonly<Record<string, string>>;
  readonly renderRoot: () => kplus.Service;
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
export function renderVersions(scope: Construct, model: RoutingModel, declaration: ServiceDeclaration, options: WorkloadOptions):
{ root: kplus.Service; versions: Map<string, CanaryVersion> } {
  const declared = model.versions
    .map((version, index) => ({ id: idOf(version, index), version, props: declaration.versions[index] }))
    .filter(({ version }, index) => model.versions.findIndex(({ name }) => name === version.name) === index);
  const accounts = renderAccounts(scope, model, declared, options);
  const root = options.renderRoot();
  const leaves = declared.map(({ id, version }) => renderLeaf(scope, id, model, version, options));
  const versions = declared.map(({ id, version, props }, index) => {
    const deployment = renderPods(scope, id, model, version, props, accounts, options);
    return new CanaryVersion(version.name, deployment, leaves[index], version.host, version.serviceAccount);
  });
  return { root, versions: new Map(versions.map((version) => [version.name, version])) };
}

/** Construct ids are a contract: the name of the version. Names that cannot be ids are findings and get a number. */
function idOf(version: Version, index: number): string {
  return nameProblem(version.name, 'dns-1123-label') ? `Version${index}` : version.name;
}

function versionLabels(model: RoutingModel, version: Version, labels: Record<string, string>): Record<string, string> {
  return { ...labels, [model.versionKey]: version.label };
}

function renderAccounts(scope: Construct, model: RoutingModel, declared: readonly Declared[], options: WorkloadOptions): Map<string, kplus.IServiceAccount> {
  const accounts = new Map<string, kplus.IServiceAccount>();
  for (const { id, version, props } of declared) {
    if (props.deployment || accounts.has(version.serviceAccount)) continue;
    const shared = declared.filter((other) => other.version.serviceAccount === version.serviceAccount).length > 1;
    const labels = shared ? options.labels : versionLabels(model, version, options.labels);
    accounts.set(version.serviceAccount, props.serviceAccount
      ?? renderServiceAccount(scope, `${id}-ServiceAccount`, version.serviceAccount, model.namespace, labels));
  }
  return accounts;
}

function renderLeaf(scope: Construct, id: string, model: RoutingModel, version: Version, { labels }: WorkloadOptions): kplus.Service {
  return renderService(scope, id, {
    name: version.leaf,
    namespace: model.namespace,
    labels: versionLabels(model, version, labels),
    selector: { [model.app.key]: model.app.value, [model.versionKey]: version.label },
    ports: model.ports.map((port) => ({ ...port, nodePort: undefined })),
    type: kplus.ServiceType.CLUSTER_IP,
  });
}

function renderPods(
  scope: Construct, id: string, model: RoutingModel, version: Version, props: VersionProps, accounts: ReadonlyMap<string, kplus.IServiceAccount>, options: WorkloadOptions,
): kplus.Deployment {
  if (props.deployment) {
    labelExisting(props.deployment, { ...options.meshLabels, [model.app.key]: model.app.value, [model.versionKey]: version.label });
    return props.deployment;
  }
  return renderDeployment(scope, `${id}-Deployment`, {
    model, version, props, serviceAccount: accounts.get(version.serviceAccount)!, labels: versionLabels(model, version, options.labels), meshLabels: options.meshLabels,
  });
}
