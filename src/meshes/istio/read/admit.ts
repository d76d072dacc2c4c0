import { configOf } from './config';
import { gatewayIdentity, Identity } from './gateway-identity';
import { inboundProtocol } from './inbound-protocol';
import { hasSidecar } from './sidecar-injection';
import { Admission, ADMITTED } from '../../../evaluation/reader';
import { Request } from '../../../evaluation/request';
import { PodsTarget, Status } from '../../../evaluation/route-table';
import { Cluster, Endpoint } from '../../../manifests/cluster';
import { KubeObject } from '../../../manifests/kube-object';

/** Whether the sidecar of a pod lets a request in: the connection first, by its encryption, then the request, by who sends it. */
export function admit(cluster: Cluster, request: Request, endpoint: Endpoint, target: PodsTarget): Admission {
  const { workload, port } = endpoint;
  const broken: Status = request.source.kind === 'plain' ? 'closed' : target.emptyStatus ?? 503;
  if (!hasSidecar(cluster, workload)) return target.proof === 'always' ? refused(broken, 'the pods have no sidecar that could end mutual TLS') : ADMITTED;

  const { peerAuthentications, authorizationPolicies } = configOf(cluster);
  const { mode, object } = peerAuthentications.modeFor(workload, port);
  const sender = senderOf(cluster, request);
  const proves = sender !== undefined && target.proof !== 'never' && (target.proof === 'always' || mode !== 'DISABLE');
  if (!proves && mode === 'STRICT') {
    // Only of Istio's own gateways it is known how they call.
    const doubt = request.source.kind === 'gateway' && !sender ? 'the gateway is taken to have no sidecar: nothing in the manifests says whether it has one' : undefined;
    return { ...refused(broken, 'the pods ask for mutual TLS', object), doubt };
  }
  if (proves && mode === 'DISABLE') return refused(broken, 'the pods do not end mutual TLS', object);

  const protocol = inboundProtocol(cluster, workload, port);
  const stream = request.protocol === 'TCP' || request.protocol === 'TLS';
  if (stream && protocol === 'http') return refused(broken, 'the port of the pods is declared for HTTP');
  const http = !stream && (protocol === 'http' || protocol === 'sniffed');
  const principal = proves ? `${cluster.clusterDomain}/ns/${sender.namespace}/sa/${sender.serviceAccount}` : undefined;
  const permission = authorizationPolicies.permission(workload, { request, principal, port, http });
  if (!permission.allowed) return refused(http ? 403 : broken, permission.reason ?? '', permission.object);
  return permission.doubts.length > 0 ? { allowed: true, doubt: permission.doubts.join('; ') } : ADMITTED;
}

function refused(status: Status, reason: string, object?: KubeObject): Admission {
  return { allowed: false, status, reason, object };
}

/** Who calls, if the caller has a proxy that can prove it. */
function senderOf(cluster: Cluster, { source }: Request): Identity | undefined {
  switch (source.kind) {
    case 'meshed': return source;
    case 'plain': return undefined;
    case 'gateway': return gatewayIdentity(cluster, source.namespace, source.name);
  }
}
