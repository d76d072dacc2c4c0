import { Covers, HttpMatch } from './http-match';
import { Route } from './routes';
import { Action, Destination } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { Service, ServicePort } from '../../../manifests/service';

/**
 * What implementations of the Gateway API differ in. Each mesh that takes its routes says it in its own folder; what is gateways alone stands
 * beside.
 */
export interface Implementation {
  /** As a person calls it. */
  readonly name: string;
  /** Whether a GatewayClass is one of this implementation. */
  readonly takes: (gatewayClass: GatewayClass) => boolean;
  /** Whether the manifests show that it is what runs in the cluster. */
  readonly runs?: (cluster: Cluster) => boolean;
  /** API groups of routes, besides that of the Gateway API. */
  readonly groups?: readonly string[];
  readonly covers: Covers;
  /** Numbers of which the first that differs decides; the larger comes first. The path is one that was asked for. */
  readonly rank: (match: HttpMatch, path: string) => readonly number[];
  /** Whether the rank depends on the path that was asked for. */
  readonly ranksByRequest?: boolean;
  /** Routes of equal age go by this. */
  readonly ageTie: (route: Route) => string;
  /** What the specification leaves open, and so cannot be known. */
  readonly open: boolean;
  readonly gateway: GatewayWays;
  readonly mesh?: MeshWays;
  readonly backends: BackendWays;
  /** Why a route is ignored as a whole, if it is. */
  readonly ignores?: (route: Route) => string | undefined;
  readonly timeoutMilliseconds?: number;
  readonly retryAttempts: number;
}

export interface GatewayClass {
  readonly name: string;
  /** Where the class stands among the manifests. */
  readonly controller?: string;
}

export interface GatewayWays {
  /**
   * What a listener leaves to those on its port that have more specific host names: every host that they are for; the names of routes that they
   * cover; or no more than names that are theirs.
   */
  readonly isolation: 'hosts' | 'covered-names' | 'equal-names';
  /** Whether rules for a less specific host name are tried when none for the most specific takes a request. */
  readonly fallsBack: boolean;
  /** Why rules of different kinds and host names stand one behind the other instead of competing, if they do. */
  readonly apart?: string;
}

export interface MeshWays {
  /** How the group of a Service may be written. */
  readonly serviceGroups: readonly string[];
  /** What routes from a client's own namespace do to those beside the Service. */
  readonly consumers: 'replace' | 'join' | 'ignored';
  readonly hostnames: 'ignored' | 'honoured';
  /** The routes of a Service that its clients get, where it is not all of the strongest kind. */
  readonly chosen?: (routes: readonly MeshRoute[]) => { readonly routes: readonly MeshRoute[]; readonly doubts: readonly string[] };
  /** What a port is taken for by what it says; nothing: it does not say. */
  readonly portSpeaks?: (port: ServicePort, service: Service, cluster: Cluster) => 'HTTP' | 'bytes' | undefined;
}

/** A route with one of its parents that is a Service. */
export interface MeshRoute {
  readonly route: Route;
  readonly port?: number;
}

export interface BackendWays {
  /** Namespace of a reference that names none. */
  readonly namespace: (route: Route, parentNamespace: string) => string;
  /** What a rule without backends does. */
  readonly missing: 'fails' | 'parent';
  /** Kinds of backends that are no Services, as `group/Kind`. */
  readonly others: readonly string[];
  /** Makes an action of weights, one of which is above 0 or not. */
  readonly split: (destinations: readonly Destination[], stream: boolean, cluster: Cluster) => Action;
  /** What a request gets for a Service that lacks the port; absent: the same as for one that is missing. */
  readonly withoutPort?: number;
  /** What a call gets for the backend of a GRPCRoute that is missing. */
  readonly lostCall: number;
}

type Order = readonly HttpMatch['path']['kind'][];

/** Exact before prefix before regular expression. */
export const PREFIX_FIRST: Order = ['any', 'regex', 'prefix', 'exact'];
export const REGEX_FIRST: Order = ['any', 'prefix', 'regex', 'exact'];

/** Exact path, longest path, method, headers, query parameters. @see https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule */
export function byPath(order: Order): Implementation['rank'] {
  return ({ path, method, headers, query }) => [order.indexOf(path.kind), path.value.length, Number(method), headers.all, query.all];
}

/** The same, and for calls the longest service, the longest method, headers. @see https://gateway-api.sigs.k8s.io/reference/spec/#grpcrouterule */
export function specified(order: Order): Implementation['rank'] {
  return (match, path) => {
    const { grpc, headers } = match;
    return grpc ? [grpc.service?.length ?? 0, grpc.method?.length ?? 0, headers.all] : byPath(order)(match, path);
  };
}

/** Share of the sum of the weights; without any weight every request is answered by the proxy. */
export function bySum(destinations: readonly Destination[], stream: boolean): Action {
  if (destinations.some(({ weight }) => weight > 0)) return { kind: 'forward', destinations };
  return { kind: 'answer', status: stream ? 'closed' : 500, reason: destinations.length === 0 ? 'the rule has no backends' : 'all weights are 0' };
}

export const SPECIFIED_BACKENDS: BackendWays = {
  namespace: ({ object }) => object.namespace,
  missing: 'fails',
  others: ['multicluster.x-k8s.io/ServiceImport', 'inference.networking.k8s.io/InferencePool'],
  split: bySum,
  lostCall: 503,
};

export const SPECIFIED_MESH: MeshWays = { serviceGroups: [''], consumers: 'replace', hostnames: 'ignored' };

/** `namespace/name`, as the specification has it. */
export function namespaceFirst({ object }: Route): string {
  return `${object.namespace}/${object.name}`;
}
