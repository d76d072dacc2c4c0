import { Finding } from '../finding';
import { Report } from '../report';
import { RoutingModel, Version } from '../routing-model';
import { selects } from '../selector';

const MAX_REPLICAS = 2 ** 31 - 1;

export function checkVersions(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  if (model.versions.length === 0) report.add('versions-missing', 'versions', 'the service has no version', 'declare at least one version');
  checkRootAsLeaf(report, model);
  model.versions.forEach((version, index) => {
    report.wholeNumber('replicas-invalid', `versions.${version.name}.replicas`, version.replicas, 0, MAX_REPLICAS);
    checkAutoscaling(report, version);
    checkBudget(report, version);
    const earlier = model.versions.slice(0, index);
    const twin = earlier.find((other) => other.name === version.name) ?? earlier.find((other) => other.label === version.label);
    if (twin) reportTwin(report, twin, version, `versions[${index}]`);
    else earlier.forEach((other) => checkOverlap(report, other, version, `versions[${index}].deployment`));
  });
  return report.findings;
}

function checkAutoscaling(report: Report, { name, autoscaling }: Version): void {
  if (!autoscaling) return;
  const place = `versions.${name}.autoscaling`;
  const { minReplicas, maxReplicas, cpuPercent, memoryPercent } = autoscaling;
  report.wholeNumber('autoscaling-invalid', `${place}.minReplicas`, minReplicas, 1, MAX_REPLICAS);
  report.wholeNumber('autoscaling-invalid', `${place}.maxReplicas`, maxReplicas, 1, MAX_REPLICAS);
  report.wholeNumber('autoscaling-invalid', `${place}.cpuPercent`, cpuPercent, 1, MAX_REPLICAS);
  report.wholeNumber('autoscaling-invalid', `${place}.memoryPercent`, memoryPercent, 1, MAX_REPLICAS);
  if (maxReplicas < minReplicas) {
    report.add('autoscaling-invalid', `${place}.maxReplicas`, `it is ${maxReplicas}, and \`minReplicas\` is ${minReplicas}`, 'give the larger number as `maxReplicas`');
  }
}

/** @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/#think-about-how-your-application-reacts-to-disruptions */
function checkBudget(report: Report, { name, disruptionBudget }: Version): void {
  if (!disruptionBudget) return;
  const place = `versions.${name}.disruptionBudget`;
  const { value } = disruptionBudget;
  if (typeof value === 'number') report.wholeNumber('disruption-budget-invalid', place, value, 0, MAX_REPLICAS);
  else if (!/^(100|[1-9]?[0-9])%$/.test(value)) report.add('disruption-budget-invalid', place, `the share is ${value}`, 'give a whole number of percent from 0 to 100');
}

/** A root that is a version's leaf stands for that version alone. */
function checkRootAsLeaf(report: Report, model: RoutingModel): void {
  if (model.root.existing) return;
  const own = model.versions.filter(({ leaf }) => leaf === model.root.name);
  const root = { labels: model.root.selector, expressions: [] };
  const wrong = model.versions.filter((version) => selects(root, version.podLabels) !== own.includes(version));
  if (own.length > 0 && wrong.length > 0) {
    report.add('root-selector-unfit', 'rootSelector', `the root is the leaf of "${own[0].name}", and its selector is not for that version alone`,
      'leave `rootSelector` out, or give the version a `leafName` of its own');
  }
}

function reportTwin(report: Report, first: Version, second: Version, place: string): void {
  if (first.name === second.name) {
    report.add('version-duplicate', `${place}.name`, `the version "${second.name}" is declared twice`, 'give each version a name of its own');
  } else {
    report.add('version-duplicate', `${place}.versionLabel`, `the versions "${first.name}" and "${second.name}" share the label value "${second.label}"`,
      'give each version a `versionLabel` of its own');
  }
}

function checkOverlap(report: Report, first: Version, second: Version, place: string): void {
  // That one name stands for two Deployments is a finding already, and so is what existing selectors take in.
  if (first.deployment === second.deployment || first.existing || second.existing) return;
  for (const [one, other] of [[first, second], [second, first]]) {
    if (!selects(one.selector, other.podLabels)) continue;
    report.add('selector-overlap', place, `the Deployment "${one.deployment}" also selects the pods of "${other.deployment}"`,
      'give its selector a label that tells the versions apart');
  }
}
