import { ApiObject } from 'cdk8s';
import { CanarySpecProvider, CanarySpecService } from '../../../../imports/flagger.app';
import { Report } from '../../../model/report';
import { RoutingModel, Rule } from '../../../model/routing-model';
import { Outside } from '../../outside';

/** What the library knows about one of Flagger's providers. */
export interface Routing {
  readonly provider: CanarySpecProvider;
  /** Whether it moves weights; without them everything goes over at once. */
  readonly weights: boolean;
  /** Whether it sends some requests to the candidate by their conditions. */
  readonly conditions: boolean;
  /** Whether a condition may be the beginning of a value. */
  readonly prefixes: boolean;
  readonly mirror: boolean;
  readonly sessionAffinity: boolean;
  /** Whether Flagger writes the routes for gateways too, so that the gateways do not. */
  readonly ownRoutes: boolean;
  /** What it makes of the one rule that it has, and of the gateways that it comes through. */
  service(model: RoutingModel, rule: Rule, outside: readonly Outside[]): Partial<CanarySpecService>;
  /** What it cannot keep of an exposure. */
  checkOutside(report: Report, model: RoutingModel, outside: Outside, others: readonly Outside[]): void;
  /** What it cannot keep of the service although Flagger has a field for it. */
  check(report: Report, model: RoutingModel): void;
}

/** The provider for the objects that a mesh reads, if there is one. */
export type RoutingOf = (written: readonly ApiObject[]) => Routing | undefined;
