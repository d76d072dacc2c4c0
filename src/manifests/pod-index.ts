import { carries } from './label-selector';
import { Workload } from './workload';

/** Finds workloads by the labels of their pods: only those that share the rarest label are looked at, however many there are in all. */
export class PodIndex {
  private readonly all = new Map<string, Workload[]>();
  private readonly byLabel = new Map<string, Workload[]>();

  public constructor(workloads: readonly Workload[]) {
    for (const workload of workloads) {
      add(this.all, workload.namespace, workload);
      for (const [key, value] of Object.entries(workload.labels)) add(this.byLabel, labelKey(workload.namespace, key, value), workload);
    }
  }

  public selected(namespace: string, labels: Readonly<Record<string, string>>): readonly Workload[] {
    const wanted = Object.entries(labels);
    const candidates = wanted.map(([key, value]) => this.byLabel.get(labelKey(namespace, key, value)) ?? []);
    const fewest = candidates.reduce((best, list) => (list.length < best.length ? list : best), candidates[0] ?? this.all.get(namespace) ?? []);
    return fewest.filter((workload) => carries(workload.labels, labels));
  }
}

function labelKey(namespace: string, key: string, value: string): string {
  return JSON.stringify([namespace, key, value]);
}

function add(index: Map<string, Workload[]>, key: string, workload: Workload): void {
  const list = index.get(key);
  if (list) list.push(workload);
  else index.set(key, [workload]);
}
