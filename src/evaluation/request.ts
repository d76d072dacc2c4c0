/** Who sends a request. It decides whose rules are followed. */
export type Source =
  /** A pod with the mesh's proxy. */
  | { readonly kind: 'meshed'; readonly namespace: string; readonly serviceAccount: string; readonly labels: Readonly<Record<string, string>> }
  /** A pod without a proxy. */
  | { readonly kind: 'plain'; readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
  /** Something outside the cluster, through a gateway. */
  | { readonly kind: 'gateway'; readonly namespace: string; readonly name: string; readonly listener?: string };

export const REQUEST_PROTOCOLS = ['HTTP', 'HTTP2', 'GRPC', 'TCP', 'TLS'] as const;

export type RequestProtocol = typeof REQUEST_PROTOCOLS[number];

/** One request, or one connection where the protocol is not looked into. */
export interface Request {
  readonly source: Source;
  /** In lower case, without port. */
  readonly host: string;
  /** Port of the called Service, or of the gateway's listener. */
  readonly port: number;
  readonly protocol: RequestProtocol;
  /** As the proxy that handles it sees it: `https` where that ends TLS. */
  readonly scheme: 'http' | 'https';
  /** Without the query. */
  readonly path: string;
  /** Decoded; of a repeated parameter the first value, as Envoy takes it. */
  readonly query: ReadonlyMap<string, string>;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** Server name that a TLS connection asks for. */
  readonly serverName?: string;
}
