import { checkReplicas } from './check-replicas';
import { MAX_PODS, weighted } from './pod-counts';
import { ReplicaSplitModel } from './replica-split';
import { weightedRule } from './replicas';
import { Finding } from '../../model/finding';
import { listed } from '../../model/nearest';
import { Report } from '../../model/report';
import { versionsLeftOut } from '../../model/root-coverage';
import { RoutingModel } from '../../model/routing-model';

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
  const left = versionsLeftOut(model);
  if (left.length > 0) {
    report.add('root-selector-unfit', 'rootSelector',
      `without a mesh, the root Service itself shares the traffic out, and its selector leaves out ${listed(left.map(({ name }) => name))}`,
      'use `RootSelector.allVersions()`');
  }
}
