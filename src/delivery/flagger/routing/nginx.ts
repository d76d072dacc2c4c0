import { kubernetes } from './kubernetes';
import { Routing } from './routing';
import { ALL_SETTINGS, refuseGateway, refusePolicies, refuseSettings } from './settings';
import { CanarySpecProvider } from '../../../../imports/flagger.app';
import { NAME as NGINX } from '../../../meshes/ingress-nginx/name';
import { NAME } from '../name';

export { NGINX };

/**
 * A copy of the Ingress with the annotations of ingress-nginx: what comes from inside the cluster stays with the stable version.
 * @see https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/router/ingress.go
 */
export const nginx: Routing = {
  ...kubernetes,
  provider: CanarySpecProvider.NGINX,
  weights: true,
  checkOutside(report, _model, outside, [first]) {
    if (outside.exposure.gateway.system !== NGINX) refuseGateway(report, outside, 'nginx');
    else if (outside !== first) report.add('controller-unfit', 'gateway', `${NAME} splits the traffic of one Ingress, and another one is "${first.exposure.name}"`, 'expose all hosts in one exposure');
  },
  check(report, model) {
    refuseSettings(report, model, 'nginx', ALL_SETTINGS);
    refusePolicies(report, model, 'nginx');
  },
};
