import { Construct } from 'constructs';
import { Controller, Controlled } from './controlled';
import { isSwitch, movesOf } from './move';
import { Outside } from './outside';
import { ControlledServiceProps } from './props';
import { joinController } from './shared-rollouts';
import { isOneStage } from '../app/stages';
import { namespaceOf } from '../declaration/namespace';
import { ServiceDeclaration } from '../declaration/service-declaration';
import { Declared, toModel } from '../declaration/to-model';
import { VersionProps } from '../declaration/version';
import { Mesh } from '../meshes';
import { Exposure, RoutingModel } from '../model/routing-model';
import { StagedService, stageService } from '../rollout/stage-service';
import { appProtocol } from '../workload/app-protocol';

const NOTHING: VersionProps = { name: '' };

export function controlledService(scope: Construct, id: string, props: ControlledServiceProps, controller: Controller): Controlled {
  const declaration: ServiceDeclaration = { ...props, ports: props.ports ?? [], versions: props.versions ?? [] };
  const driver = (props.mesh ?? Mesh.of(scope))?._driver;
  const { path } = scope.node;
  const root = props.name ?? id;
  const namespace = props.namespace ?? namespaceOf(scope);
  const outside: Outside[] = [];
  const exposures: Exposure[] = [];
  const modelOf = (of: ServiceDeclaration): Declared => toModel({ ...of, root: undefined }, {
    path,
    name: root,
    namespace,
    clusterDomain: driver?.clusterDomain ?? 'cluster.local',
    meshPods: driver?.podMetadata ?? {},
    rootSelector: driver?.rootSelector,
    appProtocol: driver?.appProtocol ?? appProtocol,
    replicas: controller.splitsByPods ? driver?.replicas : undefined,
    exposures,
  });
  const [first, ...moves] = movesOf(props.rollout);
  const stagedBy = (sharesByPods: string | undefined): StagedService =>
    stageService(declaration, props.rollout, { path, root, stage: props.rollout.stageNames[0], sharesByPods });
  const inside = controller.splitsByPods && props.ingress === undefined && !isSwitch(moves) ? driver?.replicas && driver.name : undefined;
  const { model } = props.rollout._staged();
  const named = (version: string | undefined) =>
    declaration.versions.find(({ name }) => version !== undefined && name === props.rollout._nameOf(version)) ?? declaration.versions[0] ?? NOTHING;
  const candidate = named(model.pair?.candidate);
  return {
    props,
    controller,
    path,
    driver,
    root,
    namespace,
    declaration,
    rollout: props.rollout,
    stable: named(model.pair?.stable),
    candidate,
    current: declaration.versions.find(({ name }) => name === props.version) ?? candidate,
    moves,
    pods: first?.traffic.replicas[model.pair?.stable ?? ''],
    capacity: model.capacity._toModel(),
    outside,
    // Where a gateway is split, pods make no shares.
    staged: () => stagedBy(outside.length === 0 ? inside : undefined),
    inStages: isOneStage(scope.node.root),
    others: joinController(scope, props.rollout),
    modelOf,
    addOutside: (added) => {
      outside.push(added);
      exposures.push(added.exposure);
    },
  };
}

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

/** One account for both versions unless they name their own: pods that still run may not lose theirs. */
export function accountOf(version: VersionProps, declaration: ServiceDeclaration, root: string): string {
  return version.serviceAccount?.name ?? version.serviceAccountName ?? declaration.serviceAccountName ?? root;
}
