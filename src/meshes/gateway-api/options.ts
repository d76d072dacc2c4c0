/**
 * What carries the routes out. Implementations differ in the order of matches, in regular expressions and in what they support.
 *
 * @see https://gateway-api.sigs.k8s.io/implementations/
 */
export enum GatewayApiImplementation {
  /** Any that keeps to the specification: what that leaves open is refused. */
  CONFORMANT = 'CONFORMANT',
  /** Istio, for gateways and inside the mesh. */
  ISTIO = 'ISTIO',
  /** Linkerd, inside the mesh only. */
  LINKERD = 'LINKERD',
  /** Envoy Gateway, for gateways only. */
  ENVOY_GATEWAY = 'ENVOY_GATEWAY',
  /** Cilium, for gateways and inside the cluster. */
  CILIUM = 'CILIUM',
  /** Kuma, for gateways and inside the mesh. */
  KUMA = 'KUMA',
  /** Contour, for gateways only. */
  CONTOUR = 'CONTOUR',
  /** Traefik, for gateways only. */
  TRAEFIK = 'TRAEFIK',
}

/**
 * API version of TCPRoutes.
 */
export enum TcpRouteVersion {
  /** `v1alpha2`, of the experimental CRDs. The only one up to Gateway API 1.5. */
  V1ALPHA2 = 'v1alpha2',
  /** `v1`, from Gateway API 1.6 on. */
  V1 = 'v1',
}

/**
 * Which CRDs of the Gateway API the cluster has.
 *
 * @see https://gateway-api.sigs.k8s.io/concepts/versioning/#release-channels
 */
export enum GatewayApiChannel {
  /** Those of the standard channel. They drop fields that are experimental without a word, so that what needs one is refused. */
  STANDARD = 'standard',
  /** Those of the experimental channel, which also have retries. */
  EXPERIMENTAL = 'experimental',
}

/**
 * Settings of the Gateway API as a mesh, for `Mesh.gatewayApi`.
 */
export interface GatewayApiOptions {
  /**
   * What carries the routes out. One that takes routes for gateways only is refused where a service has rules (`capability-missing`).
   *
   * @default GatewayApiImplementation.CONFORMANT
   */
  readonly implementation?: GatewayApiImplementation;

  /**
   * CRDs that the cluster has. Retries need the experimental ones, and are on statuses from 400 to 599 (`capability-missing` otherwise); the
   * specification asks for retries after connection errors beside them.
   *
   * @default GatewayApiChannel.STANDARD
   */
  readonly channel?: GatewayApiChannel;

  /**
   * API version of TCPRoutes. Linkerd knows `v1alpha2` only (`capability-missing` otherwise).
   *
   * @default TcpRouteVersion.V1ALPHA2
   */
  readonly tcpRouteVersion?: TcpRouteVersion;

  /**
   * DNS domain of the cluster.
   *
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;
}
