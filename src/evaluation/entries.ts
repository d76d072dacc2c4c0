import { Evaluator } from './evaluator';
import { Entry } from './reader';
import { Request } from './request';
import { RouteTable } from './route-table';
import { toRequest } from './to-request';
import { Service } from '../manifests/service';

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

/** What is called, for people: `web.shop:80`, `*.example.com:80`. */
export function addressOf({ host, declaredHost, port }: Entry): string {
  return `${declaredHost ?? host}:${port}`;
}

/** What is tried for a host and port. */
export interface EntryTable {
  readonly entry: Entry;
  /** A request that meets the table. */
  readonly request: Request;
  readonly table: RouteTable;
  /** The Service that is called, where the host means one. */
  readonly called?: Service;
}

/** The tables of every host and port that some rule is about. */
export function tablesOf(evaluator: Evaluator): EntryTable[] {
  return evaluator.entries().map((entry) => tableOf(entry, evaluator));
}

/** As `tablesOf`. Without a mesh every Service counts: its numbers of pods are the rule. */
export function tablesToExplain(evaluator: Evaluator): EntryTable[] {
  const services = evaluator.mesh === undefined ? serviceEntries(evaluator) : [];
  return [...evaluator.entries(), ...services].map((entry) => tableOf(entry, evaluator));
}

function tableOf(entry: Entry, evaluator: Evaluator): EntryTable {
  const request = requestFor(entry);
  const called = request.source.kind === 'gateway' ? undefined : evaluator.cluster.serviceCalled(request.host, request.source.namespace);
  return { entry, request, called, table: evaluator.tableFor(request).table };
}
