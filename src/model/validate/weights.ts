import { Finding } from '../finding';
import { listed, suggestion } from '../nearest';
import { RoutingModel, Rule } from '../routing-model';
import { MAX_WEIGHT, totalWeight } from '../weights';
import { placeOf } from './place';
import { Report } from '../report';

export function checkWeights(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  for (const rule of model.rules) {
    if (rule.action.kind === 'forward' && rule.action.split.kind === 'weights') {
      checkSplit(report, model, rule, rule.action.split.weights);
    }
  }
  return report.findings;
}

function checkSplit(report: Report, model: RoutingModel, rule: Rule, weights: ReadonlyMap<string, number>): void {
  const place = placeOf(rule, 'weights');
  if (weights.size === 0) {
    if (model.versions.length === 0) return;
    report.add('weights-missing', place, `nothing says how the versions (${listed(model.versions.map(({ name }) => name))}) share the traffic`,
      'give `weights`, or `splitByPods: true` to leave the shares to the number of pods');
    return;
  }
  const invalid = [...weights].filter(([, weight]) => !(Number.isInteger(weight) && weight >= 0 && weight <= MAX_WEIGHT));
  for (const [version, weight] of invalid) {
    report.add('weight-invalid', placeOf(rule, `weights.${version}`), `the weight is ${weight}`, `give a whole number from 0 to ${MAX_WEIGHT}`);
  }
  for (const [name, weight] of weights) checkVersion(report, model, placeOf(rule, `weights.${name}`), name, weight);
  if (invalid.length === 0 && totalWeight(weights) === 0) {
    report.add('weights-zero', place, 'all weights are 0', 'give at least one version a weight above 0');
  }
}

function checkVersion(report: Report, model: RoutingModel, place: string, name: string, weight: number): void {
  const version = model.versions.find((candidate) => candidate.name === name);
  if (!version) {
    reportUnknownVersion(report, model, place, name);
  } else if (weight > 0 && version.replicas === 0) {
    report.add('version-without-replicas', place, `the version "${name}" gets traffic and has 0 replicas`, 'give it replicas, or the weight 0');
  }
}

interface Versions {
  readonly versions: readonly { readonly name: string }[];
}

export function reportUnknownVersion(report: Report, { versions }: Versions, place: string, name: string): void {
  const known = versions.map((version) => version.name);
  report.add('version-unknown', place, `no version is named "${name}", declared are ${listed(known)}`, suggestion(name, known, 'name a declared version'));
}
