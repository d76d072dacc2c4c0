import { Construct } from 'constructs';
import { typeOf } from './kinds';
import { exposedRules } from '../../model/exposed-rules';
import { RoutingModel } from '../../model/routing-model';
import { writeFor } from '../mesh-objects';

/** One for all gateways: of two for one Service, Open Service Mesh refuses the second. */
export function renderIngressBackend(scope: Construct, model: RoutingModel): void {
  writeFor(model, scope, { ...typeOf('IngressBackend'), name: model.root.name, manifest: () => ingressBackend(model) });
}

/**
 * Gateways send to the leaves without mutual TLS, which the sidecars take from the addresses behind the named Services alone.
 * @see https://github.com/openservicemesh/osm/blob/v1.2.4/pkg/catalog/ingress.go
 */
function ingressBackend(model: RoutingModel): { readonly spec: unknown } {
  const sources = model.exposures.map(({ gateway }) => ({ kind: 'Service', namespace: gateway.client.namespace, name: gateway.service }));
  const ports = exposedPorts(model);
  return {
    spec: {
      backends: model.versions.flatMap(({ leaf }) => ports.map((number) => ({ name: leaf, port: { number, protocol: 'http' } }))),
      sources: [...new Map(sources.map((source) => [`${source.namespace}/${source.name}`, source])).values()],
    },
  };
}

/** Ports of the pods that gateways send to. */
export function exposedPorts(model: RoutingModel): number[] {
  const ports = model.exposures.flatMap((exposure) => exposedRules(model, exposure)?.port.targetPort ?? []);
  return [...new Set(ports)];
}
