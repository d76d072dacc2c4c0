import { Workload } from '../manifests/workload';

/** Labels that tell versions apart, the usual ones first. @see https://istio.io/latest/docs/ops/deployment/application-requirements/ */
const VERSION_LABELS = ['version', 'track', 'app.kubernetes.io/version'];

/** What the pods of a workload are called in shares: their version, or the name of the workload where no label says one. */
export function versionOf({ labels, name }: Workload): string {
  const label = VERSION_LABELS.find((key) => labels[key]);
  return label === undefined ? name : labels[label];
}
