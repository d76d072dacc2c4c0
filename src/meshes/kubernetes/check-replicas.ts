import { exactTotal, MAX_PODS, podCounts, roundedAway, weighted } from './pod-counts';
import { ReplicaSplitModel } from './replica-split';
import { derivedCounts, isSound } from './replicas';
import { Report } from '../../model/report';
import { RoutingModel, Version } from '../../model/routing-model';
import { placeOf } from '../../model/validate/place';
import { Weighted } from '../../model/weighted-rule';
import { Fraction, shares } from '../../model/weights';

/**
 * Whether the pods make the weights. What is wrong with the weights, the numbers or the option themselves is said elsewhere, and so is a version
 * that gets traffic and has no pods.
 */
export function checkReplicas(report: Report, model: RoutingModel, found: Weighted, split: ReplicaSplitModel): void {
  const running = model.versions.filter(({ replicas }) => Number.isInteger(replicas) && replicas > 0);
  if (split.kind === 'as-declared') checkDeclared(report, running, found);
  else if (isSound(split, found.weights)) checkDerived(report, running, found, split);
}

/** Whatever else changes the number of pods changes the shares. */
export function checkAutoscalers(report: Report, model: RoutingModel): void {
  for (const { name } of model.versions.filter(({ autoscaling }) => autoscaling)) {
    report.add('autoscaling-mixed', `versions.${name}.autoscaling`, 'without a mesh the pods make the shares, and the autoscaler would change them',
      'use `splitByPods`, or drop it');
  }
}

function checkDeclared(report: Report, running: readonly Version[], found: Weighted): void {
  checkIdle(report, running, found);
  const counts = new Map(running.filter(({ name }) => found.weights.get(name)! > 0).map(({ name, replicas }) => [name, replicas]));
  if (counts.size < weighted(found.weights).length) return;
  const made = shares(counts);
  const wanted = shares(found.weights);
  if ([...wanted].every(([name, share]) => isSame(share, made.get(name)!))) return;
  const exact = podCounts(found.weights, exactTotal(found.weights));
  const texts = [...wanted].map(([name, share]) => `"${name}" ${percentText(made.get(name)!)} instead of ${percentText(share)}`);
  const fewest = [...wanted.keys()].map((name) => `"${name}" ${exact.get(name)}`);
  report.add('replicas-invalid', placeOf(found.rule, 'weights'), `the replicas give ${texts.join(', ')}`,
    `give ${fewest.join(', ')}, the fewest for just these weights, or use \`ReplicaSplit.maxError\``);
}

/** Behind one Service, a version without traffic is one without pods. */
function checkIdle(report: Report, running: readonly Version[], { weights }: Weighted): void {
  for (const { name } of running.filter((version) => weights.get(version.name) === 0)) {
    report.add('replicas-invalid', `versions.${name}.replicas`, `the weight of "${name}" is 0, and without a mesh every ready pod gets traffic`,
      'give it 0 replicas, or a weight above 0');
  }
}

function checkDerived(report: Report, running: readonly Version[], found: Weighted, split: ReplicaSplitModel): void {
  const derived = derivedCounts(found.weights, split);
  if (!derived) {
    report.add('replicas-invalid', 'mesh.replicaSplit', `${MAX_PODS} pods are too few to come that close to the weights`,
      'allow a greater error, or give weights in smaller numbers');
    return;
  }
  if (split.kind === 'total') checkRounding(report, found, split.total);
  for (const { name, replicas } of running.filter((version) => version.replicas !== derived.get(version.name))) {
    report.add('replicas-invalid', `versions.${name}.replicas`, `${replicas} are declared, and the weights make it ${derived.get(name)}`,
      `make it ${derived.get(name)}, or use \`ReplicaSplit.asDeclared()\``);
  }
}

/** The share of a version that got its only pod against all rounding is not near the declared one. */
function checkRounding(report: Report, { rule, weights }: Weighted, total: number): void {
  const made = shares(podCounts(weights, total));
  const wanted = shares(weights);
  for (const name of roundedAway(weights, total)) {
    report.add('version-without-replicas', placeOf(rule, `weights.${name}`),
      `${percentText(wanted.get(name)!)} of ${total} pods rounds to none, and one pod would get ${percentText(made.get(name)!)}`,
      `use \`ReplicaSplit.total(${exactTotal(weights)})\`, the fewest pods for just these weights, or weights that ${total} pods can make`);
  }
}

function isSame(one: Fraction, other: Fraction): boolean {
  return one.numerator === other.numerator && one.denominator === other.denominator;
}

function percentText({ numerator, denominator }: Fraction): string {
  return `${Number((100 * numerator / denominator).toPrecision(4))} %`;
}
