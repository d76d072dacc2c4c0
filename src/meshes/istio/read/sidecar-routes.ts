import { byAge, sameAge } from './age';
import { configOf, IstioConfig, NETWORKING } from './config';
import { Caller, ROOT_NAMESPACE } from './destination-rules';
import { hostTarget, Sender } from './destinations';
import { DEFAULT_RETRIES } from './filters';
import { ISTIO_ROUTES } from './gateway-api';
import { Place } from './place';
import { KnownHost, knownPort, KnownPort } from './registry';
import { asksForAddress, tcpRules, tlsRules } from './stream-rules';
import { ownerOf } from './virtual-hosts';
import { MESH, VirtualService } from './virtual-service';
import { ageDoubt } from './virtual-services';
import { Request } from '../../../evaluation/request';
import { Action, everything, RouteTable, Status, Target } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { Service } from '../../../manifests/service';
import { serviceRoutes } from '../../gateway-api/read/service-routes';

/** A call of a pod with a sidecar. */
interface Call {
  readonly cluster: Cluster;
  readonly config: IstioConfig;
  readonly request: Request;
  readonly caller: Caller;
}

/** What the sidecar of a pod does with a call. Nothing: it lets the call pass to where its name leads. */
export function sidecarRoutes(cluster: Cluster, request: Request, called: Service | undefined): RouteTable | undefined {
  if (request.source.kind !== 'meshed') return undefined;
  const config = configOf(cluster);
  const call = { cluster, config, request, caller: { namespace: request.source.namespace, labels: request.source.labels } };
  const host = hostCalled(call, called);
  const port = host && knownPort(host, request.port);
  const own = port ? portRoutes(call, host, port) : unknownRoutes(call) ?? outside(host);
  const table = together(own, SERVICE_ROUTES.tableFor(cluster, request, called), call.caller, host?.name ?? '');
  return table && { ...table, doubts: [...table.doubts, ...scopeDoubts(call)] };
}

/** Routes of the Gateway API that hang on Services, which sidecars follow too. */
export const SERVICE_ROUTES = serviceRoutes(ISTIO_ROUTES);

/**
 * Istio makes a VirtualService of each HTTPRoute, so that the two are rivals for a host: one of the caller's namespace comes first, else the older.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/model/virtualservice.go (SelectVirtualServices)
 */
function together(own: RouteTable | undefined, other: RouteTable | undefined, { namespace }: Caller, host: string): RouteTable | undefined {
  const [mine, theirs] = [own, other].map((table) => table?.rules.find(({ object }) => object !== undefined)?.object);
  if (!own || !other || !mine) return other ?? own;
  if (!theirs) return own;
  const sure = theirs.namespace === namespace;
  // Of one age they go by name, and that of the one that is made begins with the namespace.
  const older = sameAge(mine, theirs) ? `${theirs.namespace}~${host}` < mine.name : byAge(theirs, mine) < 0;
  const first = sure || older ? other : own;
  const doubt = `${mine.title} and ${theirs.title} are both for the host: the older one counts, and ${(first === own ? mine : theirs).title} is taken for it`;
  return { ...first, doubts: sure || !sameAge(mine, theirs) ? first.doubts : [...first.doubts, doubt] };
}

/** A Service that is another name for one of the cluster is that one. */
function hostCalled({ cluster, config, request, caller }: Call, called: Service | undefined): KnownHost | undefined {
  const alias = called?.externalName;
  const name = called && alias === undefined ? `${called.name}.${called.namespace}.svc.${cluster.clusterDomain}` : alias ?? request.host;
  return config.registry.reached(name, caller.namespace);
}

function portRoutes(call: Call, host: KnownHost, { protocol }: KnownPort): RouteTable {
  const { request } = call;
  if (request.protocol === 'TCP' || request.protocol === 'TLS') {
    return protocol === 'http' ? everything(onward(host, request.port)) : streamRoutes(call, host, protocol === 'tls');
  }
  return protocol === 'tcp' || protocol === 'tls' ? streamRoutes(call, host, protocol === 'tls') : httpRoutes(call, host, protocol === 'sniffed');
}

function httpRoutes(call: Call, host: KnownHost, sniffed: boolean): RouteTable {
  const { config, request, caller } = call;
  // A port that is sniffed has a listener of its own, which takes whatever host is asked for.
  const word = sniffed ? host.name : request.host;
  const place = placeFor(call, 503, host);
  const services = config.virtualServices.find(MESH, [host.name, word], caller.namespace);
  const owner = ownerOf(services, { word, host }, place);
  const refusals = config.virtualServices.refusals(MESH, [host.name, word]);
  if (!owner) return everything(defaultRoute(place.sender, host), refusals);
  return {
    rules: owner.rules,
    otherwise: notFound(owner.service),
    doubts: [...ageDoubt(owner.service, services, host.name, caller.namespace), ...owner.service.doubts, ...refusals],
  };
}

/** Calls of a host outside the cluster pass by any port. */
function outside(host: KnownHost | undefined): RouteTable | undefined {
  return host && !host.service ? everything(onward(host, 0)) : undefined;
}

/** A name that no object of the manifests gives an address: rules may be for it all the same. */
function unknownRoutes(call: Call): RouteTable | undefined {
  const { config, request, caller } = call;
  if (request.protocol === 'TCP' || request.protocol === 'TLS') return undefined;
  const services = config.virtualServices.find(MESH, [request.host], caller.namespace);
  const owner = ownerOf(services, { word: request.host }, placeFor(call, 503));
  if (!owner) return undefined;
  const doubts = [`nothing in the manifests gives "${request.host}" an address on port ${request.port}`, ...owner.service.doubts];
  return { rules: owner.rules, otherwise: notFound(owner.service), doubts };
}

function streamRoutes(call: Call, host: KnownHost, tls: boolean): RouteTable {
  const { config, caller } = call;
  const place = placeFor(call, 'closed', host);
  const services = config.virtualServices.find(MESH, [host.name], caller.namespace);
  const found = tls ? tlsRules(services, place) : tcpRules(services, place);
  // What is sent in the clear names no server.
  const rules = tls && call.request.protocol !== 'TLS' ? [] : found;
  const doubts = asksForAddress(services, place) ? ['a rule asks for the address of the destination, which manifests do not say: it is passed over'] : [];
  const otherwise = tls && found.length > 0 ? onward(host, call.request.port) : defaultRoute(place.sender, host);
  return { rules, otherwise, doubts: [...doubts, ...config.virtualServices.refusals(MESH, [host.name])] };
}

function placeFor({ cluster, config, request, caller }: Call, lost: Status, original?: KnownHost): Place {
  const { registry, destinationRules } = config;
  const known = { registry, destinationRules, caller, original, clusterDomain: cluster.clusterDomain };
  return { gateway: MESH, https: false, sender: { ...known, listenPort: request.port, knowsOtherPorts: lost === 'closed', lost } };
}

function defaultRoute(sender: Sender, host: KnownHost): Action {
  const filters = sender.lost === 'closed' ? undefined : { retries: DEFAULT_RETRIES };
  return { kind: 'forward', destinations: [{ weight: 1, to: hostTarget(sender, host.name, sender.listenPort, '') }], filters };
}

export function notFound({ object }: VirtualService): Action {
  return { kind: 'answer', status: 404, reason: `no rule of ${object.title} takes it` };
}

/** What fits no listener, such as no HTTP on a port for HTTP, is not looked into: it goes where the name leads, and nobody proves who sends it. */
function onward({ name, service }: KnownHost, port: number): Action {
  const to: Target = service ? { kind: 'pods', service, port, emptyStatus: 'closed', proof: 'never' } : { kind: 'outside', host: name };
  return { kind: 'forward', destinations: [{ weight: 1, to }] };
}

/** Objects that change what sidecars see, in ways that are not followed here. */
function scopeDoubts({ cluster, caller }: Call): string[] {
  const objects = ['Sidecar', 'EnvoyFilter'].flatMap((kind) => cluster.ofKind(NETWORKING, kind));
  const near = objects.filter(({ namespace }) => namespace === caller.namespace || namespace === ROOT_NAMESPACE);
  return near.map(({ title }) => `${title} may change what the sidecars of namespace ${caller.namespace} do; it is not followed`);
}
