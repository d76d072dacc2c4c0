import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
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

export interface IstioObject {
  readonly name: string;
  readonly namespace: string;
  readonly labels?: Record<string, string>;
  /** The manifest as the imported class makes it; read at synthesis. */
  readonly manifest: () => { readonly spec?: unknown };
}

/** One object of Istio, in the chosen API version. The imported classes know `v1` only, and all versions share one schema. */
export function istioObject(scope: Construct, id: string, kind: IstioKind, version: IstioApiVersion, object: IstioObject): ApiObject {
  return new ApiObject(scope, id, {
    apiVersion: apiVersionOf(kind, version),
    kind,
    metadata: { name: object.name, namespace: object.namespace, labels: object.labels },
    spec: Lazy.any({ produce: () => object.manifest().spec }),
  });
}

/** Security objects have no `v1alpha3`: `v1beta1` is what clusters of that age serve. */
function apiVersionOf(kind: IstioKind, version: IstioApiVersion): string {
  const group = GROUPS[kind];
  return `${group}/${group === 'security.istio.io' && version === IstioApiVersion.V1ALPHA3 ? IstioApiVersion.V1BETA1 : version}`;
}
