import { IstioApiVersion } from './options';

/** Kinds of Istio that are written here, with the groups they belong to. */
const GROUPS = {
  VirtualService: 'networking.istio.io',
  DestinationRule: 'networking.istio.io',
  Gateway: 'networking.istio.io',
  AuthorizationPolicy: 'security.istio.io',
  PeerAuthentication: 'security.istio.io',
} as const;

export type IstioKind = keyof typeof GROUPS;

/** Kind and API version. Security objects have no `v1alpha3`: `v1beta1` is what clusters of that age serve. */
export function typeOf(kind: IstioKind, version: IstioApiVersion = IstioApiVersion.V1): { readonly apiVersion: string; readonly kind: IstioKind } {
  const group = GROUPS[kind];
  const served = group === 'security.istio.io' && version === IstioApiVersion.V1ALPHA3 ? IstioApiVersion.V1BETA1 : version;
  return { apiVersion: `${group}/${served}`, kind };
}
