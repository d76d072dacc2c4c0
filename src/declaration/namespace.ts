import { Chart } from 'cdk8s';
import { Construct } from 'constructs';

/** Namespace of objects that name none. It is written out, so that host names and objects cannot disagree. */
export function namespaceOf(scope: Construct): string {
  return Chart.of(scope).namespace ?? 'default';
}
