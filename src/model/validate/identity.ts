import { Finding } from '../finding';
import { RoutingModel } from '../routing-model';
import { Report } from './report';

/** Names and labels of everything that the service makes. */
export function checkNames(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  report.name('name', model.root.name, 'dns-1035-label', 'give the root Service a valid `name`');
  report.name('namespace', model.namespace, 'dns-1123-label', 'give a valid `namespace`');
  report.name('appLabelKey', model.app.key, 'label-key', 'give a valid `appLabelKey`');
  report.name('versionLabelKey', model.versionKey, 'label-key', 'give a valid `versionLabelKey`');
  report.name('app', model.app.value, 'label-value', 'give a valid `app`');
  for (const [key, value] of Object.entries(model.root.selector)) {
    report.name('rootSelector', key, 'label-key', 'give a valid label key');
    report.name('rootSelector', value, 'label-value', 'give a valid label value');
  }
  for (const version of model.versions) {
    const place = `versions.${version.name}`;
    report.name(`${place}.name`, version.name, 'dns-1123-label', 'rename the version; `versionLabel` keeps a label value of its own');
    report.name(`${place}.versionLabel`, version.label, 'label-value', 'give a valid `versionLabel`');
    report.name(`${place}.leafName`, version.leaf, 'dns-1035-label', 'give the version a `leafName` of its own');
    report.name(`${place}.deploymentName`, version.deployment, 'dns-1123-subdomain', 'give the version a `deploymentName` of its own');
    report.name(`${place}.serviceAccountName`, version.serviceAccount, 'dns-1123-subdomain', 'give the version a `serviceAccountName` of its own');
  }
  return report.findings;
}
