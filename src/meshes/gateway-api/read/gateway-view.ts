import { Competition } from './competition';
import { covers, namesFor } from './hostnames';
import { Implementation } from './implementation';
import { Listener, ListenerRoute, listenersOf } from './listeners';
import { routeIndex } from './routes';
import { RouteRule, routeRules } from './rules';
import { streamTable, tlsTable } from './streams';
import { Request } from '../../../evaluation/request';
import { everything, RouteTable } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { groupedBy } from '../../../manifests/grouped';
import { KubeObject } from '../../../manifests/kube-object';

const routes = routeIndex();

/** A gateway with its listeners, and what they do with requests. */
export class GatewayView {
  public readonly listeners: readonly Listener[];
  private readonly competitions = new Map<string, Competition>();
  private readonly rulesOfListeners = new Map<Listener, ReadonlyMap<string, readonly RouteRule[]>>();

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
    if (http.length > 0 && !bytes) return this.httpTable(http, request);
    const reason = open.length === 0 ? `no listener of ${this.gateway.title} is open on port ${request.port}` : `no listener there speaks ${request.protocol}`;
    return everything({ kind: 'answer', status: 'closed', reason });
  }

  private httpTable(listeners: readonly Listener[], request: Request): RouteTable {
    const { isolation, fallsBack } = this.implementation.gateway;
    const heard = isolation === 'hosts' ? mostSpecific(listeners, request.host) : listeners;
    const names = namesFor(request.host, [...new Set(heard.flatMap((listener) => this.namesOf(listener, heard)))]);
    const [nearest] = names;
    if (nearest === undefined) return everything({ kind: 'answer', status: 404, reason: `no route is for the host "${request.host}"` });
    const table = this.competition(heard, nearest).tableFor(request);
    if (!fallsBack) return { ...table, doubts: [...table.doubts, ...this.clashes(heard)] };
    const others = names.slice(1).map((name) => this.competition(heard, name).tableFor(request));
    return { ...table, rules: [table, ...others].flatMap(({ rules }) => rules), doubts: [table, ...others].flatMap(({ doubts }) => doubts) };
  }

  /** Envoy refuses routes of which two have one host name. */
  private clashes(listeners: readonly Listener[]): string[] {
    if (this.implementation.gateway.isolation !== 'equal-names') return [];
    const names = listeners.flatMap((listener) => this.namesOf(listener, listeners));
    const [twice] = names.filter((name, index) => names.indexOf(name) !== index);
    return twice === undefined ? [] : [`two listeners have routes for the host name "${twice}": the gateway refuses the routes of the port and keeps those before`];
  }

  /** Host names that a listener has rules for, less those that it leaves to others. */
  private namesOf(listener: Listener, beside: readonly Listener[]): string[] {
    return [...this.rulesOf(listener).keys()].filter((name) => beside.every((other) => other === listener || !this.leaves(listener, name, other)));
  }

  private leaves(listener: Listener, name: string, other: Listener): boolean {
    const [own, others] = [listener, other].map(({ hostname }) => hostname || '*');
    switch (this.implementation.gateway.isolation) {
      case 'hosts': return false;
      case 'equal-names': return others !== '*' && others === name;
      case 'covered-names': return others.length >= own.length && others !== own && covers(others, name);
    }
  }

  private competition(listeners: readonly Listener[], name: string): Competition {
    const key = JSON.stringify([name, ...listeners.map((listener) => listener.name)]);
    let found = this.competitions.get(key);
    if (!found) {
      const heard = listeners.filter((listener) => this.namesOf(listener, listeners).includes(name));
      found = new Competition(heard.flatMap((listener) => this.rulesOf(listener).get(name) ?? []), this.implementation);
      this.competitions.set(key, found);
    }
    return found;
  }

  private rulesOf(listener: Listener): ReadonlyMap<string, readonly RouteRule[]> {
    let rules = this.rulesOfListeners.get(listener);
    if (!rules) {
      const named = listener.routes.flatMap(({ route, hostnames }: ListenerRoute) => {
        const made = routeRules(this.context(route));
        const group = (written: string) => (this.implementation.gateway.apart === undefined ? undefined : `${route.kind} ${written}`);
        return hostnames.flatMap(({ name, written }) => made.map((rule) => ({ name, rule: { ...rule, group: group(written) } })));
      });
      rules = new Map([...groupedBy(named, ({ name }) => name)].map(([name, all]) => [name, all.map(({ rule }) => rule)]));
      this.rulesOfListeners.set(listener, rules);
    }
    return rules;
  }

  private context(route: ListenerRoute['route']) {
    return { cluster: this.cluster, implementation: this.implementation, route, parentNamespace: this.gateway.namespace };
  }
}

/** Of the listeners on a port the one with the most specific host name hears a request, and no other. */
function mostSpecific(listeners: readonly Listener[], host: string): Listener[] {
  const named = (listener: Listener) => listener.hostname || '*';
  const [nearest] = namesFor(host, listeners.map(named));
  return listeners.filter((listener) => nearest !== undefined && named(listener) === nearest && covers(nearest, host));
}
