/**
 * Forms of Kuma's policies, as far as they are written here.
 * @see https://github.com/kumahq/kuma/tree/v2.14.3/pkg/plugins/policies
 */

/** A Service as Kuma knows it. The section is the name of a port. */
export interface ServiceRef {
  readonly kind: 'MeshService';
  readonly name: string;
  readonly namespace: string;
  readonly sectionName?: string;
}

/** What a policy says about the traffic to one Service. */
export type Outbound<T> = { readonly targetRef: ServiceRef } & T;

/** A share of the traffic. Without the port Kuma takes the name for a `kuma.io/service` tag of old. */
export interface BackendRef extends ServiceRef {
  readonly port: number;
  readonly weight: number;
}

export interface HttpRule {
  readonly matches: readonly HttpMatch[];
  readonly default: { readonly filters?: readonly Filter[]; readonly backendRefs?: readonly BackendRef[] };
}

export interface TcpRule {
  readonly default: { readonly backendRefs: readonly BackendRef[] };
}

export interface HttpMatch {
  readonly path?: { readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression'; readonly value: string };
  readonly method?: string;
  readonly headers?: readonly ValueMatch<'Exact' | 'Prefix' | 'Present' | 'RegularExpression' | 'Absent'>[];
  readonly queryParams?: readonly ValueMatch<'Exact' | 'RegularExpression'>[];
}

export interface ValueMatch<T> {
  readonly type: T;
  readonly name: string;
  readonly value?: string;
}

export type Filter =
  | { readonly type: 'RequestHeaderModifier'; readonly requestHeaderModifier: HeaderModifier }
  | { readonly type: 'ResponseHeaderModifier'; readonly responseHeaderModifier: HeaderModifier }
  | { readonly type: 'URLRewrite'; readonly urlRewrite: UrlRewrite }
  | { readonly type: 'RequestRedirect'; readonly requestRedirect: UrlRewrite & { readonly scheme?: string; readonly port?: number; readonly statusCode: number } };

export interface HeaderModifier {
  readonly set?: readonly Header[];
  readonly add?: readonly Header[];
  readonly remove?: readonly string[];
}

export interface Header {
  readonly name: string;
  readonly value: string;
}

export interface UrlRewrite {
  readonly hostname?: string;
  readonly path?: PathModifier;
}

export type PathModifier =
  | { readonly type: 'ReplaceFullPath'; readonly replaceFullPath: string }
  | { readonly type: 'ReplacePrefixMatch'; readonly replacePrefixMatch: string };
