import { Routing, RoutingOf } from './routing';
import { ALL_SETTINGS, refuseGateway, refusePolicies, refuseSettings } from './settings';
import { CanarySpecProvider } from '../../../../imports/flagger.app';
import { carriesHttp } from '../../../model/protocols';
import { NAME } from '../name';

/** Versions of TrafficSplit that Flagger writes. */
const PROVIDERS: Readonly<Record<string, CanarySpecProvider>> = {
  'split.smi-spec.io/v1alpha1': CanarySpecProvider.SMI_V1ALPHA1,
  'split.smi-spec.io/v1alpha2': CanarySpecProvider.SMI_V1ALPHA2,
  'split.smi-spec.io/v1alpha3': CanarySpecProvider.SMI_V1ALPHA3,
};

/** @see https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/router/smi_v1alpha2.go */
export const smi: RoutingOf = (written) => {
  const split = written.find(({ kind }) => kind === 'TrafficSplit');
  const provider = split && Object.hasOwn(PROVIDERS, split.apiVersion) ? PROVIDERS[split.apiVersion] : undefined;
  return provider && routing(provider);
};

function routing(provider: CanarySpecProvider): Routing {
  return {
    provider,
    weights: true,
    conditions: false,
    prefixes: false,
    mirror: false,
    sessionAffinity: false,
    ownRoutes: false,
    service: () => ({}),
    checkOutside: (report, _, outside) => refuseGateway(report, outside, provider),
    check(report, model) {
      refuseSettings(report, model, provider, ALL_SETTINGS);
      refusePolicies(report, model, provider);
      // Open Service Mesh makes a share of 0 of it, for which Envoy refuses all listeners of the client.
      for (const [index, { protocol }] of model.ports.entries()) {
        if (!carriesHttp(protocol)) report.add('controller-unfit', `ports[${index}].protocol`, `${NAME} writes weights of 0, which break connections without HTTP`, 'use HTTP, HTTP2 or GRPC');
      }
    },
  };
}
