import { Protocol } from './protocol';

/**
 * A port of the root Service and of each version's Service.
 */
export interface ServicePort {
  /**
   * Number that clients call, 1 to 65535. Refused when declared twice (`port-duplicate`) or out of range (`port-invalid`).
   */
  readonly port: number;

  /**
   * Number that the containers listen on, 1 to 65535. Refused when containers declare ports and this is none of them (`target-port-missing`).
   *
   * @default - the same as `port`
   */
  readonly targetPort?: number;

  /**
   * What the port carries. `HTTPS` is refused (`port-invalid`): declare `TLS`.
   *
   * @default Protocol.HTTP
   */
  readonly protocol?: Protocol;

  /**
   * Name of the port in the Services, a DNS label. Refused when used twice (`port-duplicate`) or malformed (`name-invalid`).
   *
   * Any name will do: the protocol is written out as `appProtocol` as well.
   *
   * @default - the protocol in lower case, followed by "-" and the port number when several ports share the protocol
   */
  readonly name?: string;

  /**
   * Port on every node, 1 to 65535. Needs a `serviceType` with node ports (`port-invalid` otherwise).
   *
   * @default - chosen by Kubernetes where the type of the Service has node ports
   */
  readonly nodePort?: number;

  /**
   * Server names (SNI) that clients of a `TLS` port present. With them the mesh looks at the name: connections with another one are
   * not split, and may be refused. Without them it splits all connections, whatever their name. Refused on other protocols (`port-invalid`).
   *
   * @default - none: the port is split whatever the name
   */
  readonly sniHosts?: string[];
}
