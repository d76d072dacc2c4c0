/** Kinds of Kubernetes that are written here, beside the workload. */
export function typeOf(kind: 'NetworkPolicy'): { readonly apiVersion: string; readonly kind: string } {
  return { apiVersion: 'networking.k8s.io/v1', kind };
}
