import { ControlledServiceProps } from './controlled-service-props';
import { Move } from './move';
import { Outside } from './outside';
import { ServiceDeclaration } from '../declaration/service-declaration';
import { Declared, Surroundings } from '../declaration/to-model';
import { VersionProps } from '../declaration/version';
import { MeshDriver } from '../meshes/mesh-driver';
import { CapacityModel } from '../rollout/capacity';
import { RolloutModel } from '../rollout/rollout-model';
import { StagedService } from '../rollout/stage-service';

/** A controller, as messages and checks need it. */
export interface Controller {
  /** Name of the product. */
  readonly name: string;
  /** Whether it can move weights where the mesh leaves the shares to the number of pods. */
  readonly splitsByPods: boolean;
}

/** A service with a rollout that a controller carries out. Everything here is total: `check-controlled.ts` tells what is wrong. */
export interface Controlled {
  readonly props: ControlledServiceProps;
  readonly controller: Controller;
  readonly path: string;
  readonly driver?: MeshDriver;
  readonly root: string;
  readonly surroundings: Surroundings;
  readonly declaration: ServiceDeclaration;
  /** Versions have the rollout's names, as in `moves`. */
  readonly rollout: RolloutModel;
  /** The two versions, by the names that the service gives them. */
  readonly stable: VersionProps;
  readonly candidate: VersionProps;
  /** The one of the two whose pods the manifests ask for. */
  readonly current: VersionProps;
  /** Steps after the one that is there before the rollout. */
  readonly moves: readonly Move[];
  /** Number of pods before the rollout, where it says one. */
  readonly pods?: number;
  readonly capacity: CapacityModel;
  /** Whether the app is written once for each stage of a rollout. */
  readonly inStages: boolean;
  /** Ways in from outside. Grows while the app is built: read it at synthesis, not before. */
  readonly outside: Outside[];
  /** The service at the stages that it would have without a controller: what is wrong there is wrong here. */
  staged(): StagedService;
  /** Paths of other services with the same rollout. */
  others(): readonly string[];
  /** The meaning of a declaration of this service. Its exposures grow like those of the service. */
  modelOf(declaration: ServiceDeclaration): Declared;
  /** Makes a way in from outside known to all models of the service. */
  addOutside(outside: Outside): void;
}
