/**
 * API version of TrafficSplits. The other SMI objects have one version each that meshes still take.
 */
export enum TrafficSplitVersion {
  /** `v1alpha1`: weights are quantities. */
  V1ALPHA1 = 'v1alpha1',
  /** `v1alpha2`: the only one that Open Service Mesh and linkerd-smi both take. */
  V1ALPHA2 = 'v1alpha2',
  /** `v1alpha3`: routes with conditions become TrafficSplits with matches. */
  V1ALPHA3 = 'v1alpha3',
  /** `v1alpha4`: the only one that the CRDs of the SMI project itself serve. Conditions as with `v1alpha3`. */
  V1ALPHA4 = 'v1alpha4',
}

/**
 * Settings that all meshes of the Service Mesh Interface share.
 */
export interface SmiSharedOptions {
  /**
   * DNS domain of the cluster.
   *
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;

  /**
   * Name of the TrafficSplit; those with conditions have it with a number behind. Used by one service only: two would make one name twice (`object-duplicate`).
   *
   * @default - the name of the root Service
   */
  readonly trafficSplitName?: string;

  /**
   * Name of the HTTPRouteGroup that says which requests clients may send. Used by one service only.
   *
   * @default - the name of the root Service
   */
  readonly httpRouteGroupName?: string;

  /**
   * Name of the TCPRoute that says which ports clients may connect to. Used by one service only.
   *
   * @default - the name of the root Service
   */
  readonly tcpRouteName?: string;
}

/**
 * Settings of a mesh that follows the Service Mesh Interface, for `Mesh.smi`.
 */
export interface SmiOptions extends SmiSharedOptions {
  /**
   * API version of the TrafficSplit.
   *
   * @default TrafficSplitVersion.V1ALPHA2
   */
  readonly trafficSplitVersion?: TrafficSplitVersion;
}

/**
 * Settings of Open Service Mesh, for `Mesh.openServiceMesh`.
 */
export interface OpenServiceMeshOptions extends SmiSharedOptions {
  /**
   * Name of the mesh, as its installation calls itself.
   *
   * @default 'osm'
   */
  readonly meshName?: string;
}
