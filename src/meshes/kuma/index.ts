import { appProtocol } from './app-protocol';
import { KUMA_CAPABILITIES } from './capabilities';
import { check } from './check';
import { NAME } from './name';
import { KumaOptions } from './options';
import { render } from './render';
import { CLUSTER_DOMAIN } from '../../manifests/cluster-domain';
import { MeshDriver } from '../mesh-driver';

/** Kuma with sidecars, by its own policies. Services become MeshServices where their namespace is labelled. @see https://kuma.io/docs/2.14.x/networking/meshservice/ */
export function kuma(options: KumaOptions): MeshDriver {
  const meshLabel = { 'kuma.io/mesh': options.meshName ?? 'default' };
  return {
    name: NAME,
    clusterDomain: options.clusterDomain ?? CLUSTER_DOMAIN,
    capabilities: KUMA_CAPABILITIES,
    namespaceMetadata: { labels: { 'kuma.io/sidecar-injection': 'enabled', ...meshLabel } },
    podMetadata: {},
    // Mutual TLS is a setting of the Mesh, off by itself.
    bypassable: true,
    appProtocol,
    check: (model) => check(model, options),
    render: (scope, model) => render(scope, model, meshLabel),
  };
}
