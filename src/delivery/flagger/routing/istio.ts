import { ApiObject } from 'cdk8s';
import { Routing, RoutingOf } from './routing';
import { refuseConditions, refuseGateway } from './settings';
import { CanarySpecProvider, CanarySpecService } from '../../../../imports/flagger.app';
import { duration } from '../../../meshes/duration';
import { trafficPolicy } from '../../../meshes/istio/destination-rule';
import { headers } from '../../../meshes/istio/http-route';
import { candidatePorts, fittingListeners, gatewayKey } from '../../../model/exposed-rules';
import { carriesHttp } from '../../../model/protocols';
import { Report } from '../../../model/report';
import { RoutingModel, Rule } from '../../../model/routing-model';
import { Outside } from '../../outside';
import { STAGES } from '../../remedy';
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
  ownRoutes: true,
  service,
  checkOutside,
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

function service(model: RoutingModel, rule: Rule, outside: readonly Outside[]): Partial<CanarySpecService> {
  const policy = policyOf(model);
  const { action } = rule;
  const forward = action.kind === 'forward' ? action : undefined;
  const { retries, timeout, rewrite } = forward ?? {};
  return {
    ...gatewaysOf(outside),
    timeout: duration(timeout),
    retries: retries && { attempts: retries.attempts, perTryTimeout: duration(retries.perTryTimeout), retryOn: retries.conditions.join(',') || undefined },
    headers: headers(rule),
    rewrite: rewrite && { authority: rewrite.hostname },
    // The same fields by other names of their types: those of Istio's own DestinationRule.
    trafficPolicy: policy && (trafficPolicy(policy) as CanarySpecService['trafficPolicy']),
  };
}

/** Named gateways take the place of the mesh itself, which has to be named beside them. */
function gatewaysOf(outside: readonly Outside[]): Partial<CanarySpecService> {
  if (outside.length === 0) return {};
  const gateways = outside.map(({ exposure }) => gatewayKey(exposure.gateway));
  return { gateways: ['mesh', ...new Set(gateways)], hosts: [...outside[0].exposure.hosts] };
}

/** @see https://github.com/istio/istio/blob/master/pkg/config/validation/validation.go (validateVirtualService: no host "*" for the mesh) */
function checkOutside(report: Report, model: RoutingModel, outside: Outside, others: readonly Outside[]): void {
  const { exposure, options, written } = outside;
  if (!written.some(isVirtualService)) return refuseGateway(report, outside, 'istio');
  refuseConditions(report, outside, others);
  const [port] = candidatePorts(model, exposure);
  if (!port) return;
  if (!carriesHttp(port.protocol)) {
    report.add('controller-unfit', 'port', `${NAME} names no port of a gateway, which ${port.protocol} needs`, `use HTTP, HTTP2 or GRPC, or ${STAGES}`);
  } else if (exposure.hosts.includes('*')) {
    report.add('controller-unfit', 'hosts', `${NAME} writes one VirtualService for the mesh and the gateway, and "*" is no host of the mesh`, 'name the hosts');
  }
  if (options.listener !== undefined && fittingListeners({ ...exposure, listener: undefined }, port).length > 1) {
    report.add('controller-unfit', 'listener', `${NAME} names no listener, and the gateway "${exposure.gateway.name}" has several`, 'drop the listener');
  }
}

function isVirtualService({ kind }: ApiObject): boolean {
  return kind === 'VirtualService';
}

export const istio: RoutingOf = (written) => (written.some(isVirtualService) ? ROUTING : undefined);
