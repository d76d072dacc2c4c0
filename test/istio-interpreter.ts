/*
 * What Istio does with a request, read from the manifests alone: a second opinion for tests, which shares no code with src/.
 *
 * Sources: `istio` is github.com/istio/istio at 86c9f01, `api` github.com/istio/api at b8f8791, `envoy`
 * github.com/envoyproxy/data-plane-api at 84e8436.
 * It knows what the examples need and throws on any other field of a rule.
 */
import { RE2JS } from 're2js';
import { Manifest } from './manifests';

/** An HTTP request, or a connection to a TCP port. */
export interface Request {
  /** `mesh`: a pod with a sidecar beside the service; `plain`: a pod without one; else a Gateway, as `<namespace>/<name>`. */
  readonly from: string;
  readonly host: string;
  readonly port: number;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Who answers which share: names of Deployments, or a status (`closed` for connections) where the proxy answers itself. */
export type Shares = Readonly<Record<string, number>>;

export interface Answer {
  readonly shares: Shares;
  readonly delay?: { readonly fixedDelay: string; readonly percent: number };
}

/** Decides one request. */
export function decide(world: readonly Manifest[], request: Request): Answer {
  // Without a proxy nobody reads routing rules; kube-proxy picks any pod: api networking/v1alpha3/virtual_service.proto, "gateways".
  if (request.from === 'plain') return { shares: podsOf(world, serviceAt(world, request.host), {}, request.port) };
  const { protocol, rules, otherwise } = request.from === 'mesh' ? meshListener(world, request) : gatewayListener(world, request);
  // Rules for other ports do not exist for this listener: istio pilot/pkg/networking/core/route/route.go, translateRoute.
  const here = rules.filter(({ match }) => !match || match.some(({ port }) => port === undefined || port === request.port));
  if (here.length === 0) return { shares: otherwise };
  // The first rule that matches wins, in list order: envoy envoy/config/route/v3/route_components.proto, VirtualHost.routes.
  const rule = here.find(({ match }) => !match || match.some((conditions) => holds(conditions, request)));
  // HTTP that no rule takes is a 404 (same place); TCP goes on to the default cluster: istio pilot/pkg/networking/core/tls.go.
  if (!rule) return { shares: protocol === 'http' ? { 404: 1 } : otherwise };
  return { shares: split(world, rule, request.port), ...delayOf(rule) };
}

interface Listener {
  readonly protocol: 'http' | 'tcp';
  readonly rules: readonly Rule[];
  /** What happens where no rule is for this listener. */
  readonly otherwise: Shares;
}

function meshListener(world: readonly Manifest[], { host, port }: Request): Listener {
  const service = serviceAt(world, host);
  const declared = service.spec.ports.find((candidate) => candidate.port === port);
  // A port that the Service lacks is passed through to an address where nobody listens:
  // istio.io/latest/docs/ops/configuration/traffic-management/traffic-routing/.
  if (!declared) return { protocol: 'tcp', rules: [], otherwise: { closed: 1 } };
  // appProtocol goes before the prefix of the port's name: istio pkg/config/kube/conversion.go, ConvertProtocol.
  const protocol = protocolOf(declared.appProtocol ?? declared.name.split('-')[0]);
  const bound = virtualServices(world, 'mesh')
    .filter(({ spec, metadata }) => spec.hosts.some((name) => resolve(name, metadata.namespace) === fqdn(service)));
  return { protocol, rules: onlyRules(bound, protocol), otherwise: podsOf(world, service, {}, port) };
}

function gatewayListener(world: readonly Manifest[], { from, host, port }: Request): Listener {
  const gateway = specs<Gateway>(world, 'Gateway').find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === from);
  const server = gateway?.spec.servers.find((candidate) => candidate.port.number === port);
  if (!server) return { protocol: 'tcp', rules: [], otherwise: { closed: 1 } };
  const protocol = protocolOf(server.port.protocol);
  if (protocol === 'tcp') return { protocol, rules: onlyRules(virtualServices(world, from), protocol), otherwise: { closed: 1 } };
  // The server takes the host at all: api networking/v1alpha3/gateway.proto, Server.hosts.
  const served = server.hosts.some((pattern) => hostRank(pattern.split('/').pop()!, host) > 0);
  return { protocol, rules: served ? onlyRules(mostSpecific(virtualServices(world, from), host), protocol) : [], otherwise: { 404: 1 } };
}

// The virtual host with the most specific name alone counts: envoy route_components.proto, VirtualHost.domains.
function mostSpecific(bound: readonly Typed<VirtualService>[], host: string): Typed<VirtualService>[] {
  const rank = ({ spec }: Typed<VirtualService>): number => Math.max(...spec.hosts.map((pattern) => hostRank(pattern, host)));
  const best = Math.max(1, ...bound.map(rank));
  return bound.filter((candidate) => rank(candidate) === best);
}

// Exact before the longest wildcard before "*", without case; 0 for no match: envoy route_components.proto, VirtualHost.domains.
function hostRank(pattern: string, host: string): number {
  if (pattern.toLowerCase() === host.toLowerCase()) return 1000;
  return pattern.startsWith('*') && host.toLowerCase().endsWith(pattern.slice(1).toLowerCase()) ? pattern.length : 0;
}

// Bound to `mesh` unless gateways are named; a bare name is of the same namespace: api virtual_service.proto, VirtualService.gateways.
function virtualServices(world: readonly Manifest[], gateway: string): Typed<VirtualService>[] {
  return specs<VirtualService>(world, 'VirtualService').filter(({ metadata, spec }) => (spec.gateways ?? ['mesh'])
    .some((name) => (name === 'mesh' || name.includes('/') ? name : `${metadata.namespace}/${name}`) === gateway));
}

// Of several for one mesh host the oldest wins, and age is not in the manifests: istio pilot/pkg/model/config.go, configCompareByCreationTime.
function onlyRules(bound: readonly Typed<VirtualService>[], protocol: Listener['protocol']): readonly Rule[] {
  if (bound.length > 1) throw new Error(`several VirtualServices for one host: ${bound.map(({ metadata }) => metadata.name).join(', ')}`);
  return bound.flatMap(({ spec, metadata }) => {
    expectKnown(spec, ['hosts', 'gateways', 'http', 'tcp']);
    return (spec[protocol] ?? []).map((rule) => ({ ...rule, namespace: metadata.namespace }));
  });
}

// The conditions of one match hold together, the matches of a rule one by one: api virtual_service.proto, HTTPMatchRequest.
function holds(conditions: Match, request: Request): boolean {
  expectKnown(conditions, ['uri', 'headers', 'port']);
  // The query is no part of the path: envoy route_components.proto, RouteMatch.
  const path = (request.path ?? '/').split('?')[0];
  // Names of headers have no case, values have: envoy route_components.proto, HeaderMatcher.
  const headers = new Map(Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return (conditions.port === undefined || conditions.port === request.port)
    && (!conditions.uri || matches(conditions.uri, path))
    && Object.entries(conditions.headers ?? {}).every(([name, condition]) => matches(condition, headers.get(name.toLowerCase())));
}

// A prefix is one of the string, a regular expression is RE2 and takes in all of it, {} means present: api virtual_service.proto, StringMatch.
function matches(condition: StringMatch, value: string | undefined): boolean {
  expectKnown(condition, ['exact', 'prefix', 'regex']);
  if (value === undefined) return false;
  if (condition.exact !== undefined) return value === condition.exact;
  if (condition.prefix !== undefined) return value.startsWith(condition.prefix);
  return condition.regex === undefined || RE2JS.compile(condition.regex).matches(value);
}

// A lone destination gets all, whatever its weight; else a weight is a part of the sum: istio route.go, processDestination; tcp: networkfilter.go.
function split(world: readonly Manifest[], rule: Rule, port: number): Shares {
  // A name is for people: it changes nothing.
  expectKnown(rule, ['name', 'match', 'route', 'fault', 'retries', 'namespace']);
  const total = rule.route.reduce((sum, { weight = 0 }) => sum + weight, 0);
  const shares: Record<string, number> = {};
  for (const { destination, weight = 0 } of rule.route) {
    const share = rule.route.length === 1 ? 1 : weight / total;
    for (const [who, part] of Object.entries(share > 0 ? reach(world, destination, rule.namespace, port) : {})) {
      shares[who] = (shares[who] ?? 0) + share * part;
    }
  }
  return shares;
}

// An unknown host or subset has no cluster, which is a 503: envoy route_components.proto, cluster_not_found_response_code.
function reach(world: readonly Manifest[], { host, subset, port }: Destination, namespace: string | undefined, listenerPort: number): Shares {
  const service = specs<Service>(world, 'Service').find((candidate) => fqdn(candidate) === resolve(host, namespace));
  const subsets = specs<DestinationRule>(world, 'DestinationRule')
    .filter(({ spec, metadata }) => resolve(spec.host, metadata.namespace) === resolve(host, namespace)).flatMap(({ spec }) => spec.subsets ?? []);
  const labels = subset === undefined ? {} : subsets.find(({ name }) => name === subset)?.labels;
  if (!service || !labels) return { 503: 1 };
  // Said port, else the only one of the Service, else the listener's: istio route.go, GetDestinationCluster.
  return podsOf(world, service, labels, port?.number ?? (service.spec.ports.length === 1 ? service.spec.ports[0].port : listenerPort));
}

// A subset is the endpoints of the host's Service with its labels; none left is a 503: api networking/v1alpha3/destination_rule.proto, Subset.
function podsOf(world: readonly Manifest[], service: Typed<Service>, subset: Labels, number: number): Shares {
  const port = service.spec.ports.find((candidate) => candidate.port === number);
  const pods = specs<Deployment>(world, 'Deployment').filter(({ metadata, spec: { template } }) => metadata.namespace === service.metadata.namespace
    && [service.spec.selector, subset].every((labels) => Object.entries(labels).every(([key, value]) => template.metadata.labels[key] === value))
    && template.spec.containers.some(({ ports }) => ports.some(({ containerPort }) => containerPort === (port?.targetPort ?? port?.port))));
  const counts = pods.map(({ metadata, spec }) => [metadata.name, spec.replicas ?? 1] as const).filter(([, count]) => count > 0);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  return total === 0 ? { 503: 1 } : Object.fromEntries(counts.map(([name, count]) => [name, count / total]));
}

// Without a percentage no request is delayed: istio route.go, TranslateFault.
function delayOf({ fault = {} }: Rule): Pick<Answer, 'delay'> {
  expectKnown(fault, ['delay']);
  const percent = fault.delay?.percentage?.value ?? 0;
  return fault.delay && percent > 0 ? { delay: { fixedDelay: fault.delay.fixedDelay, percent } } : {};
}

// A sidecar takes the short forms of a Service's name as well: istio pilot/pkg/networking/core/httproute.go, GenerateAltVirtualHosts.
function serviceAt(world: readonly Manifest[], host: string): Typed<Service> {
  const found = specs<Service>(world, 'Service')
    .filter((service) => [1, 2, 3, 5].some((parts) => fqdn(service).split('.').slice(0, parts).join('.') === host));
  if (found.length !== 1) throw new Error(`${found.length} Services are called "${host}"`);
  return found[0];
}

// Only names without a dot are completed: istio pilot/pkg/model/config.go, ResolveShortnameToFQDN.
function resolve(host: string, namespace = 'default'): string {
  return host.includes('.') || host === '*' ? host : `${host}.${namespace}.svc.cluster.local`;
}

function fqdn({ metadata }: Manifest): string {
  return resolve(metadata.name, metadata.namespace);
}

function protocolOf(name: string): Listener['protocol'] {
  if (/^(http|http2|grpc)$/i.test(name)) return 'http';
  if (/^tcp$/i.test(name)) return 'tcp';
  throw new Error(`the interpreter does not know the protocol "${name}"`);
}

function expectKnown(object: object, fields: readonly string[]): void {
  const unknown = Object.keys(object).filter((field) => !fields.includes(field));
  if (unknown.length > 0) throw new Error(`the interpreter does not know ${unknown.join(', ')}, only ${fields.join(', ')}`);
}

function specs<T>(world: readonly Manifest[], kind: string): Typed<T>[] {
  return world.filter((manifest) => manifest.kind === kind) as Typed<T>[];
}

type Typed<T> = Manifest & { readonly spec: T };
type Labels = Readonly<Record<string, string>>;
type StringMatch = { readonly exact?: string; readonly prefix?: string; readonly regex?: string };
type Match = { readonly uri?: StringMatch; readonly headers?: Readonly<Record<string, StringMatch>>; readonly port?: number };
type Destination = { readonly host: string; readonly subset?: string; readonly port?: { readonly number: number } };

interface Rule {
  readonly match?: readonly Match[];
  readonly route: readonly { readonly destination: Destination; readonly weight?: number }[];
  readonly fault?: { readonly delay?: { readonly fixedDelay: string; readonly percentage?: { readonly value: number } } };
  /** Namespace of the VirtualService, added in `onlyRules`. */
  readonly namespace?: string;
}

interface VirtualService {
  readonly hosts: readonly string[];
  readonly gateways?: readonly string[];
  readonly http?: readonly Rule[];
  readonly tcp?: readonly Rule[];
}

interface DestinationRule {
  readonly host: string;
  readonly subsets?: readonly { readonly name: string; readonly labels: Labels }[];
}

interface Gateway {
  readonly servers: readonly { readonly port: { readonly number: number; readonly protocol: string }; readonly hosts: readonly string[] }[];
}

interface Service {
  readonly selector: Labels;
  readonly ports: readonly { readonly name: string; readonly port: number; readonly targetPort?: number; readonly appProtocol?: string }[];
}

interface Deployment {
  readonly replicas?: number;
  readonly template: {
    readonly metadata: { readonly labels: Labels };
    readonly spec: { readonly containers: readonly { readonly ports: readonly { readonly containerPort: number }[] }[] };
  };
}
