import { Routing } from './routing';
import { ALL_SETTINGS, refusePolicies, refuseSettings } from './settings';
import { CanarySpecProvider } from '../../../../imports/flagger.app';

/** Services alone: the pods of the candidate are looked at without traffic, and then everything goes over, whoever sends it. */
export const kubernetes: Routing = {
  provider: CanarySpecProvider.KUBERNETES,
  weights: false,
  conditions: false,
  prefixes: false,
  mirror: false,
  sessionAffinity: false,
  ownRoutes: false,
  service: () => ({}),
  checkOutside: () => undefined,
  check(report, model) {
    refuseSettings(report, model, 'kubernetes', ALL_SETTINGS);
    refusePolicies(report, model, 'kubernetes');
  },
};
