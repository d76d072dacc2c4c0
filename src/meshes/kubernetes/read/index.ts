import { EVERYWHERE, passes, Pod } from './peers';
import { policiesFor } from './policies';
import { Admission, ADMITTED, NetworkReader } from '../../../evaluation/reader';
import { Source } from '../../../evaluation/request';
import { Cluster, Endpoint } from '../../../manifests/cluster';

/**
 * Whether a connection gets through the network: NetworkPolicies at the pods that are called, and at those that call. A network without an
 * implementation of them lets everything through; here there is one.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export const NETWORK_POLICIES: NetworkReader = {
  admit(cluster, { source }, endpoint) {
    const client = clientOf(source);
    const called: Pod = endpoint.workload;
    const arriving = side(cluster, 'Ingress', called, client, endpoint);
    return arriving.allowed ? joined(arriving, side(cluster, 'Egress', client, called, endpoint)) : arriving;
  },
};

/** Nobody knows where the pods of a gateway run. */
function clientOf(source: Source): Pod {
  return source.kind === 'gateway' ? EVERYWHERE : source;
}

/** One end of the connection: its policies add up, and without any it is open. */
function side(cluster: Cluster, type: 'Ingress' | 'Egress', pod: Pod, peer: Pod, { workload, port }: Endpoint): Admission {
  const policies = policiesFor(cluster, type, pod);
  if (policies.length === 0) return ADMITTED;
  const answers = policies.flatMap((policy) => passes(cluster, { policy, type, peer, port, containerPorts: workload.containerPorts }));
  if (answers.includes('yes')) return ADMITTED;
  const titles = policies.map(({ title }) => title).join(' and ');
  if (answers.includes('unknown')) {
    return { allowed: true, doubt: `whether ${titles} lets the connection through depends on addresses or labels that are not known` };
  }
  const what = type === 'Ingress' ? 'lets nobody like the client in' : 'lets the client call nobody like the pods';
  return { allowed: false, status: 'closed', reason: `${titles} ${what} on port ${port}`, object: policies[0] };
}

function joined(first: Admission, second: Admission): Admission {
  return second.allowed && second.doubt === undefined ? first : second;
}
