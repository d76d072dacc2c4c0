import { Move } from './move';
import { ServiceDeclaration } from '../declaration/service-declaration';
import { Declared } from '../declaration/to-model';
import { VersionProps } from '../declaration/version';
import { MeshDriver } from '../meshes/mesh-driver';
import { Finding } from '../model/finding';
import { CapacityModel } from '../rollout/capacity';
import { Rollout } from '../rollout/rollout';

/** A controller, as messages and checks need it. */
export interface Controller {
  /** Name of the product. */
  readonly name: string;
  /** Whether it can move weights where the mesh leaves the shares to the number of pods. */
  readonly splitsByPods: boolean;
}

/** A service with a rollout that a controller carries out. Everything here is total: what is wrong is in `findings`. */
export interface ControlledService {
  readonly controller: Controller;
  readonly path: string;
  readonly driver?: MeshDriver;
  readonly root: string;
  readonly namespace: string;
  readonly declaration: ServiceDeclaration;
  readonly rollout: Rollout;
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
  /** What is wrong with the declaration and the rollout, whatever the controller. */
  readonly findings: readonly Finding[];
  /** Whether the rollout makes sense. If not, a look at its steps would lead nowhere. */
  readonly sound: boolean;
  /** The meaning of a declaration of this service. */
  modelOf(declaration: ServiceDeclaration): Declared;
}
