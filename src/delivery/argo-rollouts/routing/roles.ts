import { RolloutSpecStrategyCanary } from '../../../../imports/argoproj.io';
import { RoutingModel } from '../../../model/routing-model';
import { CANARY, STABLE } from '../roles';

/** The Services of the two roles. */
export function roleServices({ versions }: RoutingModel): Pick<RolloutSpecStrategyCanary, 'stableService' | 'canaryService'> {
  const leafOf = (role: string) => versions.find(({ name }) => name === role)?.leaf;
  return { stableService: leafOf(STABLE), canaryService: leafOf(CANARY) };
}
