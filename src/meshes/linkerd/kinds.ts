/** Policies of Linkerd that are written here, in the API versions that it serves. */
const API_VERSIONS = {
  AuthorizationPolicy: 'policy.linkerd.io/v1alpha1',
  HTTPRoute: 'policy.linkerd.io/v1beta3',
  MeshTLSAuthentication: 'policy.linkerd.io/v1alpha1',
  Server: 'policy.linkerd.io/v1beta3',
} as const;

export type PolicyKind = keyof typeof API_VERSIONS;

export function typeOf(kind: PolicyKind): { readonly apiVersion: string; readonly kind: string } {
  return { apiVersion: API_VERSIONS[kind], kind };
}
