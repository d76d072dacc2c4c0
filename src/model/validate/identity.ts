import { Finding } from '../finding';
import { nameProblem } from '../names';
import { Report } from '../report';
import { RoutingModel, Version } from '../routing-model';

/** Names and labels of everything that the service makes. */
export function checkNames(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  report.name('name', model.root.name, 'dns-1035-label', 'give the root Service a valid `name`');
  report.name('namespace', model.namespace, 'dns-1123-label', 'give a valid `namespace`');
  report.name('appLabelKey', model.app.key, 'label-key', 'give a valid `appLabelKey`');
  report.name('versionLabelKey', model.versionKey, 'label-key', 'give a valid `versionLabelKey`');
  if (model.app.key === model.versionKey) {
    report.add('label-invalid', 'versionLabelKey', `both labels have the key "${model.versionKey}"`, 'give the label of the versions a key of its own');
  }
  if (model.app.value !== model.root.name || !nameProblem(model.root.name, 'dns-1035-label')) {
    report.name('app', model.app.value, 'label-value', 'give a valid `app`');
  }
  checkRootSelector(report, model);
  for (const version of model.versions) checkVersion(report, model, version);
  return report.findings;
}

function checkRootSelector(report: Report, model: RoutingModel): void {
  const labels = Object.entries(model.root.selector);
  if (labels.length === 0 && !model.root.existing) report.add('root-selector-unfit', 'rootSelector', 'the selector is empty, so that the root Service has no pods', 'give it a label, or use `RootSelector.none()`');
  for (const [key, value] of labels) {
    if (key === model.app.key && value === model.app.value) continue;
    report.name('rootSelector', key, 'label-key', 'give a valid label key');
    report.name('rootSelector', value, 'label-value', 'give a valid label value');
  }
}

/** What is derived from a bad root or version name is bad for the same reason: that was said already. */
function checkVersion(report: Report, model: RoutingModel, version: Version): void {
  const place = `versions.${version.name}`;
  const derived = nameProblem(model.root.name, 'dns-1035-label') || nameProblem(version.name, 'dns-1123-label') ? `${model.root.name}-${version.name}` : undefined;
  report.name(`${place}.name`, version.name, 'dns-1123-label', 'rename the version; `versionLabel` keeps a label value of its own');
  if (version.label !== version.name) report.name(`${place}.versionLabel`, version.label, 'label-value', 'give a valid `versionLabel`');
  if (version.leaf !== derived) report.name(`${place}.leafName`, version.leaf, 'dns-1035-label', 'give the version a `leafName` of its own');
  if (version.deployment !== derived) {
    report.name(`${place}.deploymentName`, version.deployment, 'deployment-name', 'give the version a `deploymentName` of its own');
  }
  if (version.serviceAccount !== derived) {
    report.name(`${place}.serviceAccountName`, version.serviceAccount, 'dns-1123-subdomain', 'give the version a `serviceAccountName` of its own');
  }
}
