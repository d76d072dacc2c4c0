import { Finding } from '../finding';
import { Report } from '../report';
import { ConfigMap, RoutingModel } from '../routing-model';

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/types.go (MaxSecretSize) */
const MAX_BYTES = 1024 * 1024;

export function checkConfigFiles(model: RoutingModel): Finding[] {
  const report = new Report(model.path);
  for (const { name, configMap } of model.versions) {
    if (configMap) checkFiles(report, `versions.${name}.configFiles`, configMap);
  }
  return report.findings;
}

function checkFiles(report: Report, place: string, { mountPath, files }: ConfigMap): void {
  if (!mountPath.startsWith('/') || mountPath.includes(':')) {
    report.add('config-invalid', place, `the mount path is "${mountPath}"`, 'give an absolute path without a colon, such as /etc/web');
  }
  const entries = Object.entries(files);
  if (entries.length === 0) report.add('config-invalid', place, 'there is no file', 'give at least one, or leave `configFiles` out');
  for (const [file] of entries.filter(([name]) => !isKey(name))) {
    report.add('config-invalid', place, `"${file}" is no name of a file in a ConfigMap`, 'use at most 253 letters, digits, "-", "_" and ".", not beginning with ".."');
  }
  const bytes = entries.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
  if (bytes > MAX_BYTES) report.add('config-invalid', place, `the files have ${bytes.toLocaleString('en')} bytes, and a ConfigMap holds ${MAX_BYTES.toLocaleString('en')}`, 'put the larger ones into the image or a volume');
}

/** @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go (IsConfigMapKey) */
function isKey(name: string): boolean {
  return /^[-._a-zA-Z0-9]{1,253}$/.test(name) && name !== '.' && !name.startsWith('..');
}
