import { Dialect } from './dialect';
import { exposedPorts } from './ingress-backend';
import { exposedRules } from '../../model/exposed-rules';
import { Finding } from '../../model/finding';
import { carriesHttp } from '../../model/protocols';
import { Report } from '../../model/report';
import { Client, Exposure, RoutingModel } from '../../model/routing-model';

/** Whether the gateway of an exposure gets in. */
export function checkExposure(model: RoutingModel, exposure: Exposure, dialect: Dialect): Finding[] {
  const report = new Report(exposure.path);
  if (dialect.ingressBackend) checkIngressBackend(report, model, exposure);
  else checkClient(report, model, exposure);
  return report.findings;
}

/**
 * Rules of all ports stand in one list of a sidecar, and the first takes everything: one port is all that can be exposed.
 * @see https://github.com/openservicemesh/osm/blob/v1.2.4/pkg/validator/validators.go (ingressBackendValidator)
 * @see https://github.com/openservicemesh/osm/blob/v1.2.4/pkg/envoy/rds/response.go (MergeInboundPolicies)
 */
function checkIngressBackend(report: Report, model: RoutingModel, exposure: Exposure): void {
  const { gateway } = exposure;
  const port = exposedRules(model, exposure)?.port;
  if (gateway.service === undefined) {
    report.add('exposure-invalid', 'gateway', `Open Service Mesh lets in the gateway "${gateway.name}" only if an IngressBackend can name its Service`,
      'use a `GatewayApiGateway` with `serviceName`');
  }
  if (port && !carriesHttp(port.protocol)) {
    report.add('exposure-invalid', 'port', `an IngressBackend of Open Service Mesh takes HTTP alone, and port ${port.number} is ${port.protocol}`, 'expose a port with HTTP');
  }
  if (port && exposedPorts(model)[0] !== port.targetPort) {
    report.add('exposure-invalid', 'port', 'Open Service Mesh sends what comes from gateways to one port of a pod, and another one is exposed already', 'expose one port');
  }
}

/** TrafficTargets are for those that `allowFrom` names. */
function checkClient(report: Report, { clients }: RoutingModel, { gateway }: Exposure): void {
  if (!clients || clients.some((client) => isSame(client, gateway.client) && client.requests.length === 0)) return;
  report.add('exposure-invalid', 'gateway', `the service lets in named clients only, and the gateway "${gateway.name}" is none of them`,
    'name the account of its pods in `allowFrom`, for all requests');
}

function isSame(a: Client, b: Client): boolean {
  return a.kind === 'service-account' && b.kind === 'service-account' && a.name === b.name && a.namespace === b.namespace;
}
