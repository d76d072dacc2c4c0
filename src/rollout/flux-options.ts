import { Duration } from 'cdk8s';

/**
 * How Flux applies the stages of a `StagedApp`.
 */
export interface FluxOptions {
  /**
   * Name of the Flux Kustomization, a DNS subdomain. It is the same at every stage: the next stage is the same object with another path.
   */
  readonly name: string;

  /**
   * Name of the GitRepository that holds the output folder.
   */
  readonly gitRepository: string;

  /**
   * The output folder as that repository knows it, such as `deploy/shop`.
   */
  readonly path: string;

  /**
   * Namespace of the Kustomization and the GitRepository.
   *
   * @default 'flux-system'
   */
  readonly namespace?: string;

  /**
   * Kustomizations of the same namespace that have to be ready before any stage is applied, such as the one of the mesh.
   *
   * @default - none
   */
  readonly dependsOn?: string[];

  /**
   * How often Flux compares the cluster with the stage, at least 1 second.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;

  /**
   * How long a stage may take to be ready, at least 1 second.
   *
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;
}
