import { sameAge } from './age';
import { Permission } from './authorization';
import { configOf } from './config';
import { closestName, commonHosts, shareHosts } from './gateway-hosts';
import { GatewayProxy, listeningPort, serversOn } from './gateway-proxy';
import { endsHttps, gatewayRefusal, Server } from './gateway-server';
import { CompiledRule, httpRules } from './http-rules';
import { Place } from './place';
import { gatewayTcpRules, gatewayTlsRules, NamedRule } from './stream-rules';
import { VirtualService } from './virtual-service';
import { Request } from '../../../evaluation/request';
import { Action, everything, RouteTable, Status, TableRule } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { KubeObject } from '../../../manifests/kube-object';

interface Call {
  readonly cluster: Cluster;
  readonly proxy: GatewayProxy;
  readonly request: Request;
}

/** What the proxy of a Gateway does with what comes in by a port, of this Gateway or of others that the proxy serves. */
export function gatewayRoutes(cluster: Cluster, gateway: KubeObject, request: Request): RouteTable {
  const refused = gatewayRefusal(gateway);
  if (refused !== undefined) return closed(`${gateway.title} takes no part: Istio refuses it, because ${refused}`);
  const proxy = configOf(cluster).proxyOf(gateway);
  const call = { cluster, proxy, request };
  const found = serversOn(proxy, request.port);
  const permission = permissionOf(call, found);
  const open = portRoutes(call, found);
  const table = permission.allowed || isShut(open) ? open : denied(permission, readsHttp(call, found));
  return { ...table, doubts: [...proxy.doubts, ...table.doubts, ...permission.doubts] };
}

/** Whether policies for the pods of the gateway let the request in: they come before all rules. */
function permissionOf(call: Call, found: readonly Server[]): Permission {
  const { cluster, proxy, request } = call;
  if (found.length === 0) return { allowed: true, doubts: [] };
  const arrival = { request, port: listeningPort(cluster, proxy, request.port), http: readsHttp(call, found) };
  return configOf(cluster).authorizationPolicies.permission(proxy, arrival);
}

/** Nothing listens for such a connection, so that nobody asks who sends it. */
function isShut({ rules, otherwise }: RouteTable): boolean {
  return rules.length === 0 && otherwise.kind === 'answer' && otherwise.status === 'closed';
}

function denied({ reason = '' }: Permission, http: boolean): RouteTable {
  return http ? everything({ kind: 'answer', status: 403, reason }) : closed(reason);
}

function readsHttp({ request }: Call, found: readonly Server[]): boolean {
  return !isStream(request) && found.some((server) => server.protocol === 'http' || endsHttps(server));
}

function portRoutes(call: Call, found: readonly Server[]): RouteTable {
  const { request } = call;
  if (found.length === 0) return closed(`no Gateway of these pods has a server on port ${request.port}`);
  if (found[0].protocol === 'tls') return encryptedRoutes(call, found);
  if (found[0].protocol !== 'http') return tcpRoutes(call, found[0]);
  return isStream(request) ? closed('the server is for HTTP') : httpRoutes(call, found);
}

/** Of servers that ask for a certificate by name the closest name counts; a request is taken to be sent over TLS. */
function encryptedRoutes(call: Call, found: readonly Server[]): RouteTable {
  const name = call.request.serverName ?? call.request.host;
  const rules = found.filter(({ tls }) => tls?.passes).flatMap((server) => passingRules(call, server));
  // A server that ends TLS of connections without rules for them does not listen.
  const ends = (server: Server) => !server.tls?.passes && (endsHttps(server) || tcpRoutes(call, server).rules.length > 0);
  const names = found.filter(ends).flatMap((server) => server.hosts.map((host) => ({ server, name: host.replace(/^[^/]*\//, '') })));
  const closest = closestName([...names, ...rules].map((one) => one.name), name);
  const ending = names.find((one) => one.name === closest)?.server;
  if (!ending) return streamTable(rules.map(({ rule }) => rule));
  if (!endsHttps(ending)) return tcpRoutes(call, ending);
  return isStream(call.request) ? closed('the server is for HTTP') : { ...httpRoutes(call, [ending]), endsTls: true };
}

function isStream({ protocol }: Request): boolean {
  return protocol === 'TCP' || protocol === 'TLS';
}

function tcpRoutes(call: Call, server: Server): RouteTable {
  return streamTable(gatewayTcpRules(bound(call, server).filter((one) => shareHosts(server, one)), placeFor(call, server, 'closed')));
}

function passingRules(call: Call, server: Server): NamedRule[] {
  return gatewayTlsRules(bound(call, server).filter((one) => shareHosts(server, one)), placeFor(call, server, 'closed'));
}

/**
 * Rules of all VirtualServices for the closest name, one behind the other; those that take everything come last.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/networking/core/gateway.go (buildGatewayHTTPRouteConfig)
 */
function httpRoutes(call: Call, found: readonly Server[]): RouteTable {
  const offers = found.flatMap((server) => bound(call, server).flatMap((service) => {
    const rules = httpRules(service, placeFor(call, server, 503));
    return rules.length === 0 ? [] : [{ server, service, rules, hosts: commonHosts(server, service) }];
  }));
  const redirecting = found.filter(({ tls }) => tls?.redirects).flatMap(({ hosts }) => hosts.map((host) => host.toLowerCase()));
  const name = closestName([...offers.flatMap(({ hosts }) => hosts), ...redirecting], call.request.host);
  const taken = offers.filter(({ hosts }) => name !== undefined && hosts.includes(name));
  const redirected = name !== undefined && (redirecting.includes(name) || taken.some(({ server }) => server.tls?.redirects));
  if (redirected) return everything({ kind: 'redirect', status: 301, scheme: 'https' });
  const rules = taken.flatMap((one) => one.rules);
  const services = [...new Set(taken.map(({ service }) => service))];
  const refusals = found.flatMap(({ gateway }) => configOf(call.cluster).virtualServices.refusals(`${gateway.namespace}/${gateway.name}`, [call.request.host]));
  const otherwise: Action = { kind: 'answer', status: 404, reason: notFound(call.request.host, services) };
  return { rules: sorted(rules), otherwise, doubts: [...doubtsOf(services), ...new Set(refusals)] };
}

function sorted(rules: readonly CompiledRule[]): CompiledRule[] {
  return [...rules.filter(({ takesAll }) => !takesAll), ...rules.filter(({ takesAll }) => takesAll)];
}

function notFound(host: string, services: readonly VirtualService[]): string {
  return services.length === 0 ? `no VirtualService of the gateway is for "${host}"` : `no rule of ${services.map(({ object }) => object.title).join(', ')} takes it`;
}

function doubtsOf(services: readonly VirtualService[]): string[] {
  const young = services.slice(1).filter(({ object }, index) => sameAge(object, services[index].object));
  return [
    ...services.flatMap(({ doubts }) => doubts),
    ...young.map(({ object }) => `the rules of ${services[0].object.title} and ${object.title} are in one list, the older ones first: they are taken by name`),
  ];
}

/** VirtualServices of the server's Gateway that the proxy sees. */
function bound({ cluster, proxy }: Call, { gateway }: Server): VirtualService[] {
  return configOf(cluster).virtualServices.of(`${gateway.namespace}/${gateway.name}`, proxy.namespace);
}

function placeFor({ cluster, proxy, request }: Call, server: Server, lost: Status): Place {
  const { registry, destinationRules } = configOf(cluster);
  const known = { registry, destinationRules, caller: proxy, clusterDomain: cluster.clusterDomain };
  const sender = { ...known, listenPort: request.port, knowsOtherPorts: true, lost };
  return { gateway: `${server.gateway.namespace}/${server.gateway.name}`, https: server.tls !== undefined, sender };
}

function streamTable(rules: readonly TableRule[]): RouteTable {
  return { rules, otherwise: { kind: 'answer', status: 'closed', reason: 'no rule of a VirtualService takes the connection' }, doubts: [] };
}

function closed(reason: string): RouteTable {
  return everything({ kind: 'answer', status: 'closed', reason });
}
