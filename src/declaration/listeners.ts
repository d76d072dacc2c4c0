import { GatewayListener, TlsMode } from './gateway';
import { Listener } from '../model/routing-model';

/** The meaning of a gateway's listeners, defaults filled in. */
export function listenersToModel(listeners: readonly GatewayListener[]): Listener[] {
  return listeners.map(({ port, protocol, hosts, name, tls, httpsRedirect }) => ({
    name: name ?? `${protocol.toLowerCase()}-${port}`,
    port,
    protocol,
    hosts: hosts ?? ['*'],
    tls: tls && { mode: tls.mode ?? TlsMode.TERMINATE, secretName: tls.secretName },
    httpsRedirect: httpsRedirect ?? false,
  }));
}
