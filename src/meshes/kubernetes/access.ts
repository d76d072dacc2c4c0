import { Client, RoutingModel } from '../../model/routing-model';

/**
 * Lets the named namespaces through to the ports of the service, and nobody else to any port of its pods. No rules at all let nobody through.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkPolicy(model: RoutingModel): { readonly spec: unknown } {
  const from = (model.clients ?? []).map(peer);
  return {
    spec: {
      podSelector: { matchLabels: { [model.app.key]: model.app.value } },
      policyTypes: ['Ingress'],
      ingress: from.length > 0 ? [{ from, ports: ports(model) }] : [],
    },
  };
}

/** Every namespace carries its name as a label, put there by Kubernetes. */
function peer({ namespace }: Client): unknown {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } };
}

/** A policy sees connections where they arrive: at the pods. */
function ports(model: RoutingModel): unknown[] {
  return [...new Set(model.ports.map(({ targetPort }) => targetPort))].map((port) => ({ protocol: 'TCP', port }));
}
