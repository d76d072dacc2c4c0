import { MeshDriver } from '../mesh-driver';
import { appProtocol } from './app-protocol';
import { ISTIO_CAPABILITIES } from './capabilities';
import { check } from './check';
import { isSubset } from './destination';
import { InjectionMode } from './injection';
import { NAME } from './name';
import { IstioOptions } from './options';
import { render } from './render';
import { CLUSTER_DOMAIN } from '../../manifests/cluster-domain';

/** Istio as a mesh. */
export function istio(options: IstioOptions): MeshDriver {
  const injection = options.injection ?? InjectionMode.namespace();
  return {
    name: NAME,
    clusterDomain: options.clusterDomain ?? CLUSTER_DOMAIN,
    capabilities: ISTIO_CAPABILITIES,
    namespaceMetadata: { labels: injection._namespaceLabels },
    podMetadata: { labels: injection._podLabels },
    rootSelectsAll: 'Istio takes the pods of a subset from the root Service',
    leafBackends: true,
    routesToLeaf: (model, version) => !isSubset(model, version),
    bypassable: true,
    appProtocol,
    check: (model) => check(model, options),
    render: (scope, model) => render(scope, model, options),
  };
}
