import { AllowedRoute } from './request-access';
import { rustRegex } from './rust-regex';
import { HttpRoute } from '../../../imports/gateway.networking.k8s.io';
import { AuthorizationPolicy, MeshTlsAuthentication, Server } from '../../../imports/policy.linkerd.io';
import { EVERYTHING } from '../../model/match';
import { carriesHttp } from '../../model/protocols';
import { Client, Match, Port, Protocol, RoutingModel } from '../../model/routing-model';
import { httpMatch } from '../gateway-api/http-match';

const POLICY_GROUP = 'policy.linkerd.io';

/** A rule holds eight. */
const MATCHES = 8;

interface Manifest {
  readonly spec?: unknown;
}

/** What the proxy is to expect on a port. @see https://linkerd.io/2/reference/authorization-policy/#server */
const PROXY_PROTOCOLS: Record<Protocol, string> = { HTTP: 'HTTP/1', HTTP2: 'HTTP/2', GRPC: 'gRPC', HTTPS: 'opaque', TCP: 'opaque', TLS: 'opaque' };

/** Name of the Server of a port: that of the root where it has one port only. */
export function serverName({ root, ports }: RoutingModel, port: Port): string {
  return ports.length > 1 ? `${root.name}-${port.name}` : root.name;
}

/** A port of the pods of all versions. Once it is there, nobody gets in whom no policy names. HTTPRoutes hold for gRPC where it counts as HTTP/2. */
export function server(model: RoutingModel, port: Port, limited: boolean): Manifest {
  const protocol = limited && port.protocol === 'GRPC' ? 'HTTP2' : port.protocol;
  return Server.manifest({
    spec: {
      podSelector: { matchLabels: { [model.app.key]: model.app.value } },
      port: port.targetPort,
      proxyProtocol: PROXY_PROTOCOLS[protocol],
    },
  });
}

/** Accounts and namespaces. */
export function meshTlsAuthentication(clients: readonly Client[]): Manifest {
  const identityRefs = clients.map((client) => (client.kind === 'service-account'
    ? { kind: 'ServiceAccount', name: client.name, namespace: client.namespace }
    : { kind: 'Namespace', name: client.namespace }));
  const distinct = new Map(identityRefs.map((ref) => [JSON.stringify(ref), ref]));
  return MeshTlsAuthentication.manifest({ spec: { identityRefs: [...distinct.values()] } });
}

/** Lets those in whom a MeshTLSAuthentication names. */
export function authorizationPolicy(target: { readonly kind: 'Server' | 'HTTPRoute'; readonly name: string }, authentication: string): Manifest {
  return AuthorizationPolicy.manifest({
    spec: {
      targetRef: { group: POLICY_GROUP, ...target },
      requiredAuthenticationRefs: [{ group: POLICY_GROUP, kind: 'MeshTLSAuthentication', name: authentication }],
    },
  });
}

/** Requests that some clients may send, on all ports that carry requests. */
export function accessRoute(model: RoutingModel, { matches }: Pick<AllowedRoute, 'matches'>): Manifest {
  const parentRefs = model.ports.filter(({ protocol }) => carriesHttp(protocol))
    .map((port) => ({ group: POLICY_GROUP, kind: 'Server', namespace: model.namespace, name: serverName(model, port) }));
  const rules = inParts(matches, MATCHES).map((part) => ({ matches: part.map((match) => httpMatch(match, rustRegex)) }));
  return HttpRoute.manifest({ spec: { parentRefs, rules } });
}

/** All other requests: they meet the policies of the Server, where Linkerd answers 404 to a request without a route. */
export function restRoute(model: RoutingModel): Manifest {
  return accessRoute(model, { matches: [EVERYTHING] });
}

function inParts(matches: readonly Match[], size: number): Match[][] {
  return Array.from({ length: Math.ceil(matches.length / size) }, (_, index) => matches.slice(index * size, (index + 1) * size));
}
