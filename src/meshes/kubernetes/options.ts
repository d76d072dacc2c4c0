import { ReplicaSplit } from './replica-split';

/**
 * Settings of a cluster without a mesh, for `Mesh.kubernetes`.
 */
export interface KubernetesOptions {
  /**
   * How the weights of a service become numbers of pods.
   *
   * @default ReplicaSplit.asDeclared()
   */
  readonly replicaSplit?: ReplicaSplit;

  /**
   * DNS domain of the cluster; a DNS name (`name-invalid` otherwise).
   *
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;
}
