import { Condition } from './condition';
import { KubeObject } from '../manifests/kube-object';
import { Service } from '../manifests/service';

/**
 * What one proxy does with the requests to one host and port, in the order in which it tries. Readers make it of manifests; what meshes differ
 * in (order, meaning of prefixes, defaults, what becomes of missing backends) is settled there, so that deciding is one loop for all.
 */
export interface RouteTable {
  /** Rules as they are tried: the first whose conditions hold decides. */
  readonly rules: readonly TableRule[];
  /** For what no rule takes. */
  readonly otherwise: Action;
  /** The proxy ends TLS before it looks at requests; absent: it gets them in the clear. */
  readonly endsTls?: boolean;
  /** What makes the table uncertain whatever the request: equal names, unknown age, ignored objects. */
  readonly doubts: readonly string[];
}

export interface TableRule {
  /** Where it stands; absent for what the mesh adds by itself. */
  readonly object?: KubeObject;
  /** Inside the object: `http[0].match[1]`. */
  readonly place: string;
  readonly name?: string;
  /** All have to hold; none: every request. */
  readonly conditions: readonly Condition[];
  readonly action: Action;
  /** What makes this rule uncertain. */
  readonly doubts?: readonly string[];
}

export type Action = Forward | Redirect | Answer;

/** Sent on, in shares of the sum of the weights. */
export interface Forward {
  readonly kind: 'forward';
  readonly destinations: readonly Destination[];
  readonly filters?: Filters;
}

export interface Destination {
  /** Not negative. */
  readonly weight: number;
  readonly to: Target;
}

export type Target =
  | PodsTarget
  /** Answered by the proxy: there is no such backend. */
  | { readonly kind: 'lost'; readonly status: Status; readonly reason: string }
  /** Something that these manifests do not hold. */
  | { readonly kind: 'outside'; readonly host: string };

/** Pods behind a Service, narrowed by labels where there are any. */
export interface PodsTarget {
  readonly kind: 'pods';
  readonly service: Service;
  readonly port: number;
  readonly labels?: Readonly<Record<string, string>>;
  /** Name for the subset of labels. */
  readonly subset?: string;
  /** Accounts, as `namespace/name`, under which the pods run that are called; absent: any. */
  readonly accounts?: readonly string[];
  /** Given by the proxy if there are no pods; 503 unless said. */
  readonly emptyStatus?: Status;
  /** Whether the proxy proves to the pods who calls, even to those that cannot ask for it; absent: to those that can. */
  readonly proof?: 'always' | 'never';
}

/** HTTP status, or the end of the connection. */
export type Status = number | 'closed';

export interface Redirect {
  readonly kind: 'redirect';
  readonly status: number;
  readonly scheme?: string;
  readonly host?: string;
  readonly port?: number;
  readonly path?: PathChange;
  readonly filters?: Filters;
}

/** Answered by the proxy itself. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: Status;
  readonly reason: string;
  readonly filters?: Filters;
}

/** `prefix`: what the condition on the path took is replaced; `regex`: everything that an expression finds is. */
export type PathChange =
  | { readonly kind: 'full' | 'prefix'; readonly value: string }
  | { readonly kind: 'regex'; readonly pattern: string; readonly value: string };

export interface Filters {
  readonly delay?: { readonly milliseconds: number; readonly percent: number };
  readonly abort?: { readonly status: number | string; readonly percent: number };
  readonly mirrors?: readonly { readonly to: Target; readonly percent: number }[];
  /** Of the whole request; absent: none. */
  readonly timeoutMilliseconds?: number;
  /** Absent: none. */
  readonly retries?: { readonly attempts: number; readonly on?: string; readonly perTryMilliseconds?: number };
  readonly requestHeaders?: HeaderChanges;
  readonly responseHeaders?: HeaderChanges;
  readonly hostRewrite?: string;
  readonly pathRewrite?: PathChange;
}

export interface HeaderChanges {
  readonly set: Readonly<Record<string, string>>;
  readonly add: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/** A lone rule that takes everything. */
export function everything(action: Action, doubts: readonly string[] = []): RouteTable {
  return { rules: [], otherwise: action, doubts };
}
