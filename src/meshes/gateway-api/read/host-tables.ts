import { RouteContext } from './backends';
import { Competition } from './competition';
import { covers, namesFor } from './hostnames';
import { Implementation } from './implementation';
import { Listener } from './listeners';
import { Route } from './routes';
import { RouteRule, routeRules } from './rules';
import { Request } from '../../../evaluation/request';
import { everything, RouteTable } from '../../../evaluation/route-table';
import { groupedBy } from '../../../manifests/grouped';

interface NamedRule {
  readonly name: string;
  readonly listener: Listener;
  readonly rule: RouteRule;
}

/** What listeners on one port do with requests, by the host names of their routes. */
export class HostTables {
  private readonly rules: ReadonlyMap<string, readonly NamedRule[]>;
  private readonly competitions = new Map<string, Competition>();
  private readonly doubts: readonly string[];

  public constructor(
    private readonly listeners: readonly Listener[],
    private readonly implementation: Implementation,
    contextOf: (route: Route) => RouteContext,
  ) {
    this.rules = groupedBy(listeners.flatMap((listener) => this.rulesOf(listener, contextOf)), ({ name }) => name);
    this.doubts = implementation.gateway.isolation === 'equal-names' ? this.clashes() : [];
  }

  public tableFor(request: Request): RouteTable {
    const names = namesFor(request.host, this.rules);
    if (names.length === 0) return everything({ kind: 'answer', status: 404, reason: `no route is for the host "${request.host}"` }, this.doubts);
    const tried = this.implementation.gateway.fallsBack ? names : names.slice(0, 1);
    const tables = tried.map((name) => this.competition(name).tableFor(request));
    return {
      rules: tables.flatMap(({ rules }) => rules),
      otherwise: tables[0].otherwise,
      doubts: [...this.doubts, ...tables.flatMap(({ doubts }) => doubts)],
    };
  }

  /** Rules of a listener under the host names that it does not leave to others. */
  private rulesOf(listener: Listener, contextOf: (route: Route) => RouteContext): NamedRule[] {
    return listener.routes.flatMap(({ route, hostnames }) => {
      const rules = routeRules(contextOf(route));
      const group = (written: string) => (this.implementation.gateway.apart === undefined ? undefined : `${route.kind} ${written}`);
      return hostnames.filter(({ name }) => !this.listeners.some((other) => this.leaves(listener, name, other)))
        .flatMap(({ name, written }) => rules.map((rule) => ({ name, listener, rule: { ...rule, group: group(written) } })));
    });
  }

  private leaves(listener: Listener, name: string, other: Listener): boolean {
    if (other === listener) return false;
    const [own, others] = [nameOf(listener), nameOf(other)];
    switch (this.implementation.gateway.isolation) {
      case 'hosts': return false;
      case 'equal-names': return others !== '*' && others === name;
      case 'covered-names': return others.length >= own.length && others !== own && covers(others, name);
    }
  }

  private competition(name: string): Competition {
    let found = this.competitions.get(name);
    if (!found) {
      found = new Competition((this.rules.get(name) ?? []).map(({ rule }) => rule), this.implementation);
      this.competitions.set(name, found);
    }
    return found;
  }

  /** Envoy refuses routes of which two have one host name. */
  private clashes(): string[] {
    const twice = [...this.rules].find(([, rules]) => rules.some(({ listener }) => listener !== rules[0].listener));
    return twice ? [`two listeners have routes for the host name "${twice[0]}": the gateway refuses the routes of the port and keeps those before`] : [];
  }
}

/** A listener without a host name hears every host. */
export function nameOf({ hostname }: Listener): string {
  return hostname || '*';
}
