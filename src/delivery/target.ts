import { Controlled } from './controlled';
import { ServiceDeclaration } from '../declaration/service-declaration';
import { VersionProps } from '../declaration/version';
import { RoutingModel } from '../model/routing-model';

/** The service with just one version, which stands for the pods that the controller looks after. */
export function targetModel({ declaration, current, root, modelOf }: Controlled): RoutingModel {
  const serviceAccountName = accountOf(current, declaration, root);
  const version: VersionProps = { ...current, deployment: undefined, existing: undefined, deploymentName: root, leafName: root, serviceAccountName };
  const { model } = modelOf({ ...declaration, versions: [version], weights: undefined, splitByPods: undefined });
  return withSharedSelector(model);
}

/** A selector cannot change, and the pods of both versions come from one template: nothing that tells versions apart may stand in it. */
function withSharedSelector(model: RoutingModel): RoutingModel {
  const selector = { labels: { [model.app.key]: model.app.value }, expressions: [] };
  return { ...model, versions: model.versions.map((version) => ({ ...version, selector })) };
}

/** The accounts of both versions: pods of either may run, whichever the manifests ask for. */
export function accountsOf({ declaration, root }: Controlled): string[] {
  return [...new Set(declaration.versions.map((version) => accountOf(version, declaration, root)))];
}

/** One account for both versions unless they name their own: pods that still run may not lose theirs. */
export function accountOf(version: VersionProps, declaration: ServiceDeclaration, root: string): string {
  return version.serviceAccount?.name ?? version.serviceAccountName ?? declaration.serviceAccountName ?? root;
}
