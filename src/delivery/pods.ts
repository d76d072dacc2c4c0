import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Controlled } from './controlled';
import { accountOf } from './target';
import { Report } from '../model/report';
import { RoutingModel } from '../model/routing-model';
import { renderConfigMap } from '../workload/config-map';
import { renderDeployment } from '../workload/deployment';
import { renderServiceAccount } from '../workload/service-account';

/** The pods that a controller is given. */
export interface Target {
  readonly service: Controlled;
  /** The service with these pods as its only version. */
  readonly model: RoutingModel;
  readonly accounts: ReadonlyMap<string, kplus.IServiceAccount>;
}

/** The accounts of both versions: pods of either may run, whichever the manifests ask for. */
export function renderAccounts(scope: Construct, { declaration, root }: Controlled, model: RoutingModel): Map<string, kplus.IServiceAccount> {
  const accounts = new Map<string, kplus.IServiceAccount>();
  for (const version of declaration.versions) {
    const name = accountOf(version, declaration, root);
    if (accounts.has(name)) continue;
    accounts.set(name, version.serviceAccount ?? renderServiceAccount(scope, accounts.size === 0 ? 'ServiceAccount' : `ServiceAccount${accounts.size + 1}`, {
      name, namespace: model.namespace, labels: { ...model.labels },
    }));
  }
  return accounts;
}

/** The configuration files of both versions, for the same reason. */
export function renderConfigMaps(scope: Construct, { declaration, root }: Controlled, model: RoutingModel): void {
  declaration.versions.forEach(({ name, configFiles }, index) => {
    if (!configFiles) return;
    renderConfigMap(scope, `ConfigMap${index + 1}`, { namespace: model.namespace, labels: { ...model.labels }, configMap: configFiles._toModel(`${root}-${name}`) });
  });
}

/** The Deployment that a controller takes its pods from. */
export function renderTarget(scope: Construct, { service, model, accounts }: Target, report: Report): kplus.Deployment {
  const [version] = model.versions;
  return renderDeployment(scope, 'Deployment', {
    model,
    version,
    props: { ...service.current, deployment: undefined, existing: undefined },
    serviceAccount: accounts.get(version.serviceAccount),
    labels: { ...model.labels },
    meshPods: service.surroundings.meshPods,
  }, report);
}

/** The pods of a Deployment that itself is not written: other kinds have the same template. */
export function templateOf(target: Target, report: Report): () => DeploymentSpec {
  const deployment = renderTarget(new Chart(new App(), 'template'), target, report);
  return () => (ApiObject.of(deployment).toJson() as { readonly spec: DeploymentSpec }).spec;
}

/** Fields of a Deployment that other kinds take over. */
export interface DeploymentSpec {
  readonly selector: { readonly matchLabels?: { [key: string]: string } };
  readonly template: unknown;
  readonly minReadySeconds?: number;
  readonly progressDeadlineSeconds?: number;
  readonly strategy?: { readonly rollingUpdate?: { readonly maxSurge?: number | string; readonly maxUnavailable?: number | string } };
}
