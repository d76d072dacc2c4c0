import { MATCHES_CAPABILITIES, SMI_CAPABILITIES } from './capabilities';
import { check } from './check';
import { Deprecation, Dialect } from './dialect';
import { renderIngressBackend } from './ingress-backend';
import { takesMatches } from './kinds';
import { NAME, OPEN_SERVICE_MESH } from './name';
import { OpenServiceMeshOptions, SmiOptions, TrafficSplitVersion } from './options';
import { render } from './render';
import { anchored } from './route-group';
import { CLUSTER_DOMAIN } from '../../manifests/cluster-domain';
import { MeshDriver } from '../mesh-driver';

/** @see https://www.cncf.io/blog/2023/10/03/cncf-archives-the-service-mesh-interface-smi-project/ */
const ARCHIVED_INTERFACE: Deprecation = {
  place: 'mesh',
  message: 'the Service Mesh Interface was archived by its project in 2023',
  remedy: 'plan the move to a mesh that follows the Gateway API',
};

/** Archived in 2023, its last release is v1.2.4. @see https://github.com/openservicemesh/osm */
const ARCHIVED_MESH: Deprecation = {
  place: 'mesh',
  message: 'Open Service Mesh was archived by its project in 2023',
  remedy: 'plan the move to a mesh that is maintained',
};

/** Any mesh that follows the Service Mesh Interface; meshes that have left it behind say so in words of their own. */
export function smi(options: SmiOptions, deprecation = ARCHIVED_INTERFACE): MeshDriver {
  return driver({
    ...options,
    name: NAME,
    deprecation,
    clusterDomain: options.clusterDomain ?? CLUSTER_DOMAIN,
    splitVersion: options.trafficSplitVersion ?? TrafficSplitVersion.V1ALPHA2,
    wholeValue: anchored,
    namespaceMetadata: {},
    bypassable: true,
    ingressBackend: false,
  });
}

/**
 * Open Service Mesh. It serves `v1alpha2` only, and asks the root Service which pods are meant.
 * @see https://release-v1-2.docs.openservicemesh.io/docs/guides/traffic_management/traffic_split/
 */
export function openServiceMesh(options: OpenServiceMeshOptions): MeshDriver {
  return driver({
    ...options,
    name: OPEN_SERVICE_MESH,
    deprecation: ARCHIVED_MESH,
    clusterDomain: options.clusterDomain ?? CLUSTER_DOMAIN,
    splitVersion: TrafficSplitVersion.V1ALPHA2,
    wholeValue: (pattern) => pattern,
    namespaceMetadata: {
      labels: { 'openservicemesh.io/monitored-by': options.meshName ?? 'osm' },
      annotations: { 'openservicemesh.io/sidecar-injection': 'enabled' },
    },
    rootSelectsAll: 'Open Service Mesh takes the pods behind a split from the root Service',
    // Its sidecars take mutual TLS alone, and pods without one are not meant to be.
    bypassable: false,
    ingressBackend: true,
  });
}

function driver(dialect: Dialect): MeshDriver {
  return {
    name: dialect.name,
    clusterDomain: dialect.clusterDomain,
    capabilities: new Set([...SMI_CAPABILITIES, ...(takesMatches(dialect.splitVersion) ? MATCHES_CAPABILITIES : [])]),
    namespaceMetadata: dialect.namespaceMetadata,
    podMetadata: {},
    rootSelectsAll: dialect.rootSelectsAll,
    bypassable: dialect.bypassable,
    check: (model) => check(model, dialect),
    render: (scope, model) => render(scope, model, dialect),
    renderExposures: dialect.ingressBackend ? renderIngressBackend : undefined,
  };
}
