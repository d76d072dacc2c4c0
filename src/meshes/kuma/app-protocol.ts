import { Port } from '../../model/routing-model';

/**
 * Kuma's words for protocols. Whatever it cannot look into is TCP, also TLS: streams announced as `tls` have no place in a MeshTCPRoute.
 * @see https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/core/xds/meshroute/listeners.go (MakeTCPSplit)
 */
export function appProtocol({ protocol }: Port): string {
  switch (protocol) {
    case 'HTTP':
    case 'HTTP2':
    case 'GRPC': return protocol.toLowerCase();
    default: return 'tcp';
  }
}
