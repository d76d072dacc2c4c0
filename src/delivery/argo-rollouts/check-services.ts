import { ArgoContext } from './context';
import { NAME } from './name';
import { ArgoSplitLevel } from './options';
import { nameProblem } from '../../model/names';
import { Report } from '../../model/report';
import { RoutingModel } from '../../model/routing-model';

const SERVICE_NAME = 'dns-1035-label';

/** Whether the roles have what they are to be told apart by. */
export function checkLevel(report: Report, { service, routing, model, props: { splitLevel, ingress } }: ArgoContext): void {
  if (routing?.level === ArgoSplitLevel.HOST) checkNames(report, model, model.versions.map(({ leaf }) => leaf));
  if (splitLevel === undefined || !routing || routing.level === splitLevel) return;
  const where = ingress === undefined ? `on the mesh "${service.driver?.name}"` : `with the Ingress "${ingress}"`;
  const what = splitLevel === ArgoSplitLevel.SUBSET ? 'subsets' : 'Services';
  report.add('controller-unfit', 'splitLevel', `${NAME} does not tell pods apart by ${what} ${where}`, routing.level ? `drop it, or use \`ArgoSplitLevel.${routing.level}\`` : 'drop it');
}

/** Names that are made of the name of the root; what is wrong with that alone is said already. */
export function checkNames(report: Report, { root }: RoutingModel, services: readonly string[]): void {
  if (nameProblem(root.name, SERVICE_NAME)) return;
  for (const service of services) report.name('name', service, SERVICE_NAME, 'give the service a shorter `name`');
}
