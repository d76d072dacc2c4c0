import { Finding } from '../finding';
import { RoutingModel, Version } from '../routing-model';
import { Report } from './report';

const MAX_REPLICAS = 2 ** 31 - 1;

export function checkVersions(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  if (model.versions.length === 0) report.add('versions-missing', 'versions', 'the service has no version', 'declare at least one version');
  model.versions.forEach((version, index) => {
    report.wholeNumber('replicas-invalid', `versions.${version.name}.replicas`, version.replicas, 0, MAX_REPLICAS);
    model.versions.slice(0, index).forEach((other) => checkDistinct(report, other, version, index));
  });
  return report.findings;
}

function checkDistinct(report: Report, first: Version, second: Version, index: number): void {
  const place = `versions[${index}]`;
  if (first.name === second.name) {
    report.add('version-duplicate', `${place}.name`, `the version "${second.name}" is declared twice`, 'give each version a name of its own');
  } else if (first.label === second.label) {
    report.add('version-duplicate', `${place}.versionLabel`, `the versions "${first.name}" and "${second.name}" share the label value "${second.label}"`,
      'give each version a `versionLabel` of its own');
  } else if (selects(first, second) || selects(second, first)) {
    report.add('selector-overlap', `${place}.deployment`, `the Deployments "${first.deployment}" and "${second.deployment}" select each other's pods`,
      'give the selectors a label that tells the versions apart');
  }
}

function selects(first: Version, second: Version): boolean {
  const wanted = Object.entries(first.selector);
  return wanted.length > 0 && wanted.every(([key, value]) => second.podLabels[key] === value);
}
