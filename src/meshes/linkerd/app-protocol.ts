import { carriesHttp } from '../../model/protocols';
import { Port } from '../../model/routing-model';

/**
 * Linkerd's words for protocols. Connections that are not to be looked into are opaque: only there does a TCPRoute hold.
 * @see https://linkerd.io/2/features/protocol-detection/
 */
export function appProtocol({ protocol }: Port): string {
  if (!carriesHttp(protocol)) return 'linkerd.io/opaque';
  return protocol === 'HTTP' ? 'http' : 'kubernetes.io/h2c';
}
