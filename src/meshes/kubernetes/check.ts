import { checkAutoscalers, checkReplicas } from './check-replicas';
import { MAX_PODS, weighted } from './pod-counts';
import { ReplicaSplitModel } from './replica-split';
import { Finding } from '../../model/finding';
import { Report } from '../../model/report';
import { RoutingModel } from '../../model/routing-model';
import { weightedRule } from '../../model/weighted-rule';

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
  if (found) {
    checkAutoscalers(report, model);
    checkReplicas(report, model, found, split);
  }
  return report.findings;
}

function checkSplit(report: Report, split: ReplicaSplitModel, least: number): void {
  const place = 'mesh.replicaSplit';
  if (split.kind === 'total') report.wholeNumber('replicas-invalid', place, split.total, least, MAX_PODS);
  if (split.kind === 'max-error') report.percent('replicas-invalid', place, split.percent);
}
