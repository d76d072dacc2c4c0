import { RouteContext } from './backends';
import { HostTables, nameOf } from './host-tables';
import { namesFor } from './hostnames';
import { Implementation } from './implementation';
import { Listener, listenersOf } from './listeners';
import { Route, routeIndex } from './routes';
import { streamTable, tlsTable } from './streams';
import { Request } from '../../../evaluation/request';
import { everything, RouteTable } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { KubeObject } from '../../../manifests/kube-object';

const routes = routeIndex();

/** A gateway with its listeners, and what they do with requests. */
export class GatewayView {
  public readonly listeners: readonly Listener[];
  private readonly hosts = new Map<string, HostTables>();

  public constructor(private readonly cluster: Cluster, private readonly gateway: KubeObject, private readonly implementation: Implementation) {
    this.listeners = listenersOf(cluster, gateway, routes(cluster));
  }

  public tableFor(request: Request): RouteTable {
    const listener = request.source.kind === 'gateway' ? request.source.listener : undefined;
    const open = this.listeners.filter(({ name, port }) => (listener === undefined ? port === request.port : name === listener));
    const bytes = request.protocol === 'TCP' || request.protocol === 'TLS';
    const tcp = open.filter(({ speaks }) => speaks === 'TCP');
    if (tcp.length > 0) return streamTable(tcp.flatMap(({ routes: all }) => all.map(({ route }) => this.context(route))));
    if (request.protocol === 'TLS' && open.some(({ speaks }) => speaks === 'TLS')) {
      const tls = open.filter(({ speaks }) => speaks === 'TLS').flatMap(({ routes: all }) => all);
      return tlsTable(tls.map(({ route, hostnames }) => ({ context: this.context(route), hostnames: hostnames.map(({ name }) => name) })));
    }
    const http = open.filter(({ speaks }) => speaks === 'HTTP');
    if (http.length > 0 && !bytes) return this.hostsOf(this.hearing(http, request.host)).tableFor(request);
    const reason = open.length === 0 ? `no listener of ${this.gateway.title} is open on port ${request.port}` : `no listener there speaks ${request.protocol}`;
    return everything({ kind: 'answer', status: 'closed', reason });
  }

  private hostsOf(listeners: readonly Listener[]): HostTables {
    const key = JSON.stringify(listeners.map(({ name }) => name));
    let found = this.hosts.get(key);
    if (!found) this.hosts.set(key, found = new HostTables(listeners, this.implementation, (route) => this.context(route)));
    return found;
  }

  private context(route: Route): RouteContext {
    return { cluster: this.cluster, implementation: this.implementation, route, parentNamespace: this.gateway.namespace };
  }

  /** Where listeners are kept apart, the one with the most specific host name hears a request, and no other. */
  private hearing(listeners: readonly Listener[], host: string): readonly Listener[] {
    if (this.implementation.gateway.isolation !== 'hosts') return listeners;
    const [nearest] = namesFor(host, new Set(listeners.map(nameOf)));
    return listeners.filter((listener) => nameOf(listener) === nearest);
  }
}
