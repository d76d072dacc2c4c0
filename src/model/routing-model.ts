import { Selector } from './selector';
import { StringMatch } from './string-match';

/**
 * What a declaration means, in no mesh's words: renderers make manifests of it. Readers of manifests make tables of routes instead, as proxies have
 * them, see `evaluation/route-table.ts`.
 *
 * One meaning holds on every mesh:
 * - rules are tried in order and the first that applies decides; without exposure conditions the last one takes everything,
 * - matches of a rule are alternatives, the conditions inside one match all have to hold,
 * - a path prefix covers whole path elements, paths and values are case-sensitive, header names are not,
 * - regular expressions are RE2 and cover the whole value,
 * - weights are proportions of their sum; 0 means deployed without traffic.
 */
export interface RoutingModel {
  /** Construct path, for findings. */
  readonly path: string;
  readonly namespace: string;
  readonly root: Root;
  /** Label that every pod of the service carries, existing ones excepted. */
  readonly app: Label;
  /** Key of the label that tells versions apart; its values are `Version.label`. */
  readonly versionKey: string;
  /** Labels of every object but pods. */
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly Port[];
  readonly versions: readonly Version[];
  readonly rules: readonly Rule[];
  /** Ways in from outside. Grows while the app is built: read it at synthesis, not before. */
  readonly exposures: readonly Exposure[];
  readonly trafficPolicy?: TrafficPolicy;
  /** Who may call. `undefined`: anybody; empty: nobody. */
  readonly clients?: readonly Client[];
  /** Routes reach versions by their leaves alone, also where the mesh could tell them apart behind the root. */
  readonly byLeaves?: boolean;
  /** Documents of what is taken over by name: it is not written, and counted on. */
  readonly named?: readonly object[];
  /** No proxy stands beside the pods: their numbers make the weights, for whoever calls the root, and clients are known by their addresses. */
  readonly withoutMesh?: boolean;
}

/** What is not whole, or negative, is refused (`Report.milliseconds`). */
export type Milliseconds = number;

export interface Metadata {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Label {
  readonly key: string;
  readonly value: string;
}

export interface Root {
  readonly name: string;
  readonly host: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly type: string;
  /** It was there before, and stays as it is. `named`: it is not written here. */
  readonly existing?: 'written' | 'named';
}

export type Protocol = 'HTTP' | 'HTTP2' | 'GRPC' | 'HTTPS' | 'TCP' | 'TLS';

export interface Port {
  readonly number: number;
  readonly targetPort: number;
  readonly nodePort?: number;
  readonly name: string;
  readonly protocol: Protocol;
  /** Server names that tell TLS connections apart; empty: the port is split whatever the name. */
  readonly sniHosts: readonly string[];
}

export interface Version {
  readonly name: string;
  /** Value of the version label. */
  readonly label: string;
  readonly leaf: string;
  /** Name of the leaf inside the cluster, fully qualified. */
  readonly host: string;
  readonly deployment: string;
  readonly serviceAccount: string;
  readonly replicas: number;
  /** It has no pods at this stage of a rollout, or only got them back: nobody but routes calls its leaf. */
  readonly idle?: { /** No stage before sent anything to it, either. */ readonly untouched: boolean };
  /** Its Deployment is not there at this stage, while routes may still name it. */
  readonly undeployed?: boolean;
  /** The number that was declared; an existing Deployment always has one. */
  readonly declaredReplicas?: number;
  readonly autoscaling?: Autoscaling;
  readonly disruptionBudget?: DisruptionBudget;
  readonly configMap?: ConfigMap;
  /** Labels that the Deployment selects its pods by. */
  readonly selector: Selector;
  /** Labels of the pod template. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Labels by which Services know its pods. */
  readonly identity: Readonly<Record<string, string>>;
  /** Labels that tell its pods from others behind the root. */
  readonly mark: Readonly<Record<string, string>>;
  /** Its pods were there before, and stay as they are. */
  readonly existing?: boolean;
  readonly trafficPolicy?: TrafficPolicy;
}

/** The numbers in percent are of what the containers request. */
export interface Autoscaling {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly cpuPercent?: number;
  readonly memoryPercent?: number;
}

/** Files of a version in the first of its containers. */
export interface ConfigMap {
  readonly name: string;
  readonly mountPath: string;
  /** Texts by file name. */
  readonly files: Readonly<Record<string, string>>;
}

/** A number of pods, or `50%`. */
export interface DisruptionBudget {
  readonly field: 'minAvailable' | 'maxUnavailable';
  readonly value: number | string;
}

/** Places by parts of a rule: `weights`, `mirrors[0]`. What is inside of a part is inside of its place, unless it has one of its own. */
export type Places = Readonly<Record<string, string>>;

export interface Rule {
  /** Where it was declared, for findings: `routes[0]`, or `weights` for the rule of the service itself. No two rules have one place. */
  readonly place: string;
  /** Where parts of it were declared that do not stand there. */
  readonly places?: Places;
  readonly name?: string;
  /** Service port that the rule is limited to. */
  readonly port?: number;
  /** Alternatives; empty: every request. */
  readonly matches: readonly Match[];
  readonly action: Forward | Redirect;
  readonly fault?: Fault;
  readonly requestHeaders?: HeaderChanges;
  readonly responseHeaders?: HeaderChanges;
  /** Properties that the rule has from the service: `weights`, `splitByPods`, `timeout`, `retries`. */
  readonly inherited: readonly string[];
}

export interface Match {
  readonly path?: PathMatch;
  readonly method?: string;
  readonly headers: readonly HeaderMatch[];
  readonly queryParams: readonly QueryMatch[];
  readonly source?: SourceMatch;
  /** Object key (`namespace/name`) of the gateway that the request has to come through. */
  readonly gateway?: string;
}

/** A path prefix covers whole elements: `/v2` covers `/v2` and `/v2/x`, not `/v20`. */
export type PathMatch = { readonly kind: 'exact' | 'prefix' | 'regex'; readonly value: string };

export interface HeaderMatch {
  /** In lower case: header names are case-insensitive. */
  readonly name: string;
  readonly value: StringMatch | { readonly kind: 'absent' };
}

export interface QueryMatch {
  readonly name: string;
  readonly value: StringMatch;
}

export interface SourceMatch {
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Forward {
  readonly kind: 'forward';
  readonly split: Split;
  readonly rewrite?: Rewrite;
  readonly mirrors: readonly Mirror[];
  readonly timeout?: Milliseconds;
  readonly retries?: Retries;
}

/**
 * `endpoints`: no version is chosen, every ready pod behind the root gets the same share. `managed`: somebody else changes the weights later, so
 * that versions with the weight 0 have to stand there, too.
 */
export type Split =
  | { readonly kind: 'weights'; readonly weights: ReadonlyMap<string, number>; readonly managed?: true }
  | { readonly kind: 'endpoints' };

export interface Redirect {
  readonly kind: 'redirect';
  readonly scheme?: string;
  readonly hostname?: string;
  readonly port?: number;
  readonly path?: PathRewrite;
  readonly statusCode: number;
}

/** `prefix` replaces the matched prefix, `full` the whole path. */
export type PathRewrite = { readonly kind: 'prefix' | 'full'; readonly value: string };

export interface Rewrite {
  readonly hostname?: string;
  readonly path?: PathRewrite;
}

export interface Mirror {
  readonly version: string;
  readonly percent: number;
}

export interface Retries {
  /** 0 switches retries off. */
  readonly attempts: number;
  readonly perTryTimeout?: Milliseconds;
  readonly backoff?: Milliseconds;
  readonly conditions: readonly string[];
}

export interface Fault {
  readonly delay?: { readonly duration: Milliseconds; readonly percent: number };
  readonly abort?: { readonly status: AbortStatus; readonly percent: number };
  /** Said by the user: the fault may hit traffic without any condition. */
  readonly allTraffic: boolean;
}

export type AbortStatus = { readonly kind: 'http'; readonly code: number } | { readonly kind: 'grpc'; readonly code: string };

export interface HeaderChanges {
  readonly set: Readonly<Record<string, string>>;
  readonly add: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

export interface TrafficPolicy {
  readonly loadBalancing?: LoadBalancing;
  readonly connectionPool?: ConnectionPool;
  readonly outlierDetection?: OutlierDetection;
}

export type LoadBalancing =
  | { readonly kind: 'round-robin' | 'least-request' | 'random' | 'passthrough' | 'hash-source-ip' }
  | { readonly kind: 'hash-header' | 'hash-query'; readonly name: string }
  | { readonly kind: 'hash-cookie'; readonly name: string; readonly ttl: Milliseconds; readonly path?: string };

export interface ConnectionPool {
  readonly maxConnections?: number;
  readonly connectTimeout?: Milliseconds;
  readonly tcpIdleTimeout?: Milliseconds;
  readonly maxConnectionDuration?: Milliseconds;
  readonly http1MaxPendingRequests?: number;
  readonly http2MaxRequests?: number;
  readonly maxRequestsPerConnection?: number;
  readonly maxRetries?: number;
  readonly httpIdleTimeout?: Milliseconds;
}

export interface OutlierDetection {
  readonly consecutive5xxErrors?: number;
  readonly consecutiveGatewayErrors?: number;
  readonly interval?: Milliseconds;
  readonly baseEjectionTime?: Milliseconds;
  readonly maxEjectionPercent?: number;
  readonly minHealthPercent?: number;
}

/** Somebody who may call. `requests` are those allowed; empty: all. */
export type Client =
  | { readonly kind: 'service-account'; readonly name: string; readonly namespace: string; readonly requests: readonly AllowedRequest[] }
  | { readonly kind: 'namespace'; readonly namespace: string; readonly requests: readonly AllowedRequest[] };

export interface AllowedRequest {
  readonly name?: string;
  readonly path?: PathMatch;
  /** Empty: any method. */
  readonly methods: readonly string[];
}

export interface Exposure {
  readonly path: string;
  /** Name of the route object. */
  readonly name: string;
  readonly gateway: Gateway;
  readonly hosts: readonly string[];
  /** What the gateway lets in; empty: everything. */
  readonly matches: readonly Match[];
  /** Service port that the traffic goes to; `undefined`: the only one that fits the gateway's listeners. */
  readonly port?: number;
  /** Listener that the exposure is limited to. */
  readonly listener?: string;
}

export interface Gateway {
  /** What kind of gateway it is, for meshes that send through gateways of their own kind in another way than through others. */
  readonly system: string;
  readonly name: string;
  readonly namespace: string;
  /** Account under which its pods run: whoever exposes a service there lets it in. */
  readonly client: Client;
  /** Service of its pods, in the namespace that they run in, for meshes that let it in by where it sends from. */
  readonly service?: string;
  readonly listeners: readonly Listener[];
}

export interface Listener {
  readonly name: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly hosts: readonly string[];
  readonly tls?: ListenerTls;
  readonly httpsRedirect: boolean;
}

export interface ListenerTls {
  readonly mode: 'terminate' | 'mutual' | 'passthrough';
  readonly secretName?: string;
}
