import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { renderAutoscaler } from './autoscaler';
import { renderConfigMap } from './config-map';
import { addMissing, renderDeployment } from './deployment';
import { renderDisruptionBudget } from './disruption-budget';
import { addToService, protocolsOf, renderExisting } from './existing';
import { renderService } from './service';
import { renderServiceAccount } from './service-account';
import { CanaryVersion } from '../canary-version';
import { ExistingService } from '../declaration/existing-service';
import { VersionProps } from '../declaration/version';
import { NAMED_OBJECTS } from '../manifests/named-objects';
import { WAIVER_PREFIX } from '../manifests/waiver';
import { Finding } from '../model/finding';
import { nameProblem } from '../model/names';
import { Report } from '../model/report';
import { Metadata, Port, RoutingModel, Version } from '../model/routing-model';

export interface Workload {
  readonly scope: Construct;
  readonly model: RoutingModel;
  /** As declared, in the order of the model's versions. */
  readonly versions: readonly VersionProps[];
  /** Whether the mesh sends to the leaf of a version. */
  readonly routesToLeaf: (version: Version) => boolean;
  /** What the mesh wants on each pod. */
  readonly meshPods: Metadata;
  /** What the mesh wants on the root Service. */
  readonly meshRoot: Metadata;
  /** Protocol of a port in the words of the mesh. */
  readonly appProtocol: (port: Port) => string;
  readonly rootType: kplus.ServiceType;
  /** Takes the place of a new root. */
  readonly existingRoot?: ExistingService;
}

export interface RenderedWorkload {
  /** `undefined`: it is none of cdk8s-plus. */
  readonly root?: kplus.Service;
  /** What cdk8s-plus refuses about the pods. */
  readonly problems: readonly Finding[];
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
  const leaves = declared.map((one) => leafOf(workload, one, root));
  const report = new Report(model.path);
  const versions = declared.map((one, index) => {
    const { name, host, serviceAccount, configMap } = one.version;
    if (configMap) renderConfigMap(workload.scope, `${one.id}-ConfigMap`, { namespace: model.namespace, labels: versionLabels(workload, one.version), configMap });
    const deployment = renderPods(workload, one, accounts.get(serviceAccount), report);
    renderAround(workload, one, deployment);
    return CanaryVersion._of({ name, host, serviceAccountName: serviceAccount, leaf: leaves[index], deployment, undeployed: one.version.undeployed });
  });
  return { root, versions: new Map(versions.map((version) => [version.name, version])), problems: report.findings };
}

/** Construct ids are a contract: the name of the version. Names that cannot be ids are findings and get a number. */
function idOf(version: Version, index: number): string {
  return nameProblem(version.name, 'dns-1123-label') ? `Version${index + 1}` : version.name;
}

function versionLabels({ model }: Workload, version: Version): Record<string, string> {
  return { ...model.labels, [model.versionKey]: version.label };
}

function renderAccounts(workload: Workload, declared: readonly Declared[]): Map<string, kplus.IServiceAccount> {
  const accounts = new Map<string, kplus.IServiceAccount>();
  for (const { id, version, props } of declared) {
    const name = version.serviceAccount;
    if (props.deployment || props.existing || accounts.has(name)) continue;
    const shared = declared.filter((other) => other.version.serviceAccount === name).length > 1;
    const labels = shared ? { ...workload.model.labels } : versionLabels(workload, version);
    const metadata = { name, namespace: workload.model.namespace, labels };
    accounts.set(name, props.serviceAccount ?? renderServiceAccount(workload.scope, `${id}-ServiceAccount`, metadata));
  }
  return accounts;
}

function renderRoot(workload: Workload): kplus.Service | undefined {
  const { scope, model, meshRoot, rootType, appProtocol, existingRoot } = workload;
  if (existingRoot) return takeOverRoot(workload, existingRoot);
  return renderService(scope, 'Root', {
    name: model.root.name,
    namespace: model.namespace,
    labels: { ...model.labels, ...meshRoot.labels },
    annotations: meshRoot.annotations,
    selector: model.root.selector,
    ports: model.ports,
    type: rootType,
    appProtocol,
  });
}

function takeOverRoot({ scope, model, meshRoot, appProtocol }: Workload, { _object }: ExistingService): kplus.Service | undefined {
  const service = renderExisting(scope, 'Root', _object, model.namespace);
  if (service) addToService(service, _object, meshRoot, protocolsOf(model.ports, appProtocol));
  return service?.node.scope instanceof kplus.Service ? service.node.scope : undefined;
}

/**
 * A leaf that no route knows serves those who call it by its name, and does that as long as its version has pods: a Service without pods would only
 * be in the way. It is written all the same if anybody asks for it.
 */
function leafOf(workload: Workload, declared: Declared, root: kplus.Service | undefined): () => kplus.Service | undefined {
  const { version } = declared;
  if (version.leaf === workload.model.root.name) return () => root;
  const needed = !version.idle || (workload.routesToLeaf(version) && !version.idle.untouched);
  let leaf = needed ? renderLeaf(workload, declared) : undefined;
  return () => (leaf ??= renderLeaf(workload, declared));
}

function renderLeaf(workload: Workload, { id, version }: Declared): kplus.Service {
  const { scope, model } = workload;
  return renderService(scope, id, {
    name: version.leaf,
    namespace: model.namespace,
    labels: versionLabels(workload, version),
    annotations: leafAnnotations(model, version),
    selector: version.identity,
    ports: model.ports.map((port) => ({ ...port, nodePort: undefined })),
    type: kplus.ServiceType.CLUSTER_IP,
    appProtocol: workload.appProtocol,
  });
}

function leafAnnotations({ named }: RoutingModel, { existing, undeployed }: Version): Record<string, string> | undefined {
  if (undeployed) return { [`${WAIVER_PREFIX}selector-without-pods`]: 'off: at this stage of the rollout the version has no pods' };
  return existing && named?.length ? { [NAMED_OBJECTS]: JSON.stringify(named) } : undefined;
}

/** What looks after the pods of a version once they are there. */
function renderAround(workload: Workload, { id, version }: Declared, deployment: kplus.Deployment | undefined): void {
  const around = { namespace: workload.model.namespace, labels: versionLabels(workload, version), version };
  if (version.autoscaling && deployment) {
    deployment.markHasAutoscaler();
    renderAutoscaler(workload.scope, `${id}-Autoscaler`, { ...around, autoscaling: version.autoscaling, target: { apiVersion: 'apps/v1', kind: 'Deployment' } });
  }
  if (version.disruptionBudget) {
    renderDisruptionBudget(workload.scope, `${id}-DisruptionBudget`, { ...around, budget: version.disruptionBudget, selector: { ...version.identity } });
  }
}

function renderPods(
  workload: Workload, declared: Declared, serviceAccount: kplus.IServiceAccount | undefined, report: Report,
): kplus.Deployment | undefined {
  const { id, version, props } = declared;
  const { scope, model, meshPods } = workload;
  if (version.undeployed) return undefined;
  if (props.existing) {
    const written = renderExisting(scope, `${id}-Deployment`, props.existing._object, model.namespace)?.node.scope;
    return written instanceof kplus.Deployment ? written : undefined;
  }
  if (props.deployment) {
    addMissing(props.deployment, { labels: { ...meshPods.labels, ...version.identity }, annotations: meshPods.annotations });
    return props.deployment;
  }
  const object = { model, version, serviceAccount, meshPods, labels: versionLabels(workload, version) };
  return renderDeployment(scope, `${id}-Deployment`, { ...object, props }, report);
}
