/**
 * An answer that sends the client elsewhere. At least one of scheme, hostname, port and path has to change (`redirect-invalid` otherwise).
 */
export interface Redirect {
  /**
   * New scheme, "http" or "https".
   *
   * @default - that of the request
   */
  readonly scheme?: string;

  /**
   * New host, a DNS name.
   *
   * @default - that of the request
   */
  readonly hostname?: string;

  /**
   * New port, 1 to 65535.
   *
   * @default - that of the request; where the scheme changes, the default port of the old scheme becomes that of the new one
   */
  readonly port?: number;

  /**
   * New path, beginning with "/". Not together with `prefix`.
   *
   * @default - that of the request
   */
  readonly path?: string;

  /**
   * What the matched path prefix becomes, beginning with "/". Each match of the route needs a `PathMatch.prefix`.
   *
   * @default - the prefix stays
   */
  readonly prefix?: string;

  /**
   * Status of the answer: 301, 302, 303, 307 or 308.
   *
   * @default 302
   */
  readonly statusCode?: number;
}
