import { byAge, sameAge } from './age';
import { withDelegates } from './delegates';
import { HostIndex } from './host-index';
import { covers, overlap } from './hosts';
import { refusal } from './refusal';
import { virtualService, VirtualService } from './virtual-service';
import { turnOf } from './visibility';
import { KubeObject } from '../../../manifests/kube-object';

/** VirtualServices of a cluster, oldest first, found by gateway and host. */
export class VirtualServices {
  private readonly byGateway = new Map<string, HostIndex<VirtualService[]>>();
  private readonly ofGateway = new Map<string, VirtualService[]>();
  private readonly order = new Map<VirtualService, number>();
  private readonly refused: readonly { readonly service: VirtualService; readonly reason: string }[];

  public constructor(objects: readonly KubeObject[], clusterDomain: string) {
    const read = objects.map((object) => virtualService(object, clusterDomain)).map((service) => ({ service, reason: refusal(service) }));
    this.refused = read.flatMap(({ service, reason }) => (reason === undefined ? [] : [{ service, reason }]));
    const taken = read.filter(({ reason }) => reason === undefined).map(({ service }) => service);
    const delegates = new Map(taken.filter(({ hosts }) => hosts.length === 0).map((one) => [`${one.object.namespace}/${one.object.name}`, one]));
    const roots = taken.filter(({ hosts }) => hosts.length > 0).sort((one, other) => byAge(one.object, other.object));
    roots.map((root) => withDelegates(root, (key) => delegates.get(key))).forEach((service, index) => this.add(service, index));
  }

  /** All of one gateway that have a host in common with one of these, in the order in which the proxy of a namespace tries them. */
  public find(gateway: string, hosts: readonly string[], client: string): VirtualService[] {
    const index = this.byGateway.get(gateway);
    const found = hosts.flatMap((host) => [...index?.get(host) ?? [], ...index?.taking(host).flatMap(([, services]) => services) ?? []]);
    return this.sorted([...new Set(found)], client);
  }

  /** All of one gateway. */
  public of(gateway: string, client: string): VirtualService[] {
    return this.sorted(this.ofGateway.get(gateway) ?? [], client);
  }

  public get all(): readonly VirtualService[] {
    return [...this.order.keys()];
  }

  /** What is said of objects for one of the hosts that take no part, though they were written. */
  public refusals(gateway: string, hosts: readonly string[]): string[] {
    const about = this.refused
      .filter(({ service }) => service.gateways.includes(gateway))
      .filter(({ service }) => service.hosts.some((one) => hosts.some((host) => overlap(one, host))));
    return about.map(({ service, reason }) => `${service.object.title} takes no part: Istio refuses it, because ${reason}`);
  }

  private sorted(services: readonly VirtualService[], client: string): VirtualService[] {
    const turns = services.flatMap((service) => {
      const turn = turnOf(service.visibility, service.object.namespace, client);
      return turn === undefined ? [] : [{ service, turn }];
    });
    const position = (service: VirtualService) => this.order.get(service) ?? 0;
    return turns.sort((one, other) => one.turn - other.turn || position(one.service) - position(other.service)).map(({ service }) => service);
  }

  private add(service: VirtualService, position: number): void {
    this.order.set(service, position);
    for (const gateway of new Set(service.gateways)) {
      const index = this.byGateway.get(gateway) ?? new HostIndex<VirtualService[]>();
      this.byGateway.set(gateway, index);
      this.ofGateway.set(gateway, [...this.ofGateway.get(gateway) ?? [], service]);
      for (const host of new Set(service.hosts.map((one) => one.toLowerCase()))) index.set(host, [...index.get(host) ?? [], service]);
    }
  }
}

/** Why nobody can say from manifests alone which of several objects for one host comes first. */
export function ageDoubt(first: VirtualService, others: readonly VirtualService[], host: string, client: string): string[] {
  const turn = (service: VirtualService) => turnOf(service.visibility, service.object.namespace, client);
  const rivals = others
    .filter((one) => one !== first && turn(one) === turn(first) && sameAge(one.object, first.object))
    .filter((one) => one.hosts.some((name) => covers(name, host)));
  return rivals.map(({ object }) => `${first.object.title} and ${object.title} are both for "${host}": the older one counts, `
    + `and ${first.object.name} is taken for it by its name`);
}
