import { IConstruct } from 'constructs';
import { clashes, revision, sameRoot } from './app/app-services';
import { duplicateObjects, objectIndex } from './app/object-index';
import { Gateway } from './declaration/gateway';
import { ServiceDeclaration } from './declaration/service-declaration';
import { Declared } from './declaration/to-model';
import { checkRoot } from './meshes/check-root';
import { MeshDriver } from './meshes/mesh-driver';
import { meshMissing } from './meshes/mesh-missing';
import { missingCapabilities } from './model/capabilities';
import { Finding } from './model/finding';
import { Report } from './model/report';
import { Exposure, RoutingModel } from './model/routing-model';
import { validate, withoutRepetition } from './model/validate';
import { findingsOfOthers, StageFindings } from './rollout/stage-findings';
import { StagedService } from './rollout/stage-service';

/** An exposure, and where the traffic comes in. */
export interface Exposed {
  readonly exposure: Exposure;
  readonly gateway: Gateway;
  /** What is wrong with its options. */
  readonly findings: readonly Finding[];
}

/** A service as far as it can be wrong. */
export interface CheckedService {
  readonly construct: IConstruct;
  /** What the other services of the app know of it. */
  readonly model: RoutingModel;
  readonly driver?: MeshDriver;
  readonly staged?: StagedService;
  /** A stage that was given without a rollout. */
  readonly strayStage?: string;
  /** What was found while its pods were rendered. */
  readonly podProblems: readonly Finding[];
  /** Grows until the app is synthesized. */
  readonly exposed: readonly Exposed[];
  /** The declaration as it is now. */
  readonly declared: () => Declared;
  /** The meaning of the declaration of another stage. */
  readonly declaredAt: (declaration: ServiceDeclaration) => Declared;
  /** Something that changes when objects change that the service takes over. */
  readonly takenOver: () => string;
}

/** Everything that is wrong with a service and its exposures, at its stage and at the others. */
export class ServiceFindings {
  private found?: { readonly state: string; readonly findings: readonly Finding[] };

  public constructor(private readonly service: CheckedService) {}

  /**
   * What is to be told at the service, or at one of its exposures.
   *
   * cdk8s validates each construct once for each chart of the app. What was found holds until something joins the app.
   */
  public at(construct: IConstruct): Finding[] {
    const state = `${revision(construct.node.root)} ${this.service.takenOver()}`;
    if (this.found?.state !== state) this.found = { state, findings: this.all() };
    return this.found.findings.filter(({ path }) => path === construct.node.path);
  }

  /** What other objects of the app have to do with those of the service. */
  public ofObjects(): Finding[] {
    const { construct, driver, model } = this.service;
    const objects = objectIndex(construct);
    const twins = sameRoot(construct.node.root, model).map(({ path }) => path);
    return [...duplicateObjects(construct, twins, objects), ...(driver?.checkObjects?.(model, objects) ?? [])];
  }

  private all(): Finding[] {
    const { declared, declaredAt, staged } = this.service;
    const { model, findings } = declared();
    const now = this.ofStage({ model, findings });
    const others = [...staged?.others ?? []].map(([folder, declaration]): StageFindings => {
      const other = declaredAt(declaration);
      return { folder, model: other.model, findings: this.ofStage(other) };
    });
    return withoutRepetition([...this.ofRollout(), ...now, ...findingsOfOthers({ model, findings: now }, others)]);
  }

  private ofRollout(): readonly Finding[] {
    const { construct, staged, strayStage } = this.service;
    if (strayStage === undefined) return staged?.findings ?? [];
    const report = new Report(construct.node.path);
    report.add('stage-unknown', 'stage', `the service has no rollout, and so no stage "${strayStage}"`, 'give it a `rollout`, or drop `stage`');
    return report.findings;
  }

  private ofStage({ model, findings }: Declared): Finding[] {
    const { construct, driver, podProblems, exposed } = this.service;
    return withoutRepetition([
      ...findings,
      ...podProblems,
      ...validate(model),
      ...exposed.flatMap((one) => one.findings),
      ...exposed.flatMap(({ exposure, gateway }) => gateway._check(model, exposure, driver?.name ?? '')),
      ...this.ofMesh(model),
      ...clashes(construct.node.root, this.service.model),
    ]);
  }

  private ofMesh(model: RoutingModel): Finding[] {
    const { construct, driver, staged } = this.service;
    if (staged?.sound === false) return [];
    if (!driver) return meshMissing(construct.node.path);
    return [...missingCapabilities(model, driver), ...checkRoot(model, driver), ...driver.check(model)];
  }
}
