import { MeshDriver } from '../mesh-driver';
import { ISTIO_CAPABILITIES } from './capabilities';
import { check } from './check';
import { InjectionMode } from './injection';
import { IstioOptions } from './options';
import { render } from './render';

/** Istio as a mesh. */
export function istio(options: IstioOptions): MeshDriver {
  const injection = options.injection ?? InjectionMode.namespace();
  return {
    name: 'istio',
    clusterDomain: options.clusterDomain ?? 'cluster.local',
    capabilities: ISTIO_CAPABILITIES,
    namespaceLabels: injection._namespaceLabels,
    podLabels: injection._podLabels,
    check,
    render: (scope, model) => render(scope, model, options),
  };
}
