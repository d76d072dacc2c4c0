import { exactTotal, MAX_PODS, podCounts, roundedAway, weighted } from './pod-counts';
import { ReplicaSplitModel } from './replica-split';
import { derivedCounts, Weighted, weightedRule } from './replicas';
import { Finding } from '../../model/finding';
import { listed } from '../../model/nearest';
import { Report } from '../../model/report';
import { RoutingModel, Version } from '../../model/routing-model';
import { selects } from '../../model/selector';
import { placeOf } from '../../model/validate/place';
import { Fraction, shares } from '../../model/weights';

export interface CheckOptions {
  readonly clusterDomain: string;
  readonly split: ReplicaSplitModel;
}

/** What Services and numbers of pods cannot keep of a model. */
export function check(model: RoutingModel, { clusterDomain, split }: CheckOptions): Finding[] {
  const report = new Report(model.path);
  const found = weightedRule(model);
  report.name('mesh.clusterDomain', clusterDomain, 'dns-host', 'give a DNS name');
  checkSplit(report, split, found ? weighted(found.weights).length : 1);
  checkRootSelector(report, model);
  checkServerNames(report, model);
  if (found) checkReplicas(report, model, found, split);
  return report.findings;
}

function checkSplit(report: Report, split: ReplicaSplitModel, least: number): void {
  const place = 'mesh.replicaSplit';
  if (split.kind === 'total') report.wholeNumber('replicas-invalid', place, split.total, least, MAX_PODS);
  if (split.kind === 'max-error') report.percent('replicas-invalid', place, split.percent);
}

/** What the root leaves out gets no connection, however many pods it has. */
function checkRootSelector(report: Report, model: RoutingModel): void {
  const left = model.versions.filter(({ podLabels }) => !selects({ labels: model.root.selector, expressions: [] }, podLabels));
  if (left.length > 0) {
    report.add('root-selector-unfit', 'rootSelector',
      `without a mesh, the root Service itself shares the traffic out, and its selector leaves out ${listed(left.map(({ name }) => name))}`,
      'use `RootSelector.allVersions()`');
  }
}

function checkServerNames(report: Report, model: RoutingModel): void {
  model.ports.forEach(({ sniHosts }, index) => {
    if (sniHosts.length === 0) return;
    report.add('capability-missing', `ports[${index}].sniHosts`, 'Kubernetes shares connections out whatever their server name',
      'leave it out, or choose a mesh that can');
  });
}

/** Checks that the pods make the weights. That weights or numbers are none, or that a version with a weight has no pods, is said elsewhere. */
function checkReplicas(report: Report, model: RoutingModel, found: Weighted, split: ReplicaSplitModel): void {
  const versions = model.versions.filter(({ replicas }) => Number.isInteger(replicas) && replicas > 0);
  versions.filter(({ name }) => found.weights.get(name) === 0).forEach(({ name }) => {
    report.add('replicas-invalid', `versions.${name}.replicas`, `the weight of "${name}" is 0, and without a mesh every ready pod gets traffic`,
      'give it 0 replicas, or a weight above 0');
  });
  const withTraffic = versions.filter(({ name }) => found.weights.get(name)! > 0);
  if (split.kind !== 'as-declared') checkDerived(report, withTraffic, found, split);
  else if (withTraffic.length === weighted(found.weights).length) checkDeclared(report, withTraffic, found);
}

function checkDerived(report: Report, versions: readonly Version[], { rule, weights }: Weighted, split: ReplicaSplitModel): void {
  const derived = derivedCounts(weights, split);
  if (!derived) {
    if (split.kind === 'max-error') reportTooFine(report, split.percent);
    return;
  }
  if (split.kind === 'total') checkRounding(report, weights, split.total, placeOf(rule, 'weights'));
  versions.filter(({ name, replicas }) => replicas !== derived.get(name)).forEach(({ name, replicas }) => {
    report.add('replicas-invalid', `versions.${name}.replicas`, `${replicas} are declared, and the weights make it ${derived.get(name)}`,
      `make it ${derived.get(name)}, or use \`ReplicaSplit.asDeclared()\``);
  });
}

/** Says nothing about a percentage that is none, which has been reported. */
function reportTooFine(report: Report, percent: number): void {
  if (!(percent >= 0 && percent <= 100)) return;
  report.add('replicas-invalid', 'mesh.replicaSplit', `no ${MAX_PODS} pods or fewer come within ${percent} percentage points of the weights`,
    'allow a greater error, or give weights in smaller numbers');
}

function checkRounding(report: Report, weights: ReadonlyMap<string, number>, total: number, place: string): void {
  const possible = shares(podCounts(weights, total));
  const wanted = shares(weights);
  for (const version of roundedAway(weights, total)) {
    report.add('version-without-replicas', `${place}.${version}`,
      `${percentText(wanted.get(version)!)} of ${total} pods rounds to none, and one pod would be ${percentText(possible.get(version)!)}`,
      `use \`ReplicaSplit.total(${exactTotal(weights)})\`, the fewest pods for just these weights, or weights that ${total} pods can make`);
  }
}

function checkDeclared(report: Report, versions: readonly Version[], { rule, weights }: Weighted): void {
  const made = shares(new Map(versions.map(({ name, replicas }) => [name, replicas])));
  const wanted = shares(weights);
  if (versions.every(({ name }) => isSame(made.get(name)!, wanted.get(name)!))) return;
  const exact = podCounts(weights, exactTotal(weights));
  const texts = versions.map(({ name }) => `"${name}" ${percentText(made.get(name)!)} instead of ${percentText(wanted.get(name)!)}`);
  report.add('replicas-invalid', placeOf(rule, 'weights'), `the replicas give ${texts.join(', ')}`,
    `give ${versions.map(({ name }) => `"${name}" ${exact.get(name)}`).join(', ')}, the fewest for just these weights, or let \`ReplicaSplit.maxError\` choose them`);
}

function isSame(one: Fraction, other: Fraction): boolean {
  return one.numerator === other.numerator && one.denominator === other.denominator;
}

function percentText({ numerator, denominator }: Fraction): string {
  return `${Number((100 * numerator / denominator).toPrecision(4))} %`;
}
