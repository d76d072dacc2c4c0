import { Finding } from './finding';
import { isEverything } from './match';
import { hasRules } from './protocols';
import { Report } from './report';
import { Forward, LoadBalancing, Match, RoutingModel, Rule } from './routing-model';
import { placeOf } from './validate/place';

interface Meaning {
  /** What the mesh can, or cannot, do: the end of a sentence. */
  readonly does: string;
  /** Property of a rule that asks for it, for the place of the finding. */
  readonly part?: string;
}

/**
 * What a mesh may or may not be able to do. Named after the Gateway API feature where one exists.
 * @see https://github.com/kubernetes-sigs/gateway-api/tree/main/pkg/features
 */
export const CAPABILITIES = {
  HTTPRoute: { does: 'route HTTP requests' },
  GRPCRoute: { does: 'route gRPC calls' },
  TCPRoute: { does: 'route TCP connections' },
  TLSRoute: { does: 'route TLS connections by server name' },
  WeightedSplit: { does: 'share requests out by weight', part: 'weights' },
  EndpointSplit: { does: 'leave the shares to the number of pods', part: 'splitByPods' },
  HTTPRoutePathMatching: { does: 'match paths' },
  HTTPRoutePathRegexMatching: { does: 'match paths by regular expression' },
  HTTPRouteHeaderMatching: { does: 'match headers' },
  HTTPRouteHeaderRegexMatching: { does: 'match headers by prefix or regular expression' },
  HTTPRouteHeaderAbsenceMatching: { does: 'match requests without a header' },
  HTTPRouteQueryParamMatching: { does: 'match query parameters' },
  HTTPRouteMethodMatching: { does: 'match methods' },
  SourceMatching: { does: 'match the pod that sends a request' },
  GatewayMatching: { does: 'match the gateway that a request comes through' },
  HTTPRouteParentRefPort: { does: 'limit rules to one port', part: 'port' },
  FaultDelay: { does: 'delay requests', part: 'fault' },
  FaultAbort: { does: 'abort requests', part: 'fault' },
  HTTPRouteRequestMirror: { does: 'mirror requests', part: 'mirrors' },
  HTTPRouteRequestPercentageMirror: { does: 'mirror a share of the requests', part: 'mirrors' },
  HTTPRouteRequestMultipleMirrors: { does: 'mirror requests to several versions', part: 'mirrors' },
  HTTPRouteRequestHeaderModification: { does: 'change request headers', part: 'requestHeaders' },
  HTTPRouteResponseHeaderModification: { does: 'change response headers', part: 'responseHeaders' },
  HTTPRouteHostRewrite: { does: 'rewrite hosts', part: 'rewrite' },
  HTTPRoutePathRewrite: { does: 'rewrite paths', part: 'rewrite' },
  HTTPRouteRedirect: { does: 'redirect requests', part: 'redirect' },
  HTTPRouteRequestTimeout: { does: 'limit the time of requests', part: 'timeout' },
  HTTPRouteRetry: { does: 'retry requests as declared', part: 'retries' },
  RoundRobin: { does: 'take pods in turn' },
  LeastRequest: { does: 'prefer pods with few open requests' },
  Random: { does: 'pick pods at random' },
  Passthrough: { does: 'leave the choice of the pod to the client' },
  ConsistentHash: { does: 'pick pods by a hash' },
  ConnectionPool: { does: 'limit connections and requests' },
  OutlierDetection: { does: 'leave failing pods out' },
  VersionTrafficPolicy: { does: 'treat the pods of one version by a policy of its own' },
  ServiceAccountAccess: { does: 'allow clients by service account' },
  NamespaceAccess: { does: 'allow clients by namespace' },
  RequestAccess: { does: 'allow just some requests' },
} as const satisfies Record<string, Meaning>;

export type Capability = keyof typeof CAPABILITIES;

/** What would help where a capability is missing, other than to do without. */
export type Remedies = Readonly<Partial<Record<Capability, string>>>;

interface Need {
  readonly capability: Capability;
  readonly place: string;
}

/** A mesh, and what it can do. */
interface Able {
  readonly name: string;
  readonly capabilities: ReadonlySet<Capability>;
  readonly remedies?: Remedies;
}

/** One finding for each thing declared that the mesh cannot do. */
export function missingCapabilities(model: RoutingModel, { name, capabilities, remedies = {} }: Able): Finding[] {
  const report = new Report(model.path);
  for (const { capability, place } of needs(model)) {
    if (capabilities.has(capability)) continue;
    report.add('capability-missing', place, `the mesh "${name}" cannot ${CAPABILITIES[capability].does} (${capability})`,
      remedies[capability] ?? 'leave it out, or choose a mesh that can');
  }
  return report.findings;
}

/** What a model asks of a mesh, and where. */
export function needs(model: RoutingModel): Need[] {
  const split = model.rules.flatMap((rule) => ruleNeeds(rule));
  return [...portNeeds(model), ...split, ...policyNeeds(model), ...accessNeeds(model)];
}

const ROUTES = { HTTP: 'HTTPRoute', HTTP2: 'HTTPRoute', GRPC: 'GRPCRoute', HTTPS: 'TLSRoute', TCP: 'TCPRoute', TLS: 'TLSRoute' } as const;

/** A port needs routes of its kind where some rule does more than leave the shares to the pods. TLS without server names is split like TCP. */
function portNeeds(model: RoutingModel): Need[] {
  if (!hasRules(model) || model.ports.some(({ protocol }) => !(protocol in ROUTES))) return [];
  return model.ports.map(({ protocol, sniHosts }, index) => ({
    capability: protocol === 'TLS' && sniHosts.length === 0 ? 'TCPRoute' : ROUTES[protocol], place: `ports[${index}]`,
  }));
}

/** What is limited to a gateway is carried out there, and asked of the gateway when the service is exposed on it. */
function ruleNeeds(rule: Rule): Need[] {
  const elsewhere = rule.matches.length > 0 && rule.matches.every(({ gateway }) => gateway !== undefined);
  const filters: (Capability | false | undefined)[] = [
    rule.port !== undefined && 'HTTPRouteParentRefPort',
    rule.fault?.delay && 'FaultDelay',
    rule.fault?.abort && 'FaultAbort',
    rule.requestHeaders && 'HTTPRouteRequestHeaderModification',
    rule.responseHeaders && 'HTTPRouteResponseHeaderModification',
    ...(rule.action.kind === 'redirect' ? ['HTTPRouteRedirect' as const] : forwardNeeds(rule.action)),
  ];
  const needed = filters.filter((need): need is Capability => Boolean(need) && !elsewhere);
  return [
    ...rule.matches.flatMap((match, index) => (isEverything(match) ? [] : matchNeeds(match).map((capability) => ({ capability, place: placeOf(rule, `matches[${index}]`) })))),
    ...needed.map((capability) => ({ capability, place: placeOf(rule, partOf(capability)) })),
  ];
}

/** What one match asks for. */
export function matchNeeds(match: Match): Capability[] {
  if (match.gateway !== undefined) return ['GatewayMatching'];
  const needed: (Capability | false | undefined)[] = [
    match.path && (match.path.kind === 'regex' ? 'HTTPRoutePathRegexMatching' : 'HTTPRoutePathMatching'),
    match.method !== undefined && 'HTTPRouteMethodMatching',
    match.source && 'SourceMatching',
    match.queryParams.length > 0 && 'HTTPRouteQueryParamMatching',
    match.headers.some(({ value }) => value.kind === 'exact' || value.kind === 'present') && 'HTTPRouteHeaderMatching',
    match.headers.some(({ value }) => value.kind === 'regex' || value.kind === 'prefix') && 'HTTPRouteHeaderRegexMatching',
    match.headers.some(({ value }) => value.kind === 'absent') && 'HTTPRouteHeaderAbsenceMatching',
  ];
  return needed.filter((need): need is Capability => Boolean(need));
}

function forwardNeeds(action: Forward): (Capability | false | undefined)[] {
  return [
    action.split.kind === 'weights' ? 'WeightedSplit' : 'EndpointSplit',
    action.mirrors.length > 0 && 'HTTPRouteRequestMirror',
    action.mirrors.some(({ percent }) => percent !== 100) && 'HTTPRouteRequestPercentageMirror',
    action.mirrors.length > 1 && 'HTTPRouteRequestMultipleMirrors',
    action.rewrite?.hostname !== undefined && 'HTTPRouteHostRewrite',
    action.rewrite?.path && 'HTTPRoutePathRewrite',
    action.timeout !== undefined && 'HTTPRouteRequestTimeout',
    action.retries && 'HTTPRouteRetry',
  ];
}

/** The property that asks for a capability, for the place of the finding. */
function partOf(capability: Capability): string {
  const meaning: Meaning = CAPABILITIES[capability];
  return meaning.part ?? 'weights';
}

function policyNeeds(model: RoutingModel): Need[] {
  const place = 'trafficPolicy';
  const needed: Need[] = [];
  if (model.trafficPolicy?.loadBalancing) needed.push({ capability: balancingNeed(model.trafficPolicy.loadBalancing), place: `${place}.loadBalancing` });
  if (model.trafficPolicy?.connectionPool) needed.push({ capability: 'ConnectionPool', place: `${place}.connectionPool` });
  if (model.trafficPolicy?.outlierDetection) needed.push({ capability: 'OutlierDetection', place: `${place}.outlierDetection` });
  for (const version of model.versions) {
    if (version.trafficPolicy) needed.push({ capability: 'VersionTrafficPolicy', place: `versions.${version.name}.trafficPolicy` });
  }
  return needed;
}

function balancingNeed(balancing: LoadBalancing): Capability {
  switch (balancing.kind) {
    case 'round-robin': return 'RoundRobin';
    case 'least-request': return 'LeastRequest';
    case 'random': return 'Random';
    case 'passthrough': return 'Passthrough';
    default: return 'ConsistentHash';
  }
}

function accessNeeds(model: RoutingModel): Need[] {
  return (model.clients ?? []).flatMap((client, index) => {
    const place = `allowFrom[${index}]`;
    const kind: Need = { capability: client.kind === 'namespace' ? 'NamespaceAccess' : 'ServiceAccountAccess', place };
    return client.requests.length > 0 ? [kind, { capability: 'RequestAccess', place: `${place}.requests` }] : [kind];
  });
}
