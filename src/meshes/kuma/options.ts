/**
 * Settings of Kuma, for `Mesh.kuma`.
 */
export interface KumaOptions {
  /**
   * Name of the Mesh that the service belongs to, a DNS label (`name-invalid` otherwise). Its `meshServices.mode` has to be `Exclusive`.
   *
   * @default 'default'
   */
  readonly meshName?: string;

  /**
   * DNS domain of the cluster.
   *
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;
}
