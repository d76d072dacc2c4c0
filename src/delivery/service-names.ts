import { nameProblem } from '../model/names';
import { Report } from '../model/report';
import { RoutingModel } from '../model/routing-model';

const SERVICE_NAME = 'dns-1035-label';

/** Names of Services that are made of the name of the root; what is wrong with that alone is said already. */
export function checkServiceNames(report: Report, { root }: RoutingModel, services: readonly string[]): void {
  if (nameProblem(root.name, SERVICE_NAME)) return;
  for (const service of services) report.name('name', service, SERVICE_NAME, 'give the service a shorter `name`');
}
