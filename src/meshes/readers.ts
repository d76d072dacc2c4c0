import { Readers } from '../evaluation/evaluator';
import { gatewayApiGateways } from './gateway-api/read/gateways';
import { CILIUM, CONFORMANT, CONTOUR, ENVOY_GATEWAY, TRAEFIK } from './gateway-api/read/implementations';
import { gatewayApiMesh } from './gateway-api/read/mesh';
import { INGRESS_NGINX } from './ingress-nginx/read';
import { istioGateways, istioMesh } from './istio/read';
import { ISTIO_ROUTES } from './istio/read/gateway-api';
import { NETWORK_POLICIES } from './kubernetes/read';
import { KUMA } from './kuma/read';
import { LINKERD } from './linkerd/read';
import { ANY_CONTROLLER } from './plain-ingress/read';
import { ingressGateways } from './plain-ingress/read/gateways';
import { OSM, SMI } from './smi/read';

/** Readers of all meshes and gateways, a line each. */
export const READERS: Readers = {
  meshes: [
    gatewayApiMesh([CILIUM, ISTIO_ROUTES, CONFORMANT]),
    istioMesh,
    KUMA,
    LINKERD,
    OSM,
    SMI,
  ],
  gateways: [
    gatewayApiGateways([CILIUM, CONTOUR, ENVOY_GATEWAY, ISTIO_ROUTES, TRAEFIK, CONFORMANT]),
    istioGateways,
    ...ingressGateways([INGRESS_NGINX, ANY_CONTROLLER]),
  ],
  networks: [NETWORK_POLICIES],
  groups: ['cilium.io', 'gateway.networking.k8s.io', 'istio.io', 'kuma.io', 'linkerd.io', 'openservicemesh.io', 'smi-spec.io'],
};

/** What manifests may be said to be for: a mesh that has a reader, or none, by the name that the library has for that. */
export const MESH_NAMES: readonly string[] = [...READERS.meshes.map(({ name }) => name), 'kubernetes'];
