import { TcpRouteVersion } from './options';
import { Port } from '../../model/routing-model';

export const GROUP = 'gateway.networking.k8s.io';

export type RouteKind = 'HTTPRoute' | 'GRPCRoute' | 'TCPRoute' | 'TLSRoute';

/** API version of a kind. All are `v1` but TCPRoutes, which were experimental up to Gateway API 1.5. */
export function apiVersionOf(kind: RouteKind | 'Gateway', tcpRouteVersion = TcpRouteVersion.V1ALPHA2): string {
  return `${GROUP}/${kind === 'TCPRoute' ? tcpRouteVersion : 'v1'}`;
}

/** The kind of route that splits a port. TLS without server names is split like any other stream of bytes. */
export function routeKind({ protocol, sniHosts }: Port): RouteKind {
  switch (protocol) {
    case 'GRPC': return 'GRPCRoute';
    case 'TCP': return 'TCPRoute';
    case 'TLS': return sniHosts.length > 0 ? 'TLSRoute' : 'TCPRoute';
    default: return 'HTTPRoute';
  }
}
