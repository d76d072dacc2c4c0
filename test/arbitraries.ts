import { Chart, Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import {
  CanaryService, CanaryServiceProps, Client, CookieMatch, Fault, GatewayListener, GrpcStatus, HeaderMatch, HttpMethod, IstioGateway, LoadBalancing,
  Mesh, Mirror, PathMatch, Protocol, QueryMatch, Redirect, Retries, Rewrite, RouteMatch, RouteProps, SourceMatch, TlsMode, TrafficPolicy,
  VersionProps,
} from '../src';

/*
 * Services as plain data, so that counter-examples can be read, and what builds them. Drafts are arbitrary; `repaired` turns each into a
 * declaration that has to be accepted. It says for itself what is valid: nothing here asks the library.
 */

export type Labels = Readonly<Record<string, string>>;
export type Weights = Readonly<Record<string, number>>;

export interface PortData {
  readonly port: number;
  readonly targetPort?: number;
  readonly protocol: 'HTTP' | 'HTTP2' | 'GRPC' | 'TCP' | 'TLS';
  readonly name?: string;
  readonly sniHosts?: readonly string[];
}

export interface VersionData {
  readonly name: string;
  readonly replicas: number;
  readonly label?: string;
  readonly deploymentName?: string;
  readonly leafName?: string;
  readonly serviceAccountName?: string;
  readonly podLabels?: Labels;
  readonly env?: Labels;
  readonly trafficPolicy?: PolicyData;
}

export interface Condition {
  readonly kind: 'exact' | 'prefix' | 'regex' | 'present' | 'absent';
  readonly name: string;
  readonly value: string;
}

export interface PathData {
  readonly kind: 'exact' | 'prefix' | 'regex';
  readonly value: string;
}

export interface MatchData {
  readonly path?: PathData;
  readonly method?: string;
  readonly headers: readonly Condition[];
  readonly queryParams: readonly Condition[];
  readonly cookie?: Condition;
  readonly source?: { readonly labels: Labels; readonly namespace?: string };
  /** Index of the gateway. */
  readonly gateway?: number;
}

export interface FaultData {
  readonly delay?: { readonly milliseconds: number; readonly percent?: number };
  readonly abort?: { readonly status: number | string; readonly percent?: number };
}

export interface MirrorData {
  readonly version: string;
  readonly percent?: number;
}

export interface ChangesData {
  readonly set?: Labels;
  readonly add?: Labels;
  readonly remove?: readonly string[];
}

export interface RewriteData {
  readonly prefix?: string;
  readonly path?: string;
  readonly hostname?: string;
}

export interface RedirectData extends RewriteData {
  readonly scheme?: string;
  readonly port?: number;
  readonly statusCode?: number;
}

export interface RetriesData {
  readonly attempts: number;
  readonly perTryTimeout?: number;
  readonly backoff?: number;
  readonly retryOn?: readonly string[];
}

export interface FilterData {
  readonly fault?: FaultData;
  readonly mirrors: readonly MirrorData[];
  readonly requestHeaders?: ChangesData;
  readonly responseHeaders?: ChangesData;
  readonly rewrite?: RewriteData;
}

export interface RouteData extends FilterData {
  readonly name?: string;
  readonly port?: number;
  readonly matches: readonly MatchData[];
  readonly weights?: Weights;
  readonly redirect?: RedirectData;
  readonly timeout?: number;
  readonly retries?: RetriesData;
}

export interface PolicyData {
  readonly balancing?: 'roundRobin' | 'leastRequest' | 'random' | 'passthrough' | 'hashSourceIp' | 'hashHeader' | 'hashQuery' | 'hashCookie';
  readonly pool?: Readonly<Partial<Record<PoolCount | PoolDuration, number>>>;
  readonly outliers?: Readonly<Partial<Record<OutlierCount | OutlierDuration, number>>>;
}

type PoolCount = 'maxConnections' | 'http1MaxPendingRequests' | 'http2MaxRequests' | 'maxRequestsPerConnection' | 'maxRetries';
type PoolDuration = 'connectTimeout' | 'tcpIdleTimeout' | 'httpIdleTimeout';
type OutlierCount = 'consecutive5xxErrors' | 'consecutiveGatewayErrors' | 'maxEjectionPercent';
type OutlierDuration = 'interval' | 'baseEjectionTime';

export type ClientData = { readonly namespace: string; readonly account?: string };

export interface ListenerData {
  readonly port: number;
  readonly protocol: 'HTTP' | 'HTTP2' | 'HTTPS' | 'TCP' | 'TLS';
  readonly mode?: 'terminate' | 'passthrough';
  readonly hosts: readonly string[];
}

export interface GatewayData {
  readonly name: string;
  readonly namespace: string;
  readonly selector: Labels;
  readonly serviceAccountName: string;
  readonly podNamespace: string;
  readonly listeners: readonly ListenerData[];
}

export interface ExposureData {
  /** Wanted where a gateway has two exposures of the service. */
  readonly name?: string;
  /** Index of the gateway. */
  readonly gateway: number;
  readonly port: number;
  readonly hosts?: readonly string[];
  readonly listener?: string;
  readonly matches: readonly MatchData[];
}

export interface ServiceData {
  readonly name: string;
  readonly namespace: string;
  readonly app?: string;
  readonly appLabelKey?: string;
  readonly versionLabelKey?: string;
  readonly labels?: Labels;
  readonly serviceAccountName?: string;
  readonly ports: readonly PortData[];
  readonly versions: readonly VersionData[];
  /** Left out with `splitByPods`, and where the last route takes everything. */
  readonly weights?: Weights;
  readonly splitByPods: boolean;
  readonly routes: readonly RouteData[];
  readonly own: FilterData;
  readonly timeout?: number;
  readonly retries?: RetriesData;
  readonly trafficPolicy?: PolicyData;
  readonly allowFrom?: readonly ClientData[];
  readonly gateways: readonly GatewayData[];
  readonly exposures: readonly ExposureData[];
}

/** Where and how a service is built. */
export interface Building {
  readonly id?: string;
  /** Gateways that stand already, in place of those of the data. */
  readonly gateways?: readonly IstioGateway[];
  /** Changes every props object before it is handed over, for example the order of its keys. */
  readonly arrange?: <T>(value: T) => T;
}

/* ------------------------------------------------------------------ building */

/** Declares the service and its gateways in a scope. */
export function declare(scope: Construct, data: ServiceData, { id = 'Service', gateways: known, arrange = (value) => value }: Building = {}): CanaryService {
  const gateways = known ?? data.gateways.map((gateway, index) => new IstioGateway(scope, `${id}Gateway${index}`, arrange(gatewayProps(gateway))));
  const service = new CanaryService(scope, id, arrange(serviceProps(data, gateways)));
  for (const { name, gateway, port, hosts, listener, matches } of data.exposures) {
    const options = { name, port, hosts: hosts && [...hosts], listener, matches: matches.map((only) => matchProps(only, gateways)) };
    service.exposeViaGateway(gateways[gateway], arrange(options));
  }
  return service;
}

/** A chart that stands in the namespace of the service. */
export function chartFor(app: Construct, data: ServiceData): Chart {
  return new Chart(app, 'chart', { namespace: data.namespace });
}

function serviceProps(data: ServiceData, gateways: readonly IstioGateway[]): CanaryServiceProps {
  const { name, namespace, app, appLabelKey, versionLabelKey, labels, serviceAccountName, weights, splitByPods } = data;
  return {
    mesh: Mesh.istio(),
    name,
    namespace,
    app,
    appLabelKey,
    versionLabelKey,
    labels,
    serviceAccountName,
    splitByPods,
    weights: weights && { ...weights },
    ports: data.ports.map(({ protocol, sniHosts, ...port }) => ({ ...port, protocol: Protocol[protocol], sniHosts: sniHosts && [...sniHosts] })),
    versions: data.versions.map(versionProps),
    routes: data.routes.map((route) => routeProps(route, gateways)),
    ...filterProps(data.own, true),
    timeout: duration(data.timeout),
    retries: data.retries && retriesProps(data.retries),
    trafficPolicy: data.trafficPolicy && policyProps(data.trafficPolicy),
    allowFrom: data.allowFrom?.map(clientProps),
  };
}

function clientProps({ namespace, account }: ClientData): Client {
  return account === undefined ? Client.namespace(namespace) : Client.serviceAccount(account, { namespace });
}

function versionProps(data: VersionData): VersionProps {
  const { name, replicas, label, deploymentName, leafName, serviceAccountName, podLabels, env, trafficPolicy } = data;
  return {
    name,
    replicas,
    deploymentName,
    leafName,
    serviceAccountName,
    podLabels,
    image: `registry.example.com/app:${name}`,
    versionLabel: label,
    env: env && Object.fromEntries(Object.entries(env).map(([key, value]) => [key, EnvValue.fromValue(value)])),
    trafficPolicy: trafficPolicy && policyProps(trafficPolicy),
  };
}

function routeProps(route: RouteData, gateways: readonly IstioGateway[]): RouteProps {
  return {
    name: route.name,
    port: route.port,
    matches: route.matches.map((match) => matchProps(match, gateways)),
    weights: route.weights,
    ...filterProps(route, route.matches.length === 0 || route.matches.some(takesEverything)),
    redirect: route.redirect && redirectProps(route.redirect),
    timeout: duration(route.timeout),
    retries: route.retries && retriesProps(route.retries),
  };
}

function filterProps({ fault, mirrors, requestHeaders, responseHeaders, rewrite }: FilterData, allTraffic: boolean) {
  return {
    fault: fault && faultProps(fault, allTraffic),
    mirrors: mirrors.length > 0 ? mirrors.map(({ version, percent }) => Mirror.to(version, percent)) : undefined,
    requestHeaders: requestHeaders && changesProps(requestHeaders),
    responseHeaders: responseHeaders && changesProps(responseHeaders),
    rewrite: rewrite && rewriteProps(rewrite),
  };
}

function matchProps({ path, method, headers, queryParams, cookie, source, gateway }: MatchData, gateways: readonly IstioGateway[]): RouteMatch {
  return {
    path: path && PathMatch[path.kind](path.value),
    method: method === undefined ? undefined : HttpMethod[method as keyof typeof HttpMethod],
    headers: headers.map(headerProps),
    queryParams: queryParams.map(queryProps),
    cookies: cookie && [cookieProps(cookie)],
    source: source && sourceProps(source),
    gateway: gateway === undefined ? undefined : gateways[gateway],
  };
}

function sourceProps({ labels, namespace = '' }: NonNullable<MatchData['source']>): SourceMatch {
  return Object.keys(labels).length > 0 ? SourceMatch.labels(labels, namespace || undefined) : SourceMatch.namespace(namespace);
}

function headerProps({ kind, name, value }: Condition): HeaderMatch {
  return kind === 'present' || kind === 'absent' ? HeaderMatch[kind](name) : HeaderMatch[kind](name, value);
}

function queryProps({ kind, name, value }: Condition): QueryMatch {
  return kind === 'present' || kind === 'absent' ? QueryMatch.present(name) : QueryMatch[kind](name, value);
}

function cookieProps({ kind, name, value }: Condition): CookieMatch {
  return kind === 'exact' || kind === 'regex' ? CookieMatch[kind](name, value) : CookieMatch.present(name);
}

function faultProps({ delay, abort }: FaultData, allTraffic: boolean): Fault {
  const faults = [
    ...(delay ? [Fault.delay(Duration.millis(delay.milliseconds), { percent: delay.percent, allTraffic })] : []),
    ...(abort ? [abortProps(abort.status, { percent: abort.percent, allTraffic })] : []),
  ];
  return faults.length === 1 ? faults[0] : Fault.all(...faults);
}

function abortProps(status: number | string, options: { percent?: number; allTraffic: boolean }): Fault {
  return typeof status === 'number' ? Fault.abort(status, options) : Fault.abortGrpc(GrpcStatus[status as keyof typeof GrpcStatus], options);
}

function changesProps({ set, add, remove }: ChangesData) {
  return { set, add, remove: remove && [...remove] };
}

function rewriteProps({ prefix, path, hostname }: RewriteData): Rewrite {
  const rewrites = [
    ...(prefix === undefined ? [] : [Rewrite.prefix(prefix)]),
    ...(path === undefined ? [] : [Rewrite.path(path)]),
    ...(hostname === undefined ? [] : [Rewrite.hostname(hostname)]),
  ];
  return rewrites.length === 1 ? rewrites[0] : Rewrite.all(...rewrites);
}

function redirectProps(redirect: RedirectData): Redirect {
  return { ...redirect };
}

function retriesProps({ attempts, perTryTimeout, backoff, retryOn }: RetriesData): Retries {
  if (attempts === 0) return Retries.none();
  return Retries.attempts(attempts, { perTryTimeout: duration(perTryTimeout), backoff: duration(backoff), retryOn: retryOn && [...retryOn] });
}

function policyProps({ balancing, pool, outliers }: PolicyData): TrafficPolicy {
  const { connectTimeout, tcpIdleTimeout, httpIdleTimeout, ...counts } = pool ?? {};
  const { interval, baseEjectionTime, ...errors } = outliers ?? {};
  return {
    loadBalancing: balancing && balancingProps(balancing),
    connectionPool: pool && {
      ...counts, connectTimeout: duration(connectTimeout), tcpIdleTimeout: duration(tcpIdleTimeout), httpIdleTimeout: duration(httpIdleTimeout),
    },
    outlierDetection: outliers && { ...errors, interval: duration(interval), baseEjectionTime: duration(baseEjectionTime) },
  };
}

function balancingProps(balancing: NonNullable<PolicyData['balancing']>): LoadBalancing {
  switch (balancing) {
    case 'hashHeader': return LoadBalancing.hashHeader('x-user');
    case 'hashQuery': return LoadBalancing.hashQuery('user');
    case 'hashCookie': return LoadBalancing.hashCookie('session', Duration.millis(0), '/');
    default: return LoadBalancing[balancing]();
  }
}

function gatewayProps({ listeners, ...gateway }: GatewayData) {
  return { ...gateway, listeners: listeners.map(listenerProps) };
}

function listenerProps({ port, protocol, mode, hosts }: ListenerData): GatewayListener {
  const tls = mode === 'terminate' ? { secretName: 'edge-certificate' } : mode === 'passthrough' ? { mode: TlsMode.PASSTHROUGH } : undefined;
  return { port, protocol: Protocol[protocol], hosts: [...hosts], tls };
}

function duration(milliseconds: number | undefined): Duration | undefined {
  return milliseconds === undefined ? undefined : Duration.millis(milliseconds);
}

/* ------------------------------------------------------------------ drafts */

const NAMES = ['web', 'reviews', 'linux-training', 'x0--9', 'tcp-echo'];
const VERSION_NAMES = ['v1', 'v2', 'v20', 'linux-training-v2', 'on', 'no', 'y', '1e3', '012', '0x1f', 'null', '2024-01-01', 'canary'];
const PATHS = ['/', '/v2', '/v2/', '/v20', '/v2/x', '/api', '/api/v1', '/a.b', '/static/'];
const PATH_PATTERNS = ['/items/[0-9]+', '/v2(/.*)?', '/(?i:mixed)/.*', '.*', '/api/v[12]'];
const CONDITION_VALUES = ['jason', 'true', 'a b', '100%', 'ja'];
const CONDITION_PATTERNS = ['ja.*', '[0-9]+', 'true|false', '.*', '(?i)jason'];
const HEADER_NAMES = ['end-user', 'X-Canary', 'user-agent'];
const EDGE_HEADER = 'x-edge';
const STATUSES = [400, 503, 599, 'UNAVAILABLE', 'NOT_FOUND'];
const MILLISECONDS = [1, 250, 1500, 7000, 60000];
const PERCENTS = [undefined, 0, 0.1, 12.5, 50, 100];

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof(fc.constant(undefined), arbitrary);
const seldom = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const sometimes = <T>(arbitrary: fc.Arbitrary<T[]>) => fc.oneof({ weight: 2, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary });
const milliseconds = fc.constantFrom(...MILLISECONDS);
const percent = fc.constantFrom(...PERCENTS);
const weight = fc.oneof(fc.constant(0), fc.nat(100), fc.constantFrom(1, 99, 333, 1_000_000));
const index = fc.nat(11);

const port: fc.Arbitrary<PortData> = fc.record({
  port: fc.constantFrom(80, 443, 8080, 9000, 50051),
  targetPort: fc.constantFrom(undefined, 18080, 19090),
  protocol: fc.constantFrom('HTTP', 'HTTP', 'HTTP2', 'GRPC', 'TCP', 'TLS'),
  sniHosts: fc.constantFrom(undefined, ['db.example.com'], ['db.example.com', 'replica.db.example.com']),
});

function condition(names: readonly string[], kinds: readonly Condition['kind'][]): fc.Arbitrary<Condition> {
  const literal = fc.constantFrom(...CONDITION_VALUES);
  const pattern = fc.constantFrom(...CONDITION_PATTERNS);
  const nothing = fc.constant('');
  const values = { exact: literal, prefix: literal, regex: pattern, present: nothing, absent: nothing };
  return fc.oneof(...kinds.map((kind) => fc.record({ kind: fc.constant(kind), name: fc.constantFrom(...names), value: values[kind] })));
}

function conditions(names: readonly string[], kinds: readonly Condition['kind'][]): fc.Arbitrary<Condition[]> {
  return fc.uniqueArray(condition(names, kinds), { selector: ({ name }) => name.toLowerCase(), maxLength: 2 });
}

const path: fc.Arbitrary<PathData> = fc.oneof(
  fc.record({ kind: fc.constantFrom('exact', 'prefix', 'prefix'), value: fc.constantFrom(...PATHS) }),
  fc.record({ kind: fc.constant('regex'), value: fc.constantFrom(...PATH_PATTERNS) }),
);

const source = fc.constantFrom<MatchData['source']>(
  { labels: { app: 'client' } }, { labels: {}, namespace: 'other' },
  { labels: { app: 'client', version: 'v2' } }, { labels: { app: 'client' }, namespace: 'other' },
);

const match: fc.Arbitrary<MatchData> = fc.record({
  path: optional(path),
  method: seldom(fc.constantFrom('GET', 'POST', 'PATCH')),
  headers: fc.oneof(fc.constant<Condition[]>([]), conditions(HEADER_NAMES, ['exact', 'prefix', 'regex', 'present', 'absent'])),
  queryParams: sometimes(conditions(['user', 'debug'], ['exact', 'prefix', 'regex', 'present'])),
  cookie: seldom(condition(['user', 'a.b'], ['exact', 'regex', 'present'])),
  source: seldom(source),
  gateway: seldom(fc.nat(1)),
});

const fault: fc.Arbitrary<FaultData> = fc.record({
  delay: optional(fc.record({ milliseconds, percent })),
  abort: optional(fc.record({ status: fc.constantFrom(...STATUSES), percent })),
});

const changes: fc.Arbitrary<ChangesData> = fc.record({
  set: optional(fc.constantFrom<Labels>({ 'x-set': 'one' }, { 'X-Set': '100%', 'x-more': '%REQ(x-user)%' })),
  add: optional(fc.constantFrom<Labels>({ 'x-add': 'a, b' })),
  remove: optional(fc.constantFrom(['x-gone'], ['x-gone', 'X-Old'])),
});

const rewrite: fc.Arbitrary<RewriteData> = fc.record({
  prefix: optional(fc.constantFrom('/', '/new', '/new/', '/v2')),
  path: optional(fc.constantFrom('/', '/moved', '/a\\1b', '/100%')),
  hostname: optional(fc.constantFrom('legacy.example.com', 'backend')),
});

const redirect: fc.Arbitrary<RedirectData> = fc.record({
  prefix: optional(fc.constantFrom('/', '/new', '/new/')),
  path: optional(fc.constantFrom('/', '/moved')),
  hostname: optional(fc.constantFrom('www.example.com')),
  scheme: optional(fc.constantFrom('http', 'https')),
  port: optional(fc.constantFrom(443, 8443)),
  statusCode: fc.constantFrom(undefined, 301, 302, 303, 307, 308),
});

const retries: fc.Arbitrary<RetriesData> = fc.record({
  attempts: fc.nat(5),
  perTryTimeout: optional(milliseconds),
  backoff: optional(milliseconds),
  retryOn: fc.constantFrom(undefined, ['5xx'], ['503', 'connect-failure'], ['gateway-error', 'reset']),
});

interface DrawnMirror {
  readonly version: number;
  readonly percent?: number;
}

const filters = {
  fault: seldom(fault),
  mirrors: sometimes<DrawnMirror>(fc.array(fc.record({ version: index, percent }), { minLength: 1, maxLength: 2 })),
  requestHeaders: seldom(changes),
  responseHeaders: seldom(changes),
  rewrite: seldom(rewrite),
};

const route = fc.record({
  ...filters,
  name: seldom(fc.constantFrom('to-canary', 'Route 1')),
  port: seldom(index),
  matches: fc.array(match, { maxLength: 3 }),
  weights: optional(fc.array(weight, { minLength: 4, maxLength: 4 })),
  redirect: seldom(redirect),
  timeout: seldom(milliseconds),
  retries: seldom(retries),
});

const policy: fc.Arbitrary<PolicyData> = fc.record({
  balancing: optional(fc.constantFrom('roundRobin', 'leastRequest', 'random', 'passthrough', 'hashSourceIp', 'hashHeader', 'hashQuery', 'hashCookie')),
  pool: fc.constantFrom<PolicyData['pool']>(
    undefined, { maxConnections: 1, maxRetries: 1 }, { http1MaxPendingRequests: 5, connectTimeout: 250 },
    { maxRequestsPerConnection: 1, httpIdleTimeout: 60000 },
  ),
  outliers: fc.constantFrom<PolicyData['outliers']>(
    undefined, { consecutive5xxErrors: 0, interval: 1500, maxEjectionPercent: 1 },
    { consecutiveGatewayErrors: 3, baseEjectionTime: 7000, maxEjectionPercent: 100 },
  ),
}).filter(({ balancing, pool, outliers }) => Boolean(balancing ?? pool ?? outliers));

const version = fc.record({
  name: fc.constantFrom(...VERSION_NAMES),
  replicas: fc.constantFrom(1, 1, 1, 2, 3, 0),
  label: fc.constantFrom(undefined, undefined, '1.', 'Label_'),
  deploymentName: fc.constantFrom(undefined, undefined, 'old.', 'legacy-'),
  leafName: fc.constantFrom(undefined, undefined, 'leaf-', 'z'),
  serviceAccountName: fc.constantFrom(undefined, undefined, 'sa.', 'shared'),
  podLabels: seldom(fc.constantFrom<Labels>({ team: 'blue' }, { 'example.com/tier': 'on', 'team': '1e3' })),
  env: seldom(fc.constantFrom<Labels>({ LOG_DIR: '/tmp' }, { LOG_DIR: '/tmp', A: '1', b: 'on', B: '1e3' })),
  trafficPolicy: seldom(policy),
});

const LISTENERS: readonly Omit<ListenerData, 'hosts'>[] = [
  { port: 80, protocol: 'HTTP' }, { port: 443, protocol: 'HTTPS', mode: 'terminate' }, { port: 8080, protocol: 'HTTP2' },
  { port: 31400, protocol: 'TCP' }, { port: 15443, protocol: 'TLS', mode: 'passthrough' }, { port: 9443, protocol: 'TLS', mode: 'terminate' },
];

const listenerHosts = fc.constantFrom(['*'], ['*.example.com'], ['shop.example.com', 'www.example.org']);

const listener: fc.Arbitrary<ListenerData> = fc.tuple(fc.constantFrom(...LISTENERS), listenerHosts)
  .map(([socket, hosts]) => ({ ...socket, hosts }));

const exposure = fc.record({
  listeners: fc.uniqueArray(listener, { selector: (drawn) => drawn.port, minLength: 2, maxLength: 5 }),
  namespace: fc.constantFrom('default', 'edge'),
  port: index,
  hosts: fc.constantFrom(undefined, ['shop.example.com'], ['*.example.com'], ['shop.example.com', 'www.example.org']),
  oneListener: fc.boolean(),
  matches: fc.array(match, { maxLength: 2 }),
});

const client: fc.Arbitrary<ClientData> = fc.record({
  namespace: fc.constantFrom('default', 'other', 'third'),
  account: fc.constantFrom(undefined, 'caller', 'caller.2', 'friend'),
});

const draft = fc.record({
  name: fc.constantFrom(...NAMES),
  namespace: fc.constantFrom('default', 'prod'),
  app: seldom(fc.constantFrom('my.app', '1.10')),
  appLabelKey: seldom(fc.constantFrom('app.kubernetes.io/name', 'k8s-app')),
  versionLabelKey: seldom(fc.constantFrom('app.kubernetes.io/version', 'track')),
  labels: seldom(fc.constantFrom<Labels>({ team: 'blue', part: 'of' })),
  serviceAccountName: seldom(fc.constant('all-versions')),
  ports: fc.uniqueArray(port, { selector: (drawn) => drawn.port, minLength: 1, maxLength: 3 }),
  versions: fc.uniqueArray(version, { selector: (drawn) => drawn.name, minLength: 1, maxLength: 4 }),
  weights: fc.array(weight, { minLength: 4, maxLength: 4 }),
  split: fc.constantFrom('weights', 'weights', 'weights', 'weights', 'pods', 'route'),
  routes: fc.array(route, { maxLength: 4 }),
  own: fc.record(filters),
  timeout: seldom(milliseconds),
  retries: seldom(retries),
  trafficPolicy: optional(policy),
  allowFrom: optional(fc.uniqueArray(client, { selector: (drawn) => `${drawn.namespace}/${drawn.account}`, maxLength: 3 })),
  exposures: fc.array(exposure, { maxLength: 2 }),
});

type Draft = typeof draft extends fc.Arbitrary<infer T> ? T : never;
type DraftRoute = Draft['routes'][number];
type DraftExposure = Draft['exposures'][number];
type DraftFilters = Draft['own'];

/** Valid services, from the smallest to ones that use everything. */
export const services: fc.Arbitrary<ServiceData> = draft.map((drawn) => withoutUndefined(repaired(drawn)));

/** Counter-examples are easier to read. */
function withoutUndefined(data: ServiceData): ServiceData {
  return JSON.parse(JSON.stringify(data)) as ServiceData;
}

/* ------------------------------------------------------------------ repairs */

/** What a draft says about its surroundings, as far as routes need to know it. */
interface Context {
  readonly ports: readonly PortData[];
  readonly versions: readonly VersionData[];
  readonly weights?: Weights;
  readonly splitByPods: boolean;
  readonly exposed: ReadonlySet<number>;
}

function repaired(drawn: Draft): ServiceData {
  const ports = repairedPorts(drawn);
  const versions = drawn.versions.map(repairedVersion);
  const anyHttp = ports.some(({ protocol }) => carriesHttp(protocol));
  const { gateways, exposures } = repairedExposures(drawn.exposures, ports);
  const splitByPods = drawn.split === 'pods';
  const lastRouteTakesAll = drawn.split === 'route' && drawn.routes.length > 0;
  const weights = splitByPods || lastRouteTakesAll ? undefined : repairedWeights(drawn.weights, versions);
  const context: Context = { ports, versions, weights, splitByPods, exposed: new Set(exposures.map(({ gateway }) => gateway)) };
  const routes = repairedRoutes(drawn.routes, lastRouteTakesAll, context);
  const open = openPorts(routes, context);
  const chooses = versions.length > 1 && (!splitByPods || routes.some((made) => made.weights !== undefined));
  // Avoided: passthrough balancing beside exposures is let through, and no gateway can carry it out (503).
  const balanced = (policyDrawn: PolicyData | undefined) => repairedPolicy(policyDrawn, !chooses && exposures.length === 0);
  const { name, namespace, app, appLabelKey, versionLabelKey, labels, serviceAccountName, allowFrom } = drawn;
  return {
    name,
    namespace,
    app,
    appLabelKey,
    versionLabelKey,
    labels,
    serviceAccountName,
    allowFrom,
    ports,
    weights,
    splitByPods,
    routes,
    gateways,
    versions: versions.map((made) => ({ ...made, trafficPolicy: balanced(made.trafficPolicy) })),
    trafficPolicy: balanced(drawn.trafficPolicy),
    timeout: anyHttp ? drawn.timeout : undefined,
    retries: anyHttp && drawn.retries ? repairedRetries(drawn.retries) : undefined,
    // What stands on the service itself would be unreachable behind routes that take every request.
    own: open.some(({ protocol }) => carriesHttp(protocol)) ? repairedFilters(drawn.own, [], weights, context) : { mirrors: [] },
    exposures: exposures.map((made) => ({ ...made, matches: exposureMatches(drawn.exposures[made.gateway], made, routes, ports) })),
  };
}

/** The address that a client called takes no notice of weights. */
function repairedPolicy(drawn: PolicyData | undefined, mayPass: boolean): PolicyData | undefined {
  return drawn && !mayPass && drawn.balancing === 'passthrough' ? { ...drawn, balancing: 'roundRobin' } : drawn;
}

export function carriesHttp(protocol: PortData['protocol']): boolean {
  return protocol !== 'TCP' && protocol !== 'TLS';
}

function repairedPorts({ ports, name, namespace }: Draft): PortData[] {
  const anyHttp = ports.some(({ protocol }) => carriesHttp(protocol));
  const root = [`${name}.${namespace}.svc.cluster.local`];
  return ports.map((drawn, at) => ({
    ...drawn,
    targetPort: repairedTarget(drawn, at, ports),
    name: at === 1 ? 'second-port' : undefined,
    sniHosts: drawn.protocol === 'TLS' && drawn.sniHosts ? (anyHttp ? root : drawn.sniHosts.map((host) => `p${at}.${host}`)) : undefined,
  }));
}

/** Containers take one protocol on one port. */
function repairedTarget({ targetPort, protocol }: PortData, at: number, ports: readonly PortData[]): number | undefined {
  const mixed = ports.slice(0, at).some((other) => other.targetPort === targetPort && other.protocol !== protocol);
  return targetPort && (mixed ? targetPort + at : targetPort);
}

/** Prefixes become names of their own; the first version always has pods. */
function repairedVersion(drawn: Draft['versions'][number], at: number): VersionData {
  const own = (prefix: string | undefined) => (prefix === undefined ? undefined : `${prefix}${drawn.name}`);
  return {
    ...drawn,
    replicas: at === 0 ? Math.max(1, drawn.replicas) : drawn.replicas,
    label: drawn.label === undefined ? undefined : `${drawn.label}${at}`,
    deploymentName: own(drawn.deploymentName),
    leafName: own(drawn.leafName),
    serviceAccountName: drawn.serviceAccountName === 'shared' ? 'shared' : own(drawn.serviceAccountName),
  };
}

function repairedWeights(drawn: readonly number[], versions: readonly VersionData[]): Weights {
  const weights = Object.fromEntries(versions.map(({ name, replicas }, at) => [name, replicas === 0 ? 0 : drawn[at]]));
  return Object.values(weights).some((value) => value > 0) ? weights : { ...weights, [versions[0].name]: 1 };
}

function repairedRetries(drawn: RetriesData): RetriesData {
  return drawn.attempts === 0 ? { attempts: 0 } : drawn;
}

function repairedRoutes(drawn: readonly DraftRoute[], lastTakesAll: boolean, context: Context): RouteData[] {
  const kept: RouteData[] = [];
  drawn.forEach((candidate, at) => {
    const last = lastTakesAll && at === drawn.length - 1;
    const made = last ? lastRoute(candidate, kept, context) : repairedRoute(candidate, kept, context);
    if (made) kept.push(made);
  });
  return kept;
}

/** Closes all ports that are open still; where that is one, the route may be limited to it. */
function lastRoute(drawn: DraftRoute, earlier: readonly RouteData[], context: Context): RouteData {
  const weights = repairedWeights(drawn.weights ?? [1, 0, 0, 0], context.versions);
  const open = openPorts(earlier, context);
  const limited = open.length === 1 && drawn.port !== undefined ? open[0] : undefined;
  const anyHttp = (limited ? [limited] : context.ports).some(({ protocol }) => carriesHttp(protocol));
  const wide = drawn.matches.filter(({ path: taken }) => anyHttp && taken && takesEveryPath(taken)).slice(0, 1);
  const matches = wide.map(({ path: taken }) => ({ path: taken, headers: [], queryParams: [] }));
  const shared = { name: drawn.name, port: limited?.port, matches, weights };
  return { ...shared, ...(anyHttp ? repairedFilters(drawn, matches, weights, context) : { mirrors: [] }) };
}

function repairedRoute(drawn: DraftRoute, earlier: readonly RouteData[], context: Context): RouteData | undefined {
  const limited = drawn.port === undefined ? undefined : context.ports[drawn.port % context.ports.length];
  const http = limited ? carriesHttp(limited.protocol) : context.ports.some(({ protocol }) => carriesHttp(protocol));
  const away = http && drawn.redirect && changesAddress(drawn.redirect) ? drawn.redirect : undefined;
  const scope = { port: limited?.port, redirect: away };
  const matches = repairedMatches(prefixMatches(drawn).map((only) => repairedMatch(only, http, context.exposed)), scope, earlier, context);
  if (!matches) return undefined;
  const shared = { name: drawn.name, port: limited?.port, matches };
  if (away) return redirectRoute(drawn, shared, away);
  const own = drawn.weights && repairedWeights(drawn.weights, context.versions);
  const inherited = context.weights !== undefined || context.splitByPods || context.versions.length === 1;
  const weights = own ?? (inherited ? undefined : repairedWeights([1, 0, 0, 0], context.versions));
  if (!http) return { ...shared, weights, mirrors: [] };
  const filtered = repairedFilters(drawn, matches, weights ?? context.weights, context);
  return { ...shared, weights, ...filtered, timeout: drawn.timeout, retries: drawn.retries && repairedRetries(drawn.retries) };
}

/** A replaced prefix needs one in each match. */
function prefixMatches({ matches, rewrite: change, redirect: away }: DraftRoute): readonly MatchData[] {
  if (change?.prefix === undefined && away?.prefix === undefined) return matches;
  const prefix = (taken: PathData | undefined): PathData => ({ kind: 'prefix', value: taken && taken.kind !== 'regex' ? taken.value : '/v2' });
  return matches.map((only) => ({ ...only, path: prefix(only.path) }));
}

function redirectRoute(drawn: DraftRoute, shared: Pick<RouteData, 'name' | 'port' | 'matches'>, away: RedirectData): RouteData {
  const prefixed = replacesPrefixes(shared.matches) && away.prefix !== undefined;
  const target = { ...away, prefix: prefixed ? away.prefix : undefined, path: prefixed ? undefined : away.path ?? '/moved' };
  return { ...shared, mirrors: [], redirect: target, responseHeaders: drawn.responseHeaders && repairedChanges(drawn.responseHeaders) };
}

function changesAddress({ prefix, path: to, hostname, scheme, port: at }: RedirectData): boolean {
  return [prefix, to, hostname, scheme, at].some((part) => part !== undefined);
}

function replacesPrefixes(matches: readonly MatchData[]): boolean {
  return matches.length > 0 && matches.every((candidate) => candidate.path?.kind === 'prefix');
}

type Scope = Pick<RouteData, 'port' | 'redirect'>;

/** Matches that all take something, none of them twice, and that leave something on some port; nothing if no such match remains. */
function repairedMatches(drawn: readonly MatchData[], scope: Scope, earlier: readonly RouteData[], context: Context): MatchData[] | undefined {
  const closes = (matches: readonly MatchData[]) => openPorts([...earlier, { ...scope, matches, mirrors: [] }], context).length === 0;
  const reached = (matches: readonly MatchData[]) => reaches({ ...scope, matches, mirrors: [] }, earlier, context.ports);
  if (drawn.length === 0) return closes([]) || !reached([]) ? undefined : [];
  const distinct = drawn
    .filter((candidate, at) => !drawn.slice(0, at).some((other) => coversMatch(other, candidate) && coversMatch(candidate, other)))
    .filter((candidate) => reached([candidate]));
  const kept = closes(distinct) ? distinct.filter((candidate) => !takesEverything(candidate)) : distinct;
  return kept.length > 0 ? kept : undefined;
}

/** Whether earlier routes leave something on some port. */
function reaches(candidate: RouteData, earlier: readonly RouteData[], ports: readonly PortData[]): boolean {
  const left = (to: PortData) => (narrow: MatchData) => !earlier.some((other) => alternativesOn(other, to).some((wide) => coversMatch(wide, narrow)));
  return ports.some((to) => alternativesOn(candidate, to).some(left(to)));
}

/** Ports on which no route takes everything. */
function openPorts(routes: readonly RouteData[], { ports }: Context): PortData[] {
  return ports.filter((to) => !routes.some((made) => alternativesOn(made, to).some(takesEverything)));
}

/** What a route takes on a port. Without HTTP that is what needs no request to be seen. */
export function alternativesOn({ port: limited, matches, redirect: away }: RouteData, { port: number, protocol }: PortData): readonly MatchData[] {
  const all = matches.length === 0 ? [EVERYTHING] : matches;
  if (limited !== undefined && limited !== number) return [];
  if (carriesHttp(protocol)) return all;
  if (away) return [];
  if (all.some(takesEverything)) return [EVERYTHING];
  // A path that every request has is no condition, so that connections need not be seen into.
  const seen = all.map((candidate) => (candidate.path && takesEveryPath(candidate.path) ? { ...candidate, path: undefined } : candidate));
  return seen.filter((candidate) => !needsRequest(candidate));
}

function needsRequest({ path: taken, method, headers, queryParams, cookie }: MatchData): boolean {
  return headers.length + queryParams.length > 0 || [taken, method, cookie].some((part) => part !== undefined);
}

function repairedMatch(drawn: MatchData, http: boolean, exposed: ReadonlySet<number>): MatchData {
  const gateway = !drawn.source && drawn.gateway !== undefined && exposed.has(drawn.gateway) ? drawn.gateway : undefined;
  return http ? { ...drawn, gateway } : { headers: [], queryParams: [], source: drawn.source, gateway };
}

function repairedFilters(drawn: DraftFilters, matches: readonly MatchData[], weights: Weights | undefined, context: Context): FilterData {
  return {
    fault: drawn.fault && (drawn.fault.delay ?? drawn.fault.abort) ? drawn.fault : undefined,
    mirrors: repairedMirrors(drawn.mirrors, weights, context),
    requestHeaders: drawn.requestHeaders && repairedChanges(drawn.requestHeaders),
    responseHeaders: drawn.responseHeaders && repairedChanges(drawn.responseHeaders),
    rewrite: drawn.rewrite && repairedRewrite(drawn.rewrite, matches),
  };
}

function repairedMirrors(drawn: readonly DrawnMirror[], weights: Weights | undefined, { versions }: Context): MirrorData[] {
  const receivers = weights ? Object.keys(weights).filter((name) => weights[name] > 0) : versions.map(({ name }) => name);
  return drawn
    .map(({ version: at, percent: share }) => ({ version: versions[at % versions.length], percent: share }))
    .filter((mirror) => mirror.version.replicas > 0 && !(receivers.length === 1 && receivers[0] === mirror.version.name))
    .filter((mirror, at, all) => all.findIndex((other) => other.version === mirror.version) === at)
    .map((mirror) => ({ version: mirror.version.name, percent: mirror.percent }));
}

function repairedChanges(drawn: ChangesData): ChangesData | undefined {
  return drawn.set ?? drawn.add ?? drawn.remove ? drawn : undefined;
}

function repairedRewrite(drawn: RewriteData, matches: readonly MatchData[]): RewriteData | undefined {
  const prefix = replacesPrefixes(matches) ? drawn.prefix : undefined;
  const made = { prefix, path: prefix === undefined ? drawn.path : undefined, hostname: drawn.hostname };
  return made.prefix ?? made.path ?? made.hostname ? made : undefined;
}

/* ------------------------------------------------------------------ repairs of exposures */

const FITTING: Record<PortData['protocol'], (listener: ListenerData) => boolean> = {
  HTTP: carriesRequests,
  HTTP2: carriesRequests,
  GRPC: carriesRequests,
  TCP: ({ protocol, mode }) => protocol === 'TCP' || (protocol === 'TLS' && mode === 'terminate'),
  TLS: ({ protocol, mode }) => protocol === 'TCP' || (protocol === 'TLS' && mode === 'passthrough'),
};

function carriesRequests({ protocol }: ListenerData): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS' || protocol === 'HTTP2';
}

/** Listeners of the gateway that can carry the port. */
export function fittingListeners(gateway: GatewayData, to: PortData): ListenerData[] {
  return gateway.listeners.filter(FITTING[to.protocol]);
}

export function listenerName({ protocol, port: at }: ListenerData): string {
  return `${protocol.toLowerCase()}-${at}`;
}

type OpenExposure = Omit<ExposureData, 'matches'>;

function repairedExposures(drawn: readonly DraftExposure[], ports: readonly PortData[]): { gateways: GatewayData[]; exposures: OpenExposure[] } {
  const gateways = drawn.map(({ listeners, namespace }, at) => ({ ...GATEWAYS[at], namespace, listeners }));
  const exposures = drawn.flatMap((candidate, at) => repairedExposure(candidate, at, gateways[at], ports));
  return { gateways, exposures };
}

/** Each gateway has pods of its own: two on one socket would be in each other's way. */
const GATEWAYS = [
  { name: 'public', selector: { istio: 'ingressgateway' }, serviceAccountName: 'istio-ingressgateway-service-account', podNamespace: 'istio-system' },
  { name: 'partners', selector: { gateway: 'partners' }, serviceAccountName: 'partners', podNamespace: 'edge' },
] as const;

function repairedExposure(drawn: DraftExposure, at: number, gateway: GatewayData, ports: readonly PortData[]): OpenExposure[] {
  const candidates = ports.filter((candidate) => fittingListeners(gateway, candidate).length > 0);
  if (candidates.length === 0) return [];
  const to = candidates[drawn.port % candidates.length];
  const fitting = fittingListeners(gateway, to);
  const chosen = drawn.oneListener ? fitting.slice(0, 1) : fitting;
  const hosts = drawn.hosts?.filter((host) => chosen.some((candidate) => candidate.hosts.some((other) => meet(host, other))));
  const named = chosen[0].hosts.includes('*') ? undefined : chosen[0].hosts;
  const known = namesHosts(to, chosen) ? (hosts && hosts.length > 0 ? hosts : named) : undefined;
  return [{ gateway: at, port: to.port, hosts: known, listener: drawn.oneListener ? listenerName(fitting[0]) : undefined }];
}

/** Connections name a host only where TLS is handed on. */
function namesHosts({ protocol }: PortData, listeners: readonly ListenerData[]): boolean {
  return carriesHttp(protocol) || listeners.every(({ mode }) => mode === 'passthrough');
}

function meet(a: string, b: string): boolean {
  return hostCovers(a, b) || hostCovers(b, a);
}

export function hostCovers(wide: string, narrow: string): boolean {
  return wide === '*' || wide === narrow || (wide.startsWith('*.') && narrow.endsWith(wide.slice(1)));
}

/** Conditions that can be joined with those of every route: on paths, where no route has a regular expression there or replaces a prefix. */
function exposureMatches(drawn: DraftExposure, made: OpenExposure, routes: readonly RouteData[], ports: readonly PortData[]): MatchData[] {
  const to = ports.find((candidate) => candidate.port === made.port);
  if (!to || !carriesHttp(to.protocol)) return [];
  const pathsJoin = routes.every(joinsPaths);
  return drawn.matches
    .map((candidate): MatchData => ({
      path: pathsJoin && candidate.path?.kind !== 'regex' ? candidate.path : undefined,
      headers: candidate.headers.slice(0, 1).map((header) => ({ ...header, name: EDGE_HEADER })),
      queryParams: [],
    }))
    .filter((candidate) => !isEmpty(candidate))
    .filter((candidate, at, all) => !all.some((other, place) => place < at && coversMatch(other, candidate)))
    .filter((candidate, at, all) => !all.some((other, place) => place > at && coversMatch(other, candidate)));
}

function joinsPaths({ rewrite: change, redirect: away, matches }: RouteData): boolean {
  return change?.prefix === undefined && away?.prefix === undefined && matches.every(({ path: taken }) => taken?.kind !== 'regex');
}

/* ------------------------------------------------------------------ what takes what */

const EVERYTHING: MatchData = { headers: [], queryParams: [] };

function isEmpty({ path: taken, method, headers, queryParams, cookie, source: sender, gateway }: MatchData): boolean {
  return headers.length + queryParams.length === 0 && [taken, method, cookie, sender, gateway].every((part) => part === undefined);
}

/** Whether no request is left out. */
export function takesEverything(candidate: MatchData): boolean {
  return isEmpty({ ...candidate, path: undefined }) && (candidate.path === undefined || takesEveryPath(candidate.path));
}

function takesEveryPath({ kind, value }: PathData): boolean {
  return (kind === 'prefix' && value === '/') || (kind === 'regex' && value === '.*');
}

/** Whether nothing is left of `narrow` after `wide`, as far as conditions show. */
export function coversMatch(wide: MatchData, narrow: MatchData): boolean {
  return coversPath(wide.path, narrow.path)
    && (wide.method === undefined || wide.method === narrow.method)
    && (wide.gateway === undefined || wide.gateway === narrow.gateway)
    && coversSource(wide.source, narrow.source)
    && allCovered(wide.headers, narrow.headers)
    && allCovered(wide.queryParams, narrow.queryParams)
    && coversCookie(wide.cookie, narrow.cookie);
}

/** Cookies are searched for by patterns, of which just equal ones are known to cover each other. */
function coversCookie(wide: Condition | undefined, narrow: Condition | undefined): boolean {
  const text = ({ kind, name, value }: Condition) => (kind === 'present' || (kind === 'regex' && value === '.*') ? `${name}` : `${name}=${kind} ${value}`);
  return wide === undefined || (narrow !== undefined && text(wide) === text(narrow));
}

function coversPath(wide: PathData | undefined, narrow: PathData | undefined): boolean {
  if (wide === undefined || takesEveryPath(wide)) return true;
  if (narrow === undefined) return false;
  if (narrow.kind === 'exact') return holdsPath(wide, narrow.value);
  if (wide.kind === 'prefix' && narrow.kind === 'prefix') return holdsPath(wide, narrow.value.replace(/\/$/, ''));
  return wide.kind === narrow.kind && wide.value === narrow.value;
}

function holdsPath({ kind, value }: PathData, text: string): boolean {
  if (kind === 'exact') return text === value;
  if (kind === 'regex') return holdsPattern(value, text);
  return `${text}/`.startsWith(value.endsWith('/') ? value : `${value}/`);
}

function coversSource(wide: MatchData['source'], narrow: MatchData['source']): boolean {
  if (!wide) return true;
  return narrow !== undefined && (wide.namespace === undefined || wide.namespace === narrow.namespace)
    && Object.entries(wide.labels).every(([key, value]) => narrow.labels[key] === value);
}

function allCovered(wide: readonly Condition[], narrow: readonly Condition[]): boolean {
  return wide.every((one) => narrow.some((other) => one.name.toLowerCase() === other.name.toLowerCase() && coversCondition(one, other)));
}

function coversCondition(wide: Condition, narrow: Condition): boolean {
  if (wide.kind === 'absent' || narrow.kind === 'absent') return wide.kind === narrow.kind;
  if (wide.kind === 'present') return true;
  if (narrow.kind === 'present') return false;
  if (wide.kind === narrow.kind && wide.value === narrow.value) return true;
  if (wide.kind === 'regex') return narrow.kind === 'exact' && holdsPattern(wide.value, narrow.value);
  return wide.kind === 'prefix' && narrow.kind !== 'regex' && narrow.value.startsWith(wide.value);
}

/** The patterns above, in JavaScript's words. */
function holdsPattern(pattern: string, text: string): boolean {
  const flags = pattern.startsWith('(?i)') ? 'i' : '';
  return new RegExp(`^(?:${pattern.replace('(?i)', '').replace('(?i:mixed)', '[mM][iI][xX][eE][dD]')})$`, flags).test(text);
}
