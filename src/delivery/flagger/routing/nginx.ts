import { kubernetes } from './kubernetes';
import { Routing } from './routing';
import { ALL_SETTINGS, refusePolicies, refuseSettings } from './settings';
import { CanarySpecProvider } from '../../../../imports/flagger.app';

/**
 * A copy of the Ingress with the annotations of ingress-nginx: what comes from inside the cluster stays with the stable version.
 * @see https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/router/ingress.go
 */
export const nginx: Routing = {
  ...kubernetes,
  provider: CanarySpecProvider.NGINX,
  weights: true,
  check(report, model) {
    refuseSettings(report, model, 'nginx', ALL_SETTINGS);
    refusePolicies(report, model, 'nginx');
  },
};
