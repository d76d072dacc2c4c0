import { Construct } from 'constructs';
import { Controller, Controlled } from './controlled';
import { ControlledServiceProps } from './controlled-service-props';
import { isSwitch, movesOf } from './move';
import { Outside } from './outside';
import { joinController } from './shared-rollouts';
import { isOneStage } from '../app/stages';
import { ServiceDeclaration } from '../declaration/service-declaration';
import { toModel } from '../declaration/to-model';
import { VersionProps } from '../declaration/version';
import { Mesh } from '../meshes';
import { surroundingsOf } from '../meshes/surroundings';
import { Exposure } from '../model/routing-model';
import { StagedService, stageService } from '../rollout/stage-service';

const NOTHING: VersionProps = { name: '' };

/** Puts together what is known of a service that a controller looks after. */
export function toControlled(scope: Construct, id: string, props: ControlledServiceProps, controller: Controller): Controlled {
  const declaration: ServiceDeclaration = { ...props, ports: props.ports ?? [], versions: props.versions ?? [] };
  const driver = (props.mesh ?? Mesh.of(scope))?._driver;
  const { path } = scope.node;
  const root = props.name ?? id;
  const outside: Outside[] = [];
  const exposures: Exposure[] = [];
  const around = surroundingsOf(scope, driver, { name: root, namespace: props.namespace, exposures });
  const surroundings = { ...around, replicas: controller.splitsByPods ? around.replicas : undefined };
  const { model } = props.rollout._staged();
  const [first, ...moves] = movesOf(props.rollout);
  const stagedBy = (sharesByPods: string | undefined): StagedService =>
    stageService(declaration, props.rollout, { path, root, stage: props.rollout.stageNames[0], sharesByPods });
  const inside = controller.splitsByPods && props.ingress === undefined && !isSwitch(moves) ? driver?.replicas && driver.name : undefined;
  const named = (version: string | undefined) =>
    declaration.versions.find(({ name }) => version !== undefined && name === props.rollout._nameOf(version)) ?? declaration.versions[0] ?? NOTHING;
  const candidate = named(model.pair?.candidate);
  return {
    props,
    controller,
    path,
    driver,
    root,
    surroundings,
    declaration,
    rollout: model,
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
    modelOf: (of) => toModel({ ...of, root: undefined }, surroundings),
    addOutside: (added) => {
      outside.push(added);
      exposures.push(added.exposure);
    },
  };
}
