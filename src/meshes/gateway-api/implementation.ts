import { duration, fiveDigits } from './duration';
import { RouteKind, routeKind } from './kinds';
import { GatewayApiChannel, GatewayApiImplementation, TcpRouteVersion } from './options';
import { lengthAlone, methodAsHeader, pointsInSum, Rank, specified } from './precedence';
import { Capability, Remedies } from '../../model/capabilities';
import { Report } from '../../model/report';
import { Metadata, Port, Rule } from '../../model/routing-model';

/** What implementations differ in. */
export interface Implementation {
  readonly name: string;
  /** Kinds of routes that it takes with a Service as parent. */
  readonly meshKinds: readonly RouteKind[];
  /** Kinds of routes that it takes with a Gateway as parent. */
  readonly gatewayKinds: readonly RouteKind[];
  /** The kind of route that splits a port. */
  readonly kindOf: (port: Port) => RouteKind;
  /** API version of its HTTPRoutes, if they are not those of the Gateway API. */
  readonly httpRouteVersion?: string;
  readonly limits: RouteLimits;
  /** Extended features of the specification that it has. */
  readonly features: readonly Capability[];
  /** What would help where it lacks a capability. */
  readonly remedies: Remedies;
  readonly rank: Rank;
  /** Whether the first rule wins between matches of one rank. */
  readonly tiesInOrder: boolean;
  /** A RE2 expression for the whole value in its dialect; left out: it has none that is known. */
  readonly regex?: (pattern: string) => string;
  /** Whether paths may be matched by expressions. */
  readonly pathRegex: boolean;
  /** Whether requests end by themselves where no timeout is given. */
  readonly timeoutByItself: boolean;
  /** How a number of milliseconds is written; `undefined`: it cannot be. */
  readonly duration: (milliseconds: number) => string | undefined;
  /** Whether group, kind and namespace of what a route names are written: some fill in other ones than the specification says. */
  readonly fullReferences: boolean;
  /** What it reads from a whole route object for a rule. Rules that differ in it stand in objects of their own. */
  readonly objectSettings?: ObjectSettings;
  /** Whether those limit the time of gRPC calls, which a GRPCRoute itself does not. */
  readonly grpcTimeout?: boolean;
  /** How a per cent sign in a header value is written; left out: nobody says. */
  readonly percentSign?: string;
  readonly tcpRouteVersions: readonly TcpRouteVersion[];
  /** What brings the pods of a namespace into the mesh. */
  readonly namespaceMetadata: Metadata;
  /** Account of the pods that it makes for a gateway; left out: they are not part of the mesh. */
  readonly gatewayAccount?: (gateway: string, className: string) => string;
}

/** How much a route holds. */
export interface RouteLimits {
  readonly rules: number;
  readonly matches: number;
  readonly allMatches: number;
  readonly backendRefs: number;
  /** Whether rules have names. */
  readonly ruleNames: boolean;
  readonly redirectCodes: readonly number[];
}

export interface ObjectSettings {
  annotations(rule: Rule, kind: RouteKind): Readonly<Record<string, string>>;
  /** What they cannot say of a rule. */
  check(report: Report, rule: Rule, kind: RouteKind): void;
}

const EVERY_KIND: readonly RouteKind[] = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'];
const EVERY_VERSION = [TcpRouteVersion.V1ALPHA2, TcpRouteVersion.V1];
const REWRITES: readonly Capability[] = ['HTTPRouteHostRewrite', 'HTTPRoutePathRewrite'];
const MIRRORS: readonly Capability[] = ['HTTPRouteRequestMirror', 'HTTPRouteRequestMultipleMirrors', 'HTTPRouteRequestPercentageMirror'];
const EVERY_FEATURE: readonly Capability[] = [...REWRITES, ...MIRRORS, 'HTTPRouteRequestTimeout'];

/** RE2, for the whole value by itself. */
const whole = (pattern: string) => pattern;

/** Go's expressions, which are RE2's, find their match anywhere. */
const anchored = (pattern: string) => `^(?:${pattern})$`;

const PREFIX_BEFORE_REGEX = ['regex', 'prefix', 'exact'] as const;
const REGEX_BEFORE_PREFIX = ['prefix', 'regex', 'exact'] as const;

/** @see https://gateway-api.sigs.k8s.io/reference/spec/#httproutespec */
const LIMITS: RouteLimits = { rules: 16, matches: 64, allMatches: 128, backendRefs: 16, ruleNames: true, redirectCodes: [301, 302, 303, 307, 308] };

const COMMON = {
  meshKinds: [],
  gatewayKinds: EVERY_KIND,
  kindOf: routeKind,
  limits: LIMITS,
  features: EVERY_FEATURE,
  tiesInOrder: true,
  pathRegex: true,
  timeoutByItself: true,
  duration,
  fullReferences: false,
  tcpRouteVersions: EVERY_VERSION,
  namespaceMetadata: {},
} as const;

/**
 * From the conformance reports (https://github.com/kubernetes-sigs/gateway-api/tree/main/conformance/reports) and the sources that
 * `precedence.ts` names.
 */
const IMPLEMENTATIONS: Readonly<Record<GatewayApiImplementation, Omit<Implementation, 'name' | 'remedies'>>> = {
  CONFORMANT: { ...COMMON, meshKinds: EVERY_KIND, rank: specified(['prefix', 'exact']), pathRegex: false },
  ISTIO: {
    ...COMMON,
    meshKinds: EVERY_KIND,
    rank: specified(PREFIX_BEFORE_REGEX),
    regex: whole,
    timeoutByItself: false,
    namespaceMetadata: { labels: { 'istio-injection': 'enabled' } },
    percentSign: '%%',
    gatewayAccount: (gateway, className) => `${gateway}-${className}`,
  },
  LINKERD: {
    ...COMMON,
    meshKinds: ['HTTPRoute', 'GRPCRoute', 'TCPRoute'],
    gatewayKinds: [],
    features: ['HTTPRouteRequestTimeout'],
    rank: lengthAlone,
    pathRegex: false,
    timeoutByItself: false,
    duration: fiveDigits,
    fullReferences: true,
    tcpRouteVersions: [TcpRouteVersion.V1ALPHA2],
    namespaceMetadata: { annotations: { 'linkerd.io/inject': 'enabled' } },
  },
  ENVOY_GATEWAY: { ...COMMON, rank: methodAsHeader, regex: whole, percentSign: '%%' },
  CILIUM: {
    ...COMMON, meshKinds: ['HTTPRoute', 'GRPCRoute'], gatewayKinds: ['HTTPRoute', 'GRPCRoute', 'TLSRoute'], rank: specified(REGEX_BEFORE_PREFIX), regex: whole,
  },
  KUMA: {
    ...COMMON,
    meshKinds: ['HTTPRoute'],
    gatewayKinds: ['HTTPRoute'],
    rank: specified(PREFIX_BEFORE_REGEX),
    regex: whole,
    namespaceMetadata: { labels: { 'kuma.io/sidecar-injection': 'enabled' } },
  },
  CONTOUR: { ...COMMON, features: [...REWRITES, 'HTTPRouteRequestMirror', 'HTTPRouteRequestTimeout'], rank: specified(REGEX_BEFORE_PREFIX), regex: whole },
  TRAEFIK: { ...COMMON, features: REWRITES, rank: pointsInSum, tiesInOrder: false, regex: anchored, timeoutByItself: false },
};

/** Features for which the experimental CRDs are needed. Cilium's retries had no effect up to 1.19 (https://github.com/cilium/cilium/issues/46432). */
const EXPERIMENTAL: Partial<Record<GatewayApiImplementation, readonly Capability[]>> = {
  CONFORMANT: ['HTTPRouteRetry'],
  ISTIO: ['HTTPRouteRetry'],
  ENVOY_GATEWAY: ['HTTPRouteRetry'],
};

const CHANNEL_REMEDY = 'give `channel: GatewayApiChannel.EXPERIMENTAL` if the cluster has the experimental CRDs: the standard ones drop the field without a word';

export function implementationOf(name = GatewayApiImplementation.CONFORMANT, channel = GatewayApiChannel.STANDARD): Implementation {
  const { features, ...implementation } = IMPLEMENTATIONS[name];
  const experimental = EXPERIMENTAL[name] ?? [];
  if (channel === GatewayApiChannel.EXPERIMENTAL) return { name, ...implementation, features: [...features, ...experimental], remedies: {} };
  return { name, ...implementation, features, remedies: Object.fromEntries(experimental.map((capability) => [capability, CHANNEL_REMEDY])) };
}
