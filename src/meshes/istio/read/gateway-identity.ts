import { configOf, NETWORKING } from './config';
import { Cluster } from '../../../manifests/cluster';

/** Who calls, as its certificate says. */
export interface Identity {
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** Classes of the Gateway API whose gateways Istio runs. */
const CLASSES = ['istio', 'istio-remote'];

/** Account under which a gateway of Istio calls the pods. Nothing: it is no gateway of Istio, and proves nothing. */
export function gatewayIdentity(cluster: Cluster, namespace: string, name: string): Identity | undefined {
  const own = cluster.find(NETWORKING, 'Gateway', namespace, name);
  if (own) return configOf(cluster).proxyOf(own);
  const gateway = cluster.find('gateway.networking.k8s.io', 'Gateway', namespace, name);
  const className = gateway?.spec.at('gatewayClassName').text() ?? '';
  if (!gateway || !CLASSES.includes(className)) return undefined;
  return { namespace, serviceAccount: gateway.annotations['gateway.istio.io/service-account'] ?? `${name}-${className}` };
}
