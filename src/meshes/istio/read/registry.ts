import { covers, isWildcard } from './hosts';
import { PortProtocol, protocolNamed, servicePortProtocol } from './protocol';
import { isVisible, Visibility, visibilityOf, visibilityOfService } from './visibility';
import { Cluster } from '../../../manifests/cluster';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';
import { Service } from '../../../manifests/service';

/** A host that Istio can send requests to. */
export interface KnownHost {
  /** Full name in lower case; may begin with an asterisk. */
  readonly name: string;
  readonly namespace: string;
  readonly ports: readonly KnownPort[];
  readonly visibility: Visibility;
  /** Absent: a ServiceEntry, whose endpoints these manifests do not hold. */
  readonly service?: Service;
}

export interface KnownPort {
  readonly number: number;
  readonly protocol: PortProtocol;
}

/** What Istio calls the service registry: Services and ServiceEntries. */
export class Registry {
  private readonly byName = new Map<string, KnownHost[]>();
  private readonly wildcards: KnownHost[] = [];

  public constructor(cluster: Cluster) {
    for (const service of cluster.services) this.add(hostOf(service, cluster.clusterDomain));
    for (const entry of cluster.ofKind('networking.istio.io', 'ServiceEntry')) hostsOf(entry).forEach((host) => this.add(host));
  }

  /** The host of exactly this name, as a client of the namespace sees it. */
  public find(name: string, client: string): KnownHost | undefined {
    return this.byName.get(name)?.find(({ visibility }) => isVisible(visibility, client));
  }

  /** The host that a name reaches: its own, or the longest with an asterisk that takes it. */
  public reached(name: string, client: string): KnownHost | undefined {
    const exact = this.find(name, client);
    if (exact) return exact;
    const taking = this.wildcards.filter((host) => name.endsWith(host.name.slice(1)) && isVisible(host.visibility, client));
    return taking.sort((one, other) => other.name.length - one.name.length)[0];
  }

  /** All that a name with an asterisk takes. */
  public covered(pattern: string): readonly KnownHost[] {
    return [...this.byName.values()].flat().filter(({ name }) => covers(pattern, name));
  }

  private add(host: KnownHost): void {
    const same = this.byName.get(host.name);
    if (same) same.push(host);
    else this.byName.set(host.name, [host]);
    if (isWildcard(host.name)) this.wildcards.push(host);
  }
}

export function knownPort(host: KnownHost, number: number): KnownPort | undefined {
  return host.ports.find((port) => port.number === number && port.protocol !== 'udp');
}

function hostOf(service: Service, clusterDomain: string): KnownHost {
  return {
    name: `${service.name}.${service.namespace}.svc.${clusterDomain}`,
    namespace: service.namespace,
    ports: service.ports.map((port) => ({ number: port.number, protocol: servicePortProtocol(port) })),
    visibility: visibilityOfService(service.object),
    service,
  };
}

function hostsOf({ spec, namespace }: KubeObject): KnownHost[] {
  const ports = spec.at('ports').items().flatMap(portOfEntry);
  const visibility = visibilityOf(spec.at('exportTo').texts(), namespace);
  return spec.at('hosts').texts().map((host) => ({ name: host.toLowerCase(), namespace, ports, visibility }));
}

function portOfEntry(port: Field): KnownPort[] {
  const number = port.at('number').integer();
  return number === undefined ? [] : [{ number, protocol: protocolNamed(port.at('protocol').text() ?? '') ?? 'sniffed' }];
}
