import { FlaggerCanaryProps } from './options';
import { Routing } from './routing/routing';
import { RoutingModel } from '../../model/routing-model';
import { Controlled } from '../controlled';

/** A service, and what Flagger is told about it. */
export interface FlaggerContext {
  readonly service: Controlled;
  /** The service with the pods of the target as its only version. */
  readonly model: RoutingModel;
  readonly props: FlaggerCanaryProps;
  /** `undefined`: Flagger knows nothing of the mesh. An exposure may change it: read it at synthesis, not before. */
  readonly routing?: Routing;
}
