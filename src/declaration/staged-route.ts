import { RouteProps } from './route';
import { ServiceDeclaration } from './service-declaration';
import { Places } from '../model/routing-model';

/** Where a rule and parts of it were declared. */
export interface RulePlaces {
  readonly place: string;
  readonly places?: Places;
}

/** A route at a stage of a rollout, which may come from a step. */
export interface StagedRoute extends RouteProps {
  readonly declaredAt?: RulePlaces;
}

/** A service at a stage of a rollout, some of which comes from steps. */
export interface StagedDeclaration extends ServiceDeclaration {
  readonly routes?: StagedRoute[];
  /** Where steps declared what takes the place of the service's own. */
  readonly places?: Places;
}
