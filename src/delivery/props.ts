import { ServiceDeclaration } from '../declaration/service-declaration';
import { Mesh } from '../meshes';
import { Rollout } from '../rollout/rollout';

/**
 * A service whose rollout a controller of the cluster carries out: the declaration of a `CanaryService`, with two versions.
 */
export interface ControlledServiceProps extends ServiceDeclaration {
  /**
   * What decides the traffic inside the cluster.
   *
   * @default - the one chosen with `Mesh.setDefault` for the nearest scope; without one, the service is refused (`mesh-missing`)
   */
  readonly mesh?: Mesh;

  /**
   * How the traffic moves from the stable version to the candidate. What the controller cannot do is refused (`controller-unfit`).
   */
  readonly rollout: Rollout;

  /**
   * Name of the version whose pods the manifests ask for. A controller knows one set of pods: it begins the rollout when the manifests change
   * from the stable version to the candidate. Applied to a cluster where the service is not known yet, they deploy this version at once.
   *
   * @default - the candidate
   */
  readonly version?: string;
}
