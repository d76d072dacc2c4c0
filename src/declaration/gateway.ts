import { Construct } from 'constructs';
import { Protocol } from './protocol';
import { Finding } from '../model/finding';
import { Exposure, Gateway as GatewayModel, RoutingModel, Version } from '../model/routing-model';

/**
 * What a gateway does with TLS.
 */
export enum TlsMode {
  /** The gateway decrypts, with the certificate of a Secret. */
  TERMINATE = 'terminate',
  /** The gateway decrypts and asks for a certificate of the client too. */
  MUTUAL = 'mutual',
  /** The gateway looks at the server name and hands the stream on as it is. */
  PASSTHROUGH = 'passthrough',
}

/**
 * TLS settings of a listener.
 */
export interface GatewayTls {
  /**
   * What happens to the TLS stream.
   *
   * @default TlsMode.TERMINATE
   */
  readonly mode?: TlsMode;

  /**
   * Name of the Secret with the certificate, beside the gateway's pods. Needed unless the stream is passed through (`listener-invalid` otherwise).
   *
   * @default - none
   */
  readonly secretName?: string;
}

/**
 * A port on which a gateway takes traffic.
 */
export interface GatewayListener {
  /**
   * Number of the port, 1 to 65535 (`listener-invalid` otherwise). Listeners that share a port need one protocol and hosts of their own
   * (`listener-duplicate` otherwise).
   */
  readonly port: number;

  /**
   * What the listener takes. `HTTPS` and `TLS` need `tls` (`listener-invalid` otherwise).
   */
  readonly protocol: Protocol;

  /**
   * Hosts that it takes: DNS names, "*." and a DNS name, or "*".
   *
   * @default ['*']
   */
  readonly hosts?: string[];

  /**
   * Name of the listener.
   *
   * @default - the protocol in lower case and the port: `http-80`
   */
  readonly name?: string;

  /**
   * TLS settings, for `HTTPS` and `TLS`.
   *
   * @default - none
   */
  readonly tls?: GatewayTls;

  /**
   * Whether requests without TLS are sent to https, for `HTTP`.
   *
   * @default false
   */
  readonly httpsRedirect?: boolean;
}

/**
 * Where traffic enters from outside. Each system has a class of its own for it.
 */
export abstract class Gateway extends Construct {
  /** Name of the gateway object. */
  public abstract readonly gatewayName: string;

  /** Namespace of the gateway object. */
  public abstract readonly gatewayNamespace: string;

  /** @internal */
  public abstract _toModel(): GatewayModel;

  /** What the gateway cannot keep of an exposure of a service in the named mesh. @internal */
  public abstract _check(model: RoutingModel, exposure: Exposure, mesh: string): Finding[];

  /** Writes the routes of an exposure below `scope`. @internal */
  public abstract _render(scope: Construct, model: RoutingModel, exposure: Exposure): void;

  /** Whether its routes name the leaf of an idle version, or did so at an earlier stage. @internal */
  public _routesToLeaf(_model: RoutingModel, _exposure: Exposure, { idle }: Version): boolean {
    return !idle?.untouched;
  }
}
