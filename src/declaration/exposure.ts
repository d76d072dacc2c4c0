import { RouteMatch } from './route';

/**
 * Options for `CanaryService.exposeViaGateway`.
 */
export interface ExposeViaGatewayOptions {
  /**
   * Hosts under which the service is reached: DNS names, "*." and a DNS name, or "*". Refused when empty, when the gateway takes none of
   * them, or when one covers another (`exposure-invalid`).
   *
   * @default - those of `listener`, if one is named; else all: "*"
   */
  readonly hosts?: string[];

  /**
   * What the gateway lets in: requests for which one of the matches holds. All others end with 404. `source` and `gateway` have no meaning
   * here (`exposure-invalid`).
   *
   * @default - every request
   */
  readonly matches?: RouteMatch[];

  /**
   * Service port that the traffic goes to (`port-unknown` if not declared).
   *
   * @default - the only port that fits the gateway's listeners; refused when there are several (`exposure-invalid`) or none (`listener-missing`)
   */
  readonly port?: number;

  /**
   * Name of the listener that the exposure is limited to (`listener-missing` if there is none).
   *
   * @default - every listener that fits the port
   */
  readonly listener?: string;

  /**
   * Name of the route object.
   *
   * @default - the root and the gateway: `productpage-bookinfo-gateway`
   */
  readonly name?: string;
}
