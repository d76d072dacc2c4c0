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
   * Name of an Ingress for ingress-nginx, in the namespace of the service, whose traffic is to be split instead of that inside the cluster. It is
   * not made here. For Flagger it leads to the root Service, for Argo Rollouts to `<root>-stable`. Only where the mesh is `Mesh.kubernetes()`
   * (`controller-unfit` otherwise).
   *
   * @default - none: the mesh splits the traffic
   */
  readonly ingress?: string;

  /**
   * Name of the version whose pods the manifests ask for. A controller knows one set of pods: it begins the rollout when the manifests change
   * from the stable version to the candidate. Applied to a cluster where the service is not known yet, they deploy this version at once.
   *
   * @default - the candidate
   */
  readonly version?: string;
}
