import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { changed, join } from './app/app-services';
import { addFindings } from './app/findings';
import { chosenStage, joinRollout } from './app/stages';
import { CanaryVersion } from './canary-version';
import { adopt, Reach } from './declaration/adopt';
import { Client } from './declaration/client';
import { podLabelsOf, selectorOf } from './declaration/deployment-selector';
import { ExistingObject } from './declaration/existing-object';
import { ExposeViaGatewayOptions } from './declaration/exposure';
import { exposureToModel } from './declaration/exposure-to-model';
import { Gateway } from './declaration/gateway';
import { namespaceOf } from './declaration/namespace';
import { ServiceDeclaration } from './declaration/service-declaration';
import { toModel } from './declaration/to-model';
import { Mesh } from './meshes';
import { MeshDriver } from './meshes/mesh-driver';
import { surroundingsOf } from './meshes/surroundings';
import { listed } from './model/nearest';
import { Exposure, RoutingModel } from './model/routing-model';
import { checkPatchedObjects } from './patched-objects';
import { gateText } from './rollout/gate-text';
import { leftByHand } from './rollout/left-by-hand';
import { Rollout } from './rollout/rollout';
import { StagedService, stageService } from './rollout/stage-service';
import { firstLike } from './rollout/staged-rollout';
import { isSameTraffic } from './rollout/traffic';
import { Exposed, ServiceFindings } from './service-findings';
import { renderWorkload } from './workload/workload';

/**
 * Properties of `CanaryService`.
 */
export interface CanaryServiceProps extends ServiceDeclaration {
  /**
   * What decides the traffic inside the cluster.
   *
   * @default - the one chosen with `Mesh.setDefault` for the nearest scope; without one, the service is refused (`mesh-missing`)
   */
  readonly mesh?: Mesh;

  /**
   * How the traffic moves from version to version. Takes the place of `weights` and `splitByPods` (`rollout-mixed`); what else stands on the
   * service holds at every stage, so that it may name only versions that every stage has (`rollout-unfit`). Every declared version has its
   * part in the rollout (`version-unused`). Give one rollout to several services, and they move together.
   *
   * @default - none: the declaration is all there is
   */
  readonly rollout?: Rollout;

  /**
   * Stage of the rollout, by number (`'2'`), name (`'weight-10'`) or folder (`'02-weight-10'`, `'rollback/02-weight-10/00-back'`). A `StagedApp`
   * builds every stage, whatever stands here.
   *
   * @default - the context `canary:stage` of the nearest scope, else the environment variable CANARY_STAGE; without any, the service is refused
   * (`stage-missing`), because no stage is safe to fall back to
   */
  readonly stage?: string;
}

/**
 * A service with several versions that share its traffic: one declaration, and every manifest that the mesh needs for it.
 *
 * What is wrong is not thrown but collected: `app.synth()` reports all findings of all services at once, and writes nothing.
 */
export class CanaryService extends Construct {
  /** Name of the root Service inside the cluster, fully qualified. That is what clients have to call. */
  public readonly host: string;

  /** The pods of all versions, as clients of other services: for their `allowFrom`. */
  public readonly clients: Client[];

  private readonly rootService?: kplus.Service;
  private readonly driver?: MeshDriver;
  private readonly existingDeployments: readonly kplus.Deployment[];
  private readonly takenOver: readonly ExistingObject[];
  private readonly model: RoutingModel;
  private readonly staged?: StagedService;
  private readonly exposures: Exposure[] = [];
  private readonly exposed: Exposed[] = [];
  private readonly versions: ReadonlyMap<string, CanaryVersion>;
  private readonly findings: ServiceFindings;

  /**
   * Declares a service.
   *
   * @param scope a chart, or a construct in one
   * @param id id of the construct; also the name of the root Service unless `name` is given
   * @param props the declaration
   */
  public constructor(scope: Construct, id: string, props: CanaryServiceProps) {
    super(scope, id);
    // Callers without types may leave out what is required: that is a finding, like anything else.
    this.driver = (props.mesh ?? Mesh.of(this))?._driver;
    const given = adopt({ ...props, ports: props.ports ?? [], versions: props.versions ?? [] }, id, reachOf(this.driver));
    this.staged = props.rollout && this.stage(given, props.rollout, props.stage);
    const declaration = this.staged?.declaration ?? given;
    this.existingDeployments = declaration.versions.map(({ deployment }) => deployment).filter((deployment) => deployment !== undefined);
    this.takenOver = [props.root, ...given.versions.map(({ existing }) => existing)].flatMap((existing) => existing?._object ?? []);
    const surroundings = surroundingsOf(this, this.driver, { name: given.name, namespace: props.namespace, exposures: this.exposures });
    const adoptsPods = given.versions.some(({ existing }) => existing);
    const declaredAt = (of: ServiceDeclaration) => toModel(of, { ...surroundings, adoptsPods });
    const first = declaredAt(declaration);
    // Exposures join the model in place; only what was taken over may change in other ways until the app is synthesized.
    const changes = this.existingDeployments.length > 0 || this.takenOver.length > 0;
    this.model = first.model;
    this.host = this.model.root.host;
    const accounts = new Set(this.model.versions.map(({ serviceAccount }) => serviceAccount));
    this.clients = [...accounts].map((account) => Client.serviceAccount(account, { namespace: this.model.namespace }));
    const rootType = props.serviceType ?? kplus.ServiceType.CLUSTER_IP;
    const { root, versions, problems } = renderWorkload({
      scope: this,
      model: this.model,
      versions: declaration.versions,
      rootType,
      existingRoot: props.root,
      routesToLeaf: (version) => this.driver?.routesToLeaf?.(this.model, version) ?? true,
      meshPods: surroundings.meshPods,
      meshRoot: this.driver?.rootMetadata?.(this.model) ?? {},
      appProtocol: surroundings.appProtocol,
    });
    this.rootService = root;
    this.versions = versions;
    this.driver?.render(this, this.model);
    join(this.node.root, this.model);
    this.findings = new ServiceFindings({
      construct: this,
      model: this.model,
      driver: this.driver,
      staged: this.staged,
      strayStage: props.rollout ? undefined : props.stage,
      podProblems: problems,
      exposed: this.exposed,
      declared: () => (changes ? declaredAt(declaration) : first),
      declaredAt,
      takenOver: () => this.takenOverState(),
    });
    addFindings(this, () => [...this.findings.at(this), ...this.findings.ofObjects()]);
    // What is taken over may stand where it cannot be seen.
    if (this.staged?.sound !== false && this.takenOver.length === 0) checkPatchedObjects(this, this.existingDeployments);
  }

  /** The root Service, also called apex. Throws for an existing one that is no Service of cdk8s-plus in this app. */
  public get root(): kplus.Service {
    if (!this.rootService) throw new Error(`the root Service of "${this.node.path}" was taken over, and is no construct of cdk8s-plus; use its name`);
    return this.rootService;
  }

  /**
   * A version, to build on.
   *
   * @param name name of a declared version; any other throws, also one that the stage of the rollout does not have
   */
  public version(name: string): CanaryVersion {
    const version = this.tryVersion(name);
    const at = this.staged ? ` at stage "${this.staged.stage}"` : '';
    if (!version) throw new Error(`"${this.node.path}" has no version "${name}"${at}, declared are ${listed([...this.versions.keys()])}`);
    return version;
  }

  /**
   * A version, or nothing if there is none of that name, for instance because the stage of the rollout does not have it.
   *
   * @param name name of a version
   */
  public tryVersion(name: string): CanaryVersion | undefined {
    return this.versions.get(name);
  }

  /**
   * Lets traffic from outside in, by the same rules and weights as inside.
   *
   * @param gateway where it comes in
   * @param options hosts and conditions
   */
  public exposeViaGateway(gateway: Gateway, options: ExposeViaGatewayOptions = {}): void {
    const scope = new Construct(this, `Exposure${this.exposures.length + 1}`);
    const { exposure, findings } = exposureToModel(scope.node.path, this.model.root.name, gateway, options);
    this.exposures.push(exposure);
    this.exposed.push({ exposure, gateway, findings });
    changed(this.node.root);
    if (this.exposures.length === 1) this.driver?.renderExposures?.(this, this.model);
    const called = this.model.versions.filter((version) => version.idle && gateway._routesToLeaf(this.model, exposure, version));
    for (const { name } of called) this.tryVersion(name)?._needLeaf();
    gateway._render(scope, this.model, exposure);
    scope.node.addDependency(gateway);
    addFindings(scope, () => this.findings.at(scope));
  }

  /** Existing objects of the app may change until it is synthesized. */
  private takenOverState(): string {
    const objects = this.takenOver.filter(({ construct }) => construct).map((existing) => existing.read());
    return JSON.stringify([
      ...this.existingDeployments.map((deployment) => [selectorOf(deployment), podLabelsOf(deployment)]),
      ...objects.map((found) => ('object' in found ? found.object.document : found)),
    ]);
  }

  private stage(declaration: ServiceDeclaration, rollout: Rollout, own: string | undefined): StagedService {
    const staged = rollout._staged();
    const stage = chosenStage(this, own);
    joinRollout(this.node.root, this.node.path, {
      identity: staged,
      stages: rollout.stageNames,
      folders: [...staged.sets.keys()],
      gates: new Map([...staged.sets].map(([folder, { gates }]) => [folder, gates.map(gateText)])),
      returned: new Set([...staged.sets].filter(([, { traffic }]) => isSameTraffic(traffic, staged.stages[0].traffic)).map(([folder]) => folder)),
      left: leftByHand(declaration, rollout).map((name) => `Deployment ${declaration.namespace ?? namespaceOf(this)}/${name}`),
      firstLike: (folder) => firstLike(staged, folder),
    }, stage);
    const sharesByPods = this.driver?.replicas && this.driver.name;
    return stageService(declaration, rollout, { path: this.node.path, root: declaration.name ?? '', stage, sharesByPods });
  }
}

function reachOf(driver: MeshDriver | undefined): Reach {
  return { rootSelectsAll: driver?.rootSelectsAll !== undefined, leaves: driver?.leafBackends ?? false };
}
