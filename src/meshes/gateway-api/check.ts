import { checkRoute } from './check-route';
import { Implementation } from './implementation';
import { GatewayApiOptions, TcpRouteVersion } from './options';
import { planMeshRoutes } from './render';
import { Finding } from '../../model/finding';
import { hasRules } from '../../model/protocols';
import { Report } from '../../model/report';
import { RoutingModel } from '../../model/routing-model';

/** What routes on Services cannot keep of a model. */
export function check(model: RoutingModel, options: GatewayApiOptions, implementation: Implementation): Finding[] {
  const report = new Report(model.path);
  if (!hasRules(model)) return [];
  if (implementation.meshKinds.length === 0) {
    report.add('capability-missing', 'mesh.implementation',
      `${implementation.name} takes routes for gateways only, so that requests inside the cluster would not follow the rules`,
      'choose an implementation that takes routes for Services, or `splitByPods`');
    return report.findings;
  }
  const plans = model.ports.flatMap((port) => planMeshRoutes(model, port, implementation));
  const version = options.tcpRouteVersion ?? TcpRouteVersion.V1ALPHA2;
  if (plans.some(({ kind }) => kind === 'TCPRoute') && !implementation.tcpRouteVersions.includes(version)) {
    report.add('capability-missing', 'mesh.tcpRouteVersion', `${implementation.name} does not know TCPRoutes of version ${version}`,
      `use one of ${implementation.tcpRouteVersions.join(', ')}`);
  }
  plans.forEach((plan) => checkRoute(report, plan, implementation, [{ port: plan.port.number, scheme: 'http' }]));
  return report.findings;
}
