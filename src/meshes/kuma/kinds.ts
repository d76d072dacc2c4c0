/** Policies of Kuma that are written here. All have one version. */
export type KumaKind = 'MeshHTTPRoute' | 'MeshTCPRoute' | 'MeshTimeout' | 'MeshLoadBalancingStrategy' | 'MeshCircuitBreaker';

export function typeOf(kind: KumaKind): { readonly apiVersion: string; readonly kind: KumaKind } {
  return { apiVersion: 'kuma.io/v1alpha1', kind };
}
