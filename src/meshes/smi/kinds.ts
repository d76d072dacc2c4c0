import { TrafficSplitVersion } from './options';

/** Kinds of SMI that are written here, in the API versions that meshes still serve. */
const API_VERSIONS = {
  IngressBackend: 'policy.openservicemesh.io/v1alpha1',
  HTTPRouteGroup: 'specs.smi-spec.io/v1alpha4',
  TCPRoute: 'specs.smi-spec.io/v1alpha4',
  TrafficTarget: 'access.smi-spec.io/v1alpha3',
} as const;

/** Versions of TrafficSplits that have conditions. */
const WITH_MATCHES: readonly TrafficSplitVersion[] = [TrafficSplitVersion.V1ALPHA3, TrafficSplitVersion.V1ALPHA4];

export function takesMatches(version: TrafficSplitVersion): boolean {
  return WITH_MATCHES.includes(version);
}

export function splitType(version: TrafficSplitVersion): { readonly apiVersion: string; readonly kind: string } {
  return { apiVersion: `split.smi-spec.io/${version}`, kind: 'TrafficSplit' };
}

export function typeOf(kind: keyof typeof API_VERSIONS): { readonly apiVersion: string; readonly kind: string } {
  return { apiVersion: API_VERSIONS[kind], kind };
}
