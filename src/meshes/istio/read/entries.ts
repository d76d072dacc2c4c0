import { configOf, NETWORKING } from './config';
import { commonHosts } from './gateway-hosts';
import { endsHttps, gatewayRefusal, Server, servers } from './gateway-server';
import { isWildcard } from './hosts';
import { PortProtocol } from './protocol';
import { MESH, VirtualService } from './virtual-service';
import { Entry } from '../../../evaluation/reader';
import { Cluster } from '../../../manifests/cluster';
import { groupedBy } from '../../../manifests/grouped';

/** Hosts and ports that VirtualServices have rules about for sidecars. */
export function meshEntries(cluster: Cluster): Entry[] {
  const services = configOf(cluster).virtualServices.all.filter(({ gateways }) => gateways.includes(MESH));
  return merged(services.flatMap((service) => entriesOf(cluster, service)));
}

/** Hosts and ports that Gateways let in. */
export function gatewayEntries(cluster: Cluster): Entry[] {
  const gateways = cluster.ofKind(NETWORKING, 'Gateway').filter((gateway) => gatewayRefusal(gateway) === undefined);
  return merged(gateways.flatMap(servers).flatMap((server) => serverEntries(cluster, server)));
}

function entriesOf(cluster: Cluster, { object, hosts, visibility }: VirtualService): Entry[] {
  const { registry } = configOf(cluster);
  const clientOf = (namespace: string) => (visibility.has('*') ? namespace : object.namespace);
  return hosts.flatMap((name) => {
    const known = isWildcard(name) ? registry.covered(name) : [registry.find(name.toLowerCase(), object.namespace) ?? []].flat();
    const common = { from: MESH, objects: [object] };
    if (known.length === 0) return [{ ...common, namespace: object.namespace, ...named(name), port: 80, protocol: 'HTTP' as const }];
    return known.flatMap(({ name: host, namespace, ports }) => ports.filter(({ protocol }) => protocol !== 'udp').map((port): Entry => (
      { ...common, namespace: clientOf(namespace), ...named(host), port: port.number, protocol: spoken(port.protocol) })));
  });
}

function serverEntries(cluster: Cluster, server: Server): Entry[] {
  const from = `${server.gateway.namespace}/${server.gateway.name}`;
  const { namespace } = configOf(cluster).proxyOf(server.gateway);
  const protocol = endsHttps(server) ? 'HTTP' : spoken(server.protocol);
  return configOf(cluster).virtualServices.of(from, namespace).flatMap((service) => commonHosts(server, service).map((host): Entry => (
    { from, ...named(host), port: server.port, protocol, objects: [server.gateway, service.object] })));
}

/** A host to ask for, and what it stands for. */
function named(host: string): Pick<Entry, 'host' | 'declaredHost'> {
  if (!host.startsWith('*')) return { host };
  return { host: host === '*' ? 'any.example.com' : host.replace(/^\*/, 'any'), declaredHost: host };
}

function spoken(protocol: PortProtocol): Entry['protocol'] {
  switch (protocol) {
    case 'http':
    case 'sniffed': return 'HTTP';
    case 'tls': return 'TLS';
    case 'tcp':
    case 'udp': return 'TCP';
  }
}

/** One entry for one host and port, however many objects are about it. */
function merged(entries: readonly Entry[]): Entry[] {
  const same = groupedBy(entries, ({ from, host, port }) => `${from} ${host} ${port}`);
  return [...same.values()].map((group) => ({ ...group[0], objects: [...new Set(group.flatMap(({ objects }) => objects))] }));
}
