import { Dialect } from './dialect';
import { Finding } from '../../model/finding';
import { Report } from '../../model/report';
import { versionsLeftOut } from '../../model/root-coverage';
import { RoutingModel } from '../../model/routing-model';

/** What a mesh that follows SMI cannot keep of a model. */
export function check(model: RoutingModel, dialect: Dialect): Finding[] {
  const report = new Report(model.path);
  if (dialect.rootSelectsAll) checkRootSelector(report, model, dialect);
  checkSharedAccounts(report, model);
  for (const name of ['trafficSplitName', 'httpRouteGroupName', 'tcpRouteName'] as const) {
    const given = dialect[name];
    if (given !== undefined) report.name(`mesh.${name}`, given, 'dns-1123-subdomain', 'give a valid name');
  }
  return report.findings;
}

/** The mesh asks the root Service which pods stand behind a split. */
function checkRootSelector(report: Report, model: RoutingModel, dialect: Dialect): void {
  const left = versionsLeftOut(model);
  if (left.length > 0) {
    report.add('root-selector-unfit', 'rootSelector', `${dialect.name} needs a root Service that selects every version, and its selector leaves out ${left.map(({ name }) => `"${name}"`).join(', ')}`,
      'use `RootSelector.allVersions()`');
  }
}

/** A TrafficTarget names an account: pods of other services under the same account would be opened too. */
function checkSharedAccounts(report: Report, model: RoutingModel): void {
  if (!model.clients) return;
  model.versions.filter(({ serviceAccount }) => serviceAccount === 'default').forEach(({ name }) => {
    report.add('access-invalid', `versions.${name}`, 'its pods run under the account "default", like all others that say nothing, and access goes by account',
      'give the version a service account of its own');
  });
}
