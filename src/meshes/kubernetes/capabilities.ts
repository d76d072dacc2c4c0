import { Capability } from '../../model/capabilities';

/**
 * A Service spreads connections over the ready pods that it selects, whatever they carry, so that numbers of pods are shares. It sees no
 * requests and no server names; rules that are limited to a gateway are carried out there. A NetworkPolicy tells namespaces apart, but not the
 * accounts that pods run under.
 * @see https://kubernetes.io/docs/concepts/workloads/management/#canary-deployments
 */
export const KUBERNETES_CAPABILITIES: ReadonlySet<Capability> = new Set([
  'HTTPRoute', 'GRPCRoute', 'TCPRoute', 'WeightedSplit', 'EndpointSplit', 'GatewayMatching', 'NamespaceAccess',
]);
