import { ArgoRolloutProps } from './options';
import { Routing } from './routing/routing';
import { RoutingModel } from '../../model/routing-model';
import { Controlled } from '../controlled';

/** A service, and what Argo Rollouts is told about it. */
export interface ArgoContext {
  readonly service: Controlled;
  /** The service with the pods of the template as its only version. */
  readonly target: RoutingModel;
  /** The service with the two roles as its versions, for Services and routes. */
  readonly model: RoutingModel;
  readonly props: ArgoRolloutProps;
  /** `undefined`: Argo Rollouts knows nothing of the mesh. An exposure may change it: read it at synthesis, not before. */
  readonly routing?: Routing;
}
