import { Duration } from 'cdk8s';
import { CookieMatch } from './cookie-match';
import { Fault } from './fault';
import { Gateway } from './gateway';
import { HeaderChanges } from './header-changes';
import { HeaderMatch } from './header-match';
import { HttpMethod } from './http-method';
import { Mirror } from './mirror';
import { PathMatch } from './path-match';
import { QueryMatch } from './query-match';
import { Redirect } from './redirect';
import { Retries } from './retries';
import { Rewrite } from './rewrite';
import { SourceMatch } from './source-match';

/**
 * Conditions on a request, all of which have to hold. A request that no one could send is refused (`conditions-contradict`), as are two
 * conditions on one header or parameter that no single one can say (`conditions-inexpressible`).
 */
export interface RouteMatch {
  /**
   * Condition on the path.
   *
   * @default - any path
   */
  readonly path?: PathMatch;

  /**
   * Method of the request.
   *
   * @default - any method
   */
  readonly method?: HttpMethod;

  /**
   * Conditions on headers.
   *
   * @default - none
   */
  readonly headers?: HeaderMatch[];

  /**
   * Conditions on query parameters.
   *
   * @default - none
   */
  readonly queryParams?: QueryMatch[];

  /**
   * Condition on a cookie; one at most.
   *
   * @default - none
   */
  readonly cookies?: CookieMatch[];

  /**
   * Condition on the pod that sends the request. Not together with `gateway` (`conditions-contradict`).
   *
   * @default - any sender
   */
  readonly source?: SourceMatch;

  /**
   * Gateway that the request comes through, one that the service is exposed on (`gateway-unknown` otherwise).
   *
   * @default - any way in
   */
  readonly gateway?: Gateway;
}

/**
 * A rule for some requests. Routes are tried in their order, before the weights of the service itself; the first whose matches hold decides.
 *
 * A route that earlier ones leave nothing for is refused (`rule-unreachable`, `rule-duplicate`).
 */
export interface RouteProps {
  /**
   * Name of the route, seen in telemetry.
   *
   * @default - none
   */
  readonly name?: string;

  /**
   * Which requests the route takes: those for which one of the matches holds.
   *
   * @default - every request
   */
  readonly matches?: RouteMatch[];

  /**
   * Service port that the route is limited to, a declared one (`port-unknown` otherwise).
   *
   * @default - every port. Conditions and filters of HTTP act on the ports that carry HTTP; a service without such a port refuses them
   * (`rule-needs-http`).
   */
  readonly port?: number;

  /**
   * How versions share the requests: whole numbers from 0 to 1000000 by version name, taken as proportions (`weight-invalid`,
   * `version-unknown`). Versions left out get nothing; all 0 is refused (`weights-zero`).
   *
   * @default - the weights of the service
   */
  readonly weights?: { [version: string]: number };

  /**
   * A fault that the requests run into.
   *
   * @default - none
   */
  readonly fault?: Fault;

  /**
   * Versions that get copies of the requests.
   *
   * @default - none
   */
  readonly mirrors?: Mirror[];

  /**
   * Changes to request headers.
   *
   * @default - none
   */
  readonly requestHeaders?: HeaderChanges;

  /**
   * Changes to response headers.
   *
   * @default - none
   */
  readonly responseHeaders?: HeaderChanges;

  /**
   * Change to host or path before the request reaches a version.
   *
   * @default - none
   */
  readonly rewrite?: Rewrite;

  /**
   * Sends the client elsewhere instead of forwarding. Not together with settings for forwarded requests (`redirect-mixed`).
   *
   * @default - the requests are forwarded
   */
  readonly redirect?: Redirect;

  /**
   * Longest time for a request with all its attempts, at least 1 ms (`timeout-invalid` otherwise).
   *
   * @default - the timeout of the service
   */
  readonly timeout?: Duration;

  /**
   * Whether failed requests are tried again.
   *
   * @default - the retries of the service
   */
  readonly retries?: Retries;
}
