import { ApiObject } from 'cdk8s';
import { RolloutSpecStrategyCanary } from '../../../../imports/argoproj.io';
import { Report } from '../../../model/report';
import { RoutingModel } from '../../../model/routing-model';
import { Controlled } from '../../controlled';
import { Outside } from '../../outside';
import { OwnedFields } from '../../owned-fields';
import { ArgoSplitLevel } from '../options';

/** What the library knows about one way of Argo Rollouts to move traffic. */
export interface Routing {
  /** What the roles are told apart by: with `HOST` each has a Service of its own. `undefined`: by nothing, one Service leads to the pods of both. */
  readonly level?: ArgoSplitLevel;
  /** Whether the controller changes routes that the mesh writes; else it writes its own, or needs none. */
  readonly routes: boolean;
  /** Whether weights are those of routes; else numbers of pods. */
  readonly weights: boolean;
  readonly headerRoutes: boolean;
  readonly mirrorRoutes: boolean;
  /** Whether added routes are limited to what the others let in. */
  readonly limited: boolean;
  /** What the controller is told about the objects that the mesh and the gateways have written. */
  strategy(model: RoutingModel, written: readonly ApiObject[], managedRoutes: readonly string[]): Partial<RolloutSpecStrategyCanary>;
  /** Whether a gateway gets the shares of each step: it reads what the controller changes. */
  reaches(outside: Outside): boolean;
  /** What it cannot keep of the service. */
  check(report: Report, model: RoutingModel): void;
  /** What it cannot keep of the routes that a rollout adds, although it has some. */
  checkAdded(report: Report, service: Controlled): void;
  /** What it changes in these objects. */
  owned(written: readonly ApiObject[], managedRoutes: readonly string[]): OwnedFields[];
}

/** The way for the objects that a mesh reads, if there is one. */
export type RoutingOf = (written: readonly ApiObject[], model: RoutingModel) => Routing | undefined;
