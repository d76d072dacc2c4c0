import { InjectionMode } from './injection';

/**
 * API version of the objects. All have the same fields.
 */
export enum IstioApiVersion {
  /** `v1`, from Istio 1.22 on. */
  V1 = 'v1',
  /** `v1beta1`, from Istio 1.5 on. */
  V1BETA1 = 'v1beta1',
  /** `v1alpha3` for traffic objects, `v1beta1` for security objects, which never had it. */
  V1ALPHA3 = 'v1alpha3',
}

/**
 * Which connections the pods of a service with `allowFrom` take.
 */
export enum PeerAuthenticationMode {
  /** Only mutual TLS from inside the mesh: without it there is no identity to check. */
  STRICT = 'STRICT',
  /** Also connections without TLS; those have no identity, so that `allowFrom` denies them. */
  PERMISSIVE = 'PERMISSIVE',
  /** No PeerAuthentication is written: as set for the namespace or the mesh. */
  UNCHANGED = 'UNCHANGED',
}

/**
 * Settings of Istio, for `Mesh.istio`.
 */
export interface IstioOptions {
  /**
   * API version of the objects.
   *
   * @default IstioApiVersion.V1
   */
  readonly apiVersion?: IstioApiVersion;

  /**
   * How pods get their sidecars.
   *
   * @default InjectionMode.namespace()
   */
  readonly injection?: InjectionMode;

  /**
   * Namespaces that see the traffic rules: names, "." for the service's own, "*" for all.
   *
   * @default - all, as Istio does by itself
   */
  readonly exportTo?: string[];

  /**
   * DNS domain of the cluster.
   *
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;

  /**
   * Trust domain of the mesh, with which identities begin.
   *
   * @default - the DNS domain of the cluster
   */
  readonly trustDomain?: string;

  /**
   * Which connections the pods of a service with `allowFrom` take.
   *
   * @default PeerAuthenticationMode.STRICT
   */
  readonly peerAuthentication?: PeerAuthenticationMode;

  /**
   * Name of the DestinationRule. Used by one service only: two would make one name twice (`object-duplicate`). An `ArgoRollout` at the level
   * `ArgoSplitLevel.HOST` has a rule for its traffic policy alone; without one the name is refused (`controller-unfit`).
   *
   * @default - the name of the root Service
   */
  readonly destinationRuleName?: string;

  /**
   * Name of the VirtualService for traffic inside the mesh. Used by one service only.
   *
   * @default - the name of the root Service
   */
  readonly virtualServiceName?: string;

  /**
   * Name of the AuthorizationPolicy. Used by one service only.
   *
   * @default - the name of the root Service
   */
  readonly authorizationPolicyName?: string;

  /**
   * Name of the PeerAuthentication. Used by one service only.
   *
   * @default - the name of the root Service
   */
  readonly peerAuthenticationName?: string;
}
