import { Routing, RoutingOf } from './routing';
import { CanarySpecProvider, CanarySpecService } from '../../../../imports/flagger.app';
import { duration } from '../../../meshes/duration';
import { trafficPolicy } from '../../../meshes/istio/destination-rule';
import { headers } from '../../../meshes/istio/http-route';
import { RoutingModel, Rule } from '../../../model/routing-model';
import { NAME } from '../name';

/**
 * Flagger writes one VirtualService with one route, and a DestinationRule for each of its two Services.
 * @see https://github.com/fluxcd/flagger/blob/v1.44.0/pkg/router/istio.go
 */
const ROUTING: Routing = {
  provider: CanarySpecProvider.ISTIO,
  weights: true,
  conditions: true,
  prefixes: true,
  mirror: true,
  sessionAffinity: true,
  service,
  check(report, model) {
    const tcp = ['maxConnections', 'connectTimeout', 'tcpIdleTimeout', 'maxConnectionDuration'] as const;
    const pool = policyOf(model)?.connectionPool;
    for (const setting of tcp.filter((field) => pool?.[field] !== undefined)) {
      report.add('controller-unfit', `trafficPolicy.connectionPool.${setting}`, `${NAME} has no limits of TCP connections`, 'drop the limit');
    }
  },
};

function policyOf(model: RoutingModel): RoutingModel['trafficPolicy'] {
  return model.versions[0]?.trafficPolicy ?? model.trafficPolicy;
}

function service(model: RoutingModel, rule: Rule): Partial<CanarySpecService> {
  const policy = policyOf(model);
  const { action } = rule;
  const forward = action.kind === 'forward' ? action : undefined;
  const { retries, timeout, rewrite } = forward ?? {};
  return {
    timeout: duration(timeout),
    retries: retries && { attempts: retries.attempts, perTryTimeout: duration(retries.perTryTimeout), retryOn: retries.conditions.join(',') || undefined },
    headers: headers(rule),
    rewrite: rewrite && { authority: rewrite.hostname },
    // The same fields by other names of their types: those of Istio's own DestinationRule.
    trafficPolicy: policy && (trafficPolicy(policy) as CanarySpecService['trafficPolicy']),
  };
}

export const istio: RoutingOf = (written) => (written.some(({ kind }) => kind === 'VirtualService') ? ROUTING : undefined);
