import { AuthorizationPolicy, MeshTlsAuthentication, Server } from '../../../imports/policy.linkerd.io';
import { Port, Protocol, RoutingModel } from '../../model/routing-model';

const POLICY_GROUP = 'policy.linkerd.io';

/** What the proxy is to expect on a port. @see https://linkerd.io/2/reference/authorization-policy/#server */
const PROXY_PROTOCOLS: Record<Protocol, string> = { HTTP: 'HTTP/1', HTTP2: 'HTTP/2', GRPC: 'gRPC', HTTPS: 'opaque', TCP: 'opaque', TLS: 'opaque' };

/** Name of the Server of a port: that of the root where it has one port only. */
export function serverName({ root, ports }: RoutingModel, port: Port): string {
  return ports.length > 1 ? `${root.name}-${port.name}` : root.name;
}

/** A port of the pods of all versions. Once it is there, nobody gets in whom no policy names. */
export function server(model: RoutingModel, port: Port): { readonly spec?: unknown } {
  return Server.manifest({
    spec: {
      podSelector: { matchLabels: { [model.app.key]: model.app.value } },
      port: port.targetPort,
      proxyProtocol: PROXY_PROTOCOLS[port.protocol],
    },
  });
}

/** Who the clients are: the accounts and namespaces named, and those of the gateways that the service is exposed on. */
export function meshTlsAuthentication(model: RoutingModel): { readonly spec?: unknown } {
  const clients = [...(model.clients ?? []), ...model.exposures.map(({ gateway }) => gateway.client)];
  const identityRefs = clients.map((client) => (client.kind === 'service-account'
    ? { kind: 'ServiceAccount', name: client.name, namespace: client.namespace }
    : { kind: 'Namespace', name: client.namespace }));
  const distinct = new Map(identityRefs.map((ref) => [JSON.stringify(ref), ref]));
  return MeshTlsAuthentication.manifest({ spec: { identityRefs: [...distinct.values()] } });
}

export function authorizationPolicy(model: RoutingModel, port: Port): { readonly spec?: unknown } {
  return AuthorizationPolicy.manifest({
    spec: {
      targetRef: { group: POLICY_GROUP, kind: 'Server', name: serverName(model, port) },
      requiredAuthenticationRefs: [{ group: POLICY_GROUP, kind: 'MeshTLSAuthentication', name: model.root.name }],
    },
  });
}
