import { Dialect } from './dialect';
import { pathPattern } from './route-group';
import { TrafficTarget, TrafficTargetSpecRulesKind as Kind } from '../../../imports/access.smi-spec.io';
import { HttpRouteGroup, HttpRouteGroupSpecMatches, TcpRoute } from '../../../imports/specs.smi-spec.io';
import { carriesHttp, hasHttp } from '../../model/protocols';
import { AllowedRequest, Client, RoutingModel, Version } from '../../model/routing-model';

/** Name of the match that stands for every request. */
const EVERYTHING = 'everything';

/** The requests that any client may send, each under its name. */
export function httpRouteGroup(model: RoutingModel, { wholeValue }: Dialect): { readonly spec?: unknown } {
  const matches = new Map<string, HttpRouteGroupSpecMatches>();
  for (const client of model.clients ?? []) {
    for (const request of requestsOf(client)) matches.set(request.name, routeMatch(request, wholeValue));
  }
  return HttpRouteGroup.manifest({ spec: { matches: [...matches.values()] } });
}

/** Every port: a TCPRoute beside an HTTPRouteGroup closes the ports that it does not name, those with HTTP too. */
export function tcpRoute(model: RoutingModel): { readonly spec?: unknown } {
  return TcpRoute.manifest({ spec: { matches: { ports: [...new Set(model.ports.map(({ targetPort }) => targetPort))] } } });
}

export function hasConnections(model: RoutingModel): boolean {
  return model.ports.some(({ protocol }) => !carriesHttp(protocol));
}

/** Clients that may send the same requests, so that one TrafficTarget serves them. */
export function clientGroups(model: RoutingModel): { readonly clients: readonly Client[]; readonly requests: readonly string[] }[] {
  const groups = new Map<string, Client[]>();
  for (const client of model.clients ?? []) {
    const key = requestNames(client);
    groups.set(key, [...(groups.get(key) ?? []), client]);
  }
  return [...groups].map(([key, clients]) => ({ clients, requests: JSON.parse(key) as string[] }));
}

/** The same text for clients that may send the same requests, a JSON list of their names. */
export function requestNames(client: Client): string {
  return JSON.stringify(requestsOf(client).map(({ name }) => name));
}

export interface TargetRules {
  readonly routeGroup: string;
  readonly tcpRoute: string;
}

/**
 * What a group of clients may do with the pods of one version. The names of the matches are always written: without them Open Service Mesh
 * lets nothing through.
 */
export function trafficTarget(
  model: RoutingModel, version: Version, group: ReturnType<typeof clientGroups>[number], names: TargetRules,
): { readonly spec?: unknown } {
  const sources = group.clients.flatMap((client) => (client.kind === 'service-account' ? [{ kind: 'ServiceAccount', name: client.name, namespace: client.namespace }] : []));
  return TrafficTarget.manifest({
    spec: {
      destination: { kind: 'ServiceAccount', name: version.serviceAccount, namespace: model.namespace },
      sources,
      rules: [
        ...(hasHttp(model) ? [{ kind: Kind.HTTP_ROUTE_GROUP, name: names.routeGroup, matches: [...group.requests] }] : []),
        ...(hasConnections(model) ? [{ kind: Kind.TCP_ROUTE, name: names.tcpRoute }] : []),
      ],
    },
  });
}

export interface NamedRequest extends AllowedRequest {
  readonly name: string;
}

export function requestsOf(client: Client): NamedRequest[] {
  if (client.requests.length === 0) return [{ name: EVERYTHING, methods: [] }];
  return client.requests.map((request) => ({ ...request, name: request.name ?? nameOf(request) }));
}

/** A name made of what the request is. */
function nameOf({ path, methods }: AllowedRequest): string {
  const words = [...methods, path?.value ?? 'any'].join('-').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return words === '' ? 'root' : words;
}

function routeMatch({ name, path, methods }: NamedRequest, wholeValue: Dialect['wholeValue']): HttpRouteGroupSpecMatches {
  return { name, pathRegex: path ? wholeValue(pathPattern(path)) : '.*', methods: methods.length > 0 ? [...methods] : ['*'] } as HttpRouteGroupSpecMatches;
}
