import { Port } from '../../model/routing-model';

/**
 * Istio's words for protocols. TLS without server names is split like any other stream of bytes: announced as `tls`, Istio would look for
 * names and not split those it does not know.
 * @see https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/
 * @see https://github.com/istio/istio/blob/master/pilot/pkg/networking/core/tls.go (buildSidecarOutboundTLSFilterChainOpts)
 */
export function appProtocol({ protocol, sniHosts }: Port): string {
  switch (protocol) {
    case 'HTTP2': return 'kubernetes.io/h2c';
    case 'TLS': return sniHosts.length > 0 ? 'tls' : 'tcp';
    default: return protocol.toLowerCase();
  }
}
