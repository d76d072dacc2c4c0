import { RouteContext } from './backends';
import { Competition } from './competition';
import { namesFor } from './hostnames';
import { Implementation, MeshRoute, MeshWays } from './implementation';
import { GROUP, Route, RouteIndex, routeIndex, RouteKind, ROUTE_KINDS } from './routes';
import { routeRules } from './rules';
import { NamedRoute, streamTable, tlsTable } from './streams';
import { Entry } from '../../../evaluation/reader';
import { Request } from '../../../evaluation/request';
import { everything, RouteTable } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { perCluster } from '../../../manifests/per-cluster';
import { portOf, Service, ServicePort } from '../../../manifests/service';

/** One that takes routes on Services. */
export type MeshImplementation = Implementation & { readonly mesh: MeshWays };

/** Routes that hang on Services, for clients inside the mesh. @see https://gateway-api.sigs.k8s.io/mesh/ */
export interface ServiceRoutes {
  readonly index: (cluster: Cluster) => RouteIndex;
  tableFor(cluster: Cluster, request: Request, called: Service | undefined): RouteTable | undefined;
  entries(cluster: Cluster): Entry[];
}

export function serviceRoutes(implementation: MeshImplementation): ServiceRoutes {
  const index = routeIndex([GROUP, ...implementation.groups ?? []]);
  const competitions = perCluster(() => new Map<string, Competition>());
  return {
    index,
    tableFor(cluster, request, called) {
      const port = called && portOf(called, request.port);
      if (!called || !port || called.headless || called.externalName !== undefined) return undefined;
      const attached = attachedRoutes(index(cluster), called, request, implementation);
      const chosen = choose(attached.routes, request, { cluster, port, service: called, ways: implementation.mesh });
      const doubts = [...attached.doubts, ...chosen.doubts];
      if (chosen.routes.length === 0) return doubts.length > 0 ? plain(called, port, doubts) : undefined;
      const context = (route: Route): RouteContext =>
        ({ cluster, implementation, route, parentNamespace: called.namespace, parent: { service: called, port: port.number } });
      const table = tableOf(chosen.routes, request, { context, implementation, competitions: competitions(cluster), service: called });
      return { ...table, doubts: [...doubts, ...table.doubts] };
    },
    entries: (cluster) => cluster.services.flatMap((service) => entriesOf(service, index(cluster), implementation.mesh)),
  };
}

interface Found {
  readonly routes: readonly MeshRoute[];
  readonly doubts: readonly string[];
}

/** Where all routes are ignored the Service is what it is without them. */
function plain(service: Service, port: ServicePort, doubts: readonly string[]): RouteTable {
  return everything({ kind: 'forward', destinations: [{ weight: 1, to: { kind: 'pods', service, port: port.number } }] }, doubts);
}

/** Routes that count for a client: those beside the Service, and those in the client's own namespace. */
function attachedRoutes(index: RouteIndex, service: Service, { source, port }: Request, { mesh: ways, name, ignores }: MeshImplementation): Found {
  const all = index.on('Service', service.namespace, service.name).filter(({ ref }) => ref.port === undefined || ref.port === port);
  const namespaces = [service.namespace, source.namespace];
  const here = all.filter(({ ref, route }) => ways.serviceGroups.includes(ref.group) && namespaces.includes(route.object.namespace));
  const doubts = all.filter(({ ref }) => !ways.serviceGroups.includes(ref.group))
    .map(({ route, ref }) => `${route.object.title} is ignored: ${name} knows no Service of the group "${ref.group}"`);
  const broken = new Map(here.map(({ route }) => [route, ignores?.(route)]));
  const sound = here.filter(({ route }) => broken.get(route) === undefined).map(({ route, ref }) => ({ route, port: ref.port }));
  const consumers = sound.filter(({ route }) => route.object.namespace !== service.namespace);
  const producers = sound.filter(({ route }) => route.object.namespace === service.namespace);
  const routes = { replace: consumers.length > 0 ? consumers : producers, join: sound, ignored: producers }[ways.consumers];
  return { routes, doubts: [...doubts, ...[...broken.values()].filter((reason) => reason !== undefined)] };
}

interface Port {
  readonly cluster: Cluster;
  readonly port: ServicePort;
  readonly service: Service;
  readonly ways: MeshWays;
}

/** Routes that look into requests come before those that do not; of each the strongest kind. */
function choose(all: readonly MeshRoute[], request: Request, { cluster, port, service, ways }: Port): Found {
  const speaks = ways.portSpeaks?.(port, service, cluster);
  const bytes = request.protocol === 'TCP' || request.protocol === 'TLS';
  const of = (kinds: readonly RouteKind[]) => all.filter(({ route }) => kinds.includes(route.kind));
  const http = speaks === 'bytes' ? [] : of(['GRPCRoute', 'HTTPRoute']);
  const streams = speaks === 'HTTP' || http.length > 0 ? [] : of(['TLSRoute', 'TCPRoute']);
  const candidates = bytes ? streams : [...http, ...streams];
  if (ways.chosen) return ways.chosen(candidates);
  const strongest = ROUTE_KINDS.find((kind) => candidates.some(({ route }) => route.kind === kind));
  return { routes: candidates.filter(({ route }) => route.kind === strongest), doubts: [] };
}

interface Making {
  readonly context: (route: Route) => RouteContext;
  readonly implementation: MeshImplementation;
  readonly competitions: Map<string, Competition>;
  readonly service: Service;
}

function tableOf(chosen: readonly MeshRoute[], request: Request, making: Making): RouteTable {
  const routes = [...new Set(chosen.map(({ route }) => route))];
  const [{ kind }] = routes;
  if (kind === 'TCPRoute') return streamTable(routes.map(making.context));
  if (kind === 'TLSRoute') return tlsTable(routes.map((route) => named(route, making)));
  return competitionOf(forHost(routes, request, making.implementation.mesh), request, making).tableFor(request);
}

function named(route: Route, { context }: Making): NamedRoute {
  return { context: context(route), hostnames: route.hostnames.length > 0 ? route.hostnames : ['*'] };
}

/** Where host names are honoured, the routes with the most specific name for the host. */
function forHost(routes: readonly Route[], { host }: Request, { hostnames }: MeshWays): readonly Route[] {
  if (hostnames === 'ignored') return routes;
  return routes.filter((route) => route.hostnames.length === 0 || namesFor(host, new Set(route.hostnames)).length > 0);
}

function competitionOf(routes: readonly Route[], { port }: Request, { context, implementation, competitions, service }: Making): Competition {
  const key = JSON.stringify([service.object.key, port, ...routes.map(({ object }) => object.key)]);
  let competition = competitions.get(key);
  if (!competition) competitions.set(key, competition = new Competition(routes.flatMap((route) => routeRules(context(route))), implementation));
  return competition;
}

const SPOKEN: Readonly<Record<RouteKind, Entry['protocol']>> = { GRPCRoute: 'GRPC', HTTPRoute: 'HTTP', TLSRoute: 'TLS', TCPRoute: 'TCP' };

function entriesOf(service: Service, index: RouteIndex, { serviceGroups }: MeshWays): Entry[] {
  const attached = index.on('Service', service.namespace, service.name).filter(({ ref }) => serviceGroups.includes(ref.group));
  return service.ports.flatMap(({ number }) => {
    const here = attached.filter(({ ref }) => ref.port === undefined || ref.port === number);
    const namespaces = new Set(here.map(({ route }) => route.object.namespace));
    return [...namespaces].map((namespace): Entry => {
      const routes = here.map(({ route }) => route).filter(({ object }) => object.namespace === namespace);
      const kind = ROUTE_KINDS.find((one) => routes.some((route) => route.kind === one))!;
      return {
        from: 'mesh',
        namespace: namespace === service.namespace ? undefined : namespace,
        host: `${service.name}.${service.namespace}`,
        port: number,
        protocol: SPOKEN[kind],
        objects: routes.map(({ object }) => object),
      };
    });
  });
}
