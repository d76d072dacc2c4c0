import { weightedDestinations } from './destination';
import { SourceConditions, sourceConditions } from './http-match';
import { httpRoutes } from './http-route';
import { reachableInOrder } from './reachable';
import { VirtualService, VirtualServiceSpecHttp as HttpRoute, VirtualServiceSpecTcp as TcpRoute, VirtualServiceSpecTls as TlsRoute } from '../../../imports/networking.istio.io';
import { exposedRules, gatewayKey, passesThrough } from '../../model/exposed-rules';
import { carriesHttp, meshRules } from '../../model/protocols';
import { Exposure, Match, Port, RoutingModel, Rule } from '../../model/routing-model';

export interface RouteLists {
  readonly http: HttpRoute[];
  readonly tcp: TcpRoute[];
  readonly tls: TlsRoute[];
}

interface L4Match extends SourceConditions {
  readonly port: number;
}

/** Rules for clients inside the mesh. Those that ask for a gateway are not for them. */
export function meshVirtualService(model: RoutingModel, exportTo: string[] | undefined): { readonly spec?: unknown } {
  const lists = join(model.ports.map((port) => routesForPort(model, port)));
  const sniHosts = model.ports.flatMap((port) => port.sniHosts);
  return manifest([...new Set([model.root.host, ...sniHosts])], ['mesh'], lists, exportTo);
}

/** Rules for what comes through a gateway. They end where the exposure ends. */
export function gatewayVirtualService(model: RoutingModel, exposure: Exposure): { readonly spec?: unknown } {
  return manifest([...exposure.hosts], [gatewayKey(exposure.gateway)], gatewayRoutes(model, exposure), undefined);
}

function manifest(hosts: string[], gateways: string[], { http, tcp, tls }: RouteLists, exportTo: string[] | undefined): { readonly spec?: unknown } {
  return VirtualService.manifest({ spec: { exportTo, hosts, gateways, http: some(http), tcp: some(tcp), tls: some(tls) } });
}

function routesForPort(model: RoutingModel, port: Port): RouteLists {
  const rules = meshRules(model, port);
  if (carriesHttp(port.protocol)) {
    const matchPort = model.ports.length > 1 ? port.number : undefined;
    return { http: httpRoutes(model, rules, port, matchPort), tcp: [], tls: [] };
  }
  const connections = unreached(rules).map((rule) => ({ match: l4Matches(rule.matches, port.number), route: l4Route(model, rule, port) }));
  if (port.sniHosts.length === 0) return { http: [], tcp: connections, tls: [] };
  const named = connections.map(({ match, route }) => ({ match: match.map((condition) => ({ ...condition, sniHosts: [...port.sniHosts] })), route }));
  return { http: [], tcp: [], tls: named };
}

function gatewayRoutes(model: RoutingModel, exposure: Exposure): RouteLists {
  const exposed = exposedRules(model, exposure);
  if (!exposed) return { http: [], tcp: [], tls: [] };
  const { port, listeners, rules } = exposed;
  if (carriesHttp(port.protocol)) {
    const ports = exposure.listener === undefined ? [undefined] : listeners.map((listener) => listener.port);
    return { http: ports.flatMap((matchPort) => httpRoutes(model, rules, port, matchPort)), tcp: [], tls: [] };
  }
  return join(listeners.map((listener) => {
    const routes = rules.map((rule) => ({ match: [{ port: listener.port }], route: l4Route(model, rule, port) }));
    if (!passesThrough(listener)) return { http: [], tcp: routes, tls: [] };
    return { http: [], tcp: [], tls: routes.map(({ route }) => ({ match: [{ port: listener.port, sniHosts: [...exposure.hosts] }], route })) };
  }));
}

/** What earlier rules take already is left out, as for HTTP. */
function unreached(rules: readonly Rule[]): Rule[] {
  const reachable = reachableInOrder();
  return rules.flatMap((rule) => {
    if (rule.matches.length === 0) return [rule];
    const matches = rule.matches.filter(reachable);
    return matches.length === 0 ? [] : [{ ...rule, matches }];
  });
}

function l4Matches(matches: readonly Match[], port: number): L4Match[] {
  if (matches.length === 0) return [{ port }];
  return matches.map((match) => ({ port, ...sourceConditions(match) }));
}

/** Rules for connections always forward: a redirect is a matter of HTTP. */
function l4Route(model: RoutingModel, rule: Rule, port: Port): TcpRoute['route'] {
  return rule.action.kind === 'forward' ? weightedDestinations(model, rule.action.split, port) : [];
}

function join(lists: readonly RouteLists[]): RouteLists {
  return { http: lists.flatMap(({ http }) => http), tcp: lists.flatMap(({ tcp }) => tcp), tls: lists.flatMap(({ tls }) => tls) };
}

function some<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
