/**
 * Routes that Linkerd follows.
 */
export enum LinkerdApi {
  /** Routes of the Gateway API with the root Service as parent, from Linkerd 2.14 on. */
  GATEWAY_API = 'gateway-api',
  /**
   * Linkerd's own HTTPRoute (`policy.linkerd.io/v1beta3`) with the root Service as parent, for clusters without the CRDs of the Gateway API. It
   * has no routes for TCP, changes no response headers, names no rules and redirects with 301 and 302 only (`capability-missing`). gRPC calls
   * are requests to it, retried by their HTTP status.
   */
  POLICY = 'policy',
  /** A TrafficSplit, for the extension linkerd-smi. Deprecated by Linkerd (warning `mesh-deprecated`): it knows shares only, and switches routes off for the service. */
  SMI = 'smi',
}

/**
 * What carries the annotation by which pods get their proxies.
 */
export enum LinkerdInjection {
  /** Each pod. */
  PODS = 'pods',
  /** The namespace, written by `MeshNamespace`. */
  NAMESPACE = 'namespace',
  /** Nothing: pods get their proxies in another way. */
  NONE = 'none',
}

/**
 * Settings of Linkerd, for `Mesh.linkerd`.
 */
export interface LinkerdOptions {
  /**
   * Routes that are written.
   *
   * @default LinkerdApi.GATEWAY_API
   */
  readonly api?: LinkerdApi;

  /**
   * What carries the annotation `linkerd.io/inject: enabled`.
   *
   * @default LinkerdInjection.PODS
   */
  readonly injection?: LinkerdInjection;

  /**
   * DNS domain of the cluster.
   *
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;

  /**
   * Name of the TrafficSplit, for `LinkerdApi.SMI`. Used by one service only: two would make one name twice (`object-duplicate`).
   *
   * @default - the name of the root Service
   */
  readonly trafficSplitName?: string;
}
