import { ArgoContext } from './context';
import { NAME } from './name';
import { ArgoSplitLevel } from './options';
import { Report } from '../../model/report';
import { checkServiceNames } from '../service-names';

/** Whether the roles have what they are to be told apart by. */
export function checkLevel(report: Report, { service, routing, model, props: { splitLevel, ingress } }: ArgoContext): void {
  if (routing?.level === ArgoSplitLevel.HOST) checkServiceNames(report, model, model.versions.map(({ leaf }) => leaf));
  if (splitLevel === undefined || !routing || routing.level === splitLevel) return;
  const where = ingress === undefined ? `on the mesh "${service.driver?.name}"` : `with the Ingress "${ingress}"`;
  const what = splitLevel === ArgoSplitLevel.SUBSET ? 'subsets' : 'Services';
  report.add('controller-unfit', 'splitLevel', `${NAME} does not tell pods apart by ${what} ${where}`, routing.level ? `drop it, or use \`ArgoSplitLevel.${routing.level}\`` : 'drop it');
}
