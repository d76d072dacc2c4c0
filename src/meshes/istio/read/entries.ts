import { fullName, isWildcard } from './hosts';
import { protocolNamed, PortProtocol, servicePortProtocol } from './protocol';
import { Entry } from '../../../evaluation/reader';
import { Cluster } from '../../../manifests/cluster';
import { KubeObject } from '../../../manifests/kube-object';

const NETWORKING = 'networking.istio.io';

const ASKED: Readonly<Record<PortProtocol, Entry['protocol']>> = { http: 'HTTP', sniffed: 'HTTP', tls: 'TLS', tcp: 'TCP', udp: 'TCP' };

/** A host that a pattern takes, to ask for. */
function sample(host: string): string {
  return host === '*' ? 'any.example.com' : host.replace(/^\*/, 'any');
}

/** What VirtualServices say to sidecars: each host, on each port of the Service that it is. */
export function meshEntries(cluster: Cluster): Entry[] {
  const found = virtualServices(cluster, 'mesh').flatMap(({ object, host }) => {
    const name = fullName(host, object.namespace, cluster.clusterDomain);
    const service = cluster.serviceCalled(name, object.namespace);
    const ports = service?.ports.map((port) => ({ port: port.number, protocol: ASKED[servicePortProtocol(port)] })) ?? [{ port: 80, protocol: 'HTTP' as const }];
    return ports.map((port): Entry => ({ from: 'mesh', namespace: service?.namespace ?? object.namespace, host: sample(name), ...port, objects: [object] }));
  });
  return joined(found);
}

/** What comes through each server of each Gateway, by the hosts of the VirtualServices that are bound to it. */
export function gatewayEntries(cluster: Cluster): Entry[] {
  const found = cluster.ofKind(NETWORKING, 'Gateway').flatMap((gateway) => {
    const from = `${gateway.namespace}/${gateway.name}`;
    return gateway.spec.at('servers').items().flatMap((server) => {
      const port = server.at('port').at('number').integer();
      const protocol = ASKED[protocolNamed(server.at('port').at('protocol').text() ?? '') ?? 'tcp'];
      const own = server.at('hosts').texts().map((host) => host.replace(/^.*\//, '')).filter((host) => !isWildcard(host));
      return port === undefined ? [] : virtualServices(cluster, from).map(({ object, host }): Entry => ({
        from, host: sample(host === '*' ? own[0] ?? host : fullName(host, object.namespace, cluster.clusterDomain)), port, protocol, objects: [gateway, object],
      }));
    });
  });
  return joined(found);
}

interface Bound {
  readonly object: KubeObject;
  readonly host: string;
}

/** Hosts of the VirtualServices that are bound to a gateway; to the sidecars where they name none. */
function virtualServices(cluster: Cluster, gateway: string): Bound[] {
  return cluster.ofKind(NETWORKING, 'VirtualService').flatMap((object) => {
    const named = object.spec.at('gateways').texts().map((name) => (name === 'mesh' || name.includes('/') ? name : `${object.namespace}/${name}`));
    const bound = (named.length === 0 ? ['mesh'] : named).includes(gateway);
    return bound ? object.spec.at('hosts').texts().map((host) => ({ object, host })) : [];
  });
}

/** One entry for each host and port, with all objects that are about it. */
function joined(entries: readonly Entry[]): Entry[] {
  const found = new Map<string, Entry>();
  for (const entry of entries) {
    const key = `${entry.from} ${entry.host} ${entry.port}`;
    const same = found.get(key);
    found.set(key, same ? { ...same, objects: [...same.objects, ...entry.objects] } : entry);
  }
  return [...found.values()];
}
