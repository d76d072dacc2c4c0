import { Evaluator } from './evaluator';
import { Entry } from './reader';
import { Request } from './request';
import { toRequest } from './to-request';

/** A call to every port of every Service, from its own namespace. */
export function serviceEntries({ cluster }: Evaluator): Entry[] {
  return cluster.services.flatMap(({ name, namespace, ports, object }) => ports.map(({ number }): Entry => ({
    from: 'mesh', namespace, host: `${name}.${namespace}`, port: number, protocol: 'HTTP', objects: [object],
  })));
}

/** A request without anything that a condition could look at. */
export function requestFor({ from, namespace, serviceAccount = 'default', host, port, protocol, listener }: Entry): Request {
  const calledIn = namespace ?? host.split('.')[1] ?? 'default';
  if (from === 'mesh') return toRequest({ source: { kind: 'meshed', namespace: calledIn, serviceAccount, labels: {} }, host, port, protocol });
  const [gatewayNamespace, name] = from.split('/');
  return toRequest({ source: { kind: 'gateway', namespace: gatewayNamespace, name, listener }, host, port, protocol, serverName: host });
}
