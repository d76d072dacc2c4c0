import { SMI_CAPABILITIES } from './capabilities';
import { check } from './check';
import { Dialect } from './dialect';
import { OpenServiceMeshOptions, SmiOptions, TrafficSplitVersion } from './options';
import { render } from './render';
import { MeshDriver } from '../mesh-driver';

const CLUSTER_DOMAIN = 'cluster.local';

/** Any mesh that follows the Service Mesh Interface. */
export function smi(options: SmiOptions): MeshDriver {
  return driver({
    ...options,
    name: 'smi',
    clusterDomain: options.clusterDomain ?? CLUSTER_DOMAIN,
    splitVersion: options.trafficSplitVersion ?? TrafficSplitVersion.V1ALPHA2,
    namespaceMetadata: {},
    rootSelectsAll: false,
  });
}

/**
 * Open Service Mesh. It serves `v1alpha2` only, and asks the root Service which pods are meant.
 * @see https://release-v1-2.docs.openservicemesh.io/docs/guides/traffic_management/traffic_split/
 */
export function openServiceMesh(options: OpenServiceMeshOptions): MeshDriver {
  return driver({
    ...options,
    name: 'open-service-mesh',
    clusterDomain: options.clusterDomain ?? CLUSTER_DOMAIN,
    splitVersion: TrafficSplitVersion.V1ALPHA2,
    namespaceMetadata: {
      labels: { 'openservicemesh.io/monitored-by': options.meshName ?? 'osm' },
      annotations: { 'openservicemesh.io/sidecar-injection': 'enabled' },
    },
    rootSelectsAll: true,
  });
}

function driver(dialect: Dialect): MeshDriver {
  return {
    name: dialect.name,
    clusterDomain: dialect.clusterDomain,
    capabilities: SMI_CAPABILITIES,
    namespaceMetadata: dialect.namespaceMetadata,
    podMetadata: {},
    check: (model) => check(model, dialect),
    render: (scope, model) => render(scope, model, dialect),
  };
}
