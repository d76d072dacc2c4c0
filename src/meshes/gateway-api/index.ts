import { MeshDriver } from '../mesh-driver';
import { capabilities } from './capabilities';
import { check } from './check';
import { Implementation, implementationOf } from './implementation';
import { NAME } from './name';
import { GatewayApiOptions } from './options';
import { render } from './render';
import { CLUSTER_DOMAIN } from '../../manifests/cluster-domain';

/** Routes of the Gateway API that hang on Services. @see https://gateway-api.sigs.k8s.io/mesh/ */
export function gatewayApi(options: GatewayApiOptions): MeshDriver {
  return routesOnServices(options, implementationOf(options.implementation, options.channel));
}

/** The same for an implementation that is made of another one. */
export function routesOnServices(options: GatewayApiOptions, implementation: Implementation): MeshDriver {
  const { meshKinds, gatewayKinds, namespaceMetadata } = implementation;
  return {
    name: NAME,
    clusterDomain: options.clusterDomain ?? CLUSTER_DOMAIN,
    // One that has no routes for Services is told of once, not for each port.
    capabilities: capabilities(implementation, meshKinds.length > 0 ? meshKinds : gatewayKinds),
    remedies: implementation.remedies,
    namespaceMetadata,
    podMetadata: {},
    bypassable: meshKinds.length > 0,
    check: (model) => check(model, options, implementation),
    render: (scope, model) => render(scope, model, options, implementation),
  };
}
