import { RoutingModel } from '../../model/routing-model';

/**
 * Lets the named namespaces through to the ports of the service, and those of the gateways that it is exposed on, and nobody else to any port of
 * its pods. No rules at all let nobody through.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkPolicy(model: RoutingModel): { readonly spec: unknown } {
  const clients = [...(model.clients ?? []), ...model.exposures.map(({ gateway }) => gateway.client)];
  const from = [...new Set(clients.map(({ namespace }) => namespace))].map(peer);
  return {
    spec: {
      podSelector: { matchLabels: { [model.app.key]: model.app.value } },
      policyTypes: ['Ingress'],
      ingress: from.length > 0 ? [{ from, ports: ports(model) }] : [],
    },
  };
}

/** Every namespace carries its name as a label, put there by Kubernetes. */
function peer(namespace: string): unknown {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
}

/** A policy sees connections where they arrive: at the pods. */
function ports(model: RoutingModel): unknown[] {
  return [...new Set(model.ports.map(({ targetPort }) => targetPort))].map((port) => ({ protocol: 'TCP', port }));
}
