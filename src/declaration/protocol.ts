/**
 * What a port or a listener carries.
 */
export enum Protocol {
  /** HTTP/1.1. Requests can be matched. */
  HTTP = 'HTTP',
  /** HTTP/2 without TLS (h2c). Requests can be matched. */
  HTTP2 = 'HTTP2',
  /** gRPC. Requests can be matched; the path is `/package.Service/Method`. */
  GRPC = 'GRPC',
  /** HTTP inside TLS that a gateway terminates. For listeners only; a service port that carries HTTPS is declared as `TLS`. */
  HTTPS = 'HTTPS',
  /** Connections of any content. Split by connection; nothing inside can be matched. */
  TCP = 'TCP',
  /** TLS that the pods terminate themselves. Split by connection; of the content only the server name can be seen. */
  TLS = 'TLS',
}
