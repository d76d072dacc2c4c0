import { App, Chart, Duration } from 'cdk8s';
import { ControlledServiceProps, Gate, Mesh, Rollout, VersionProps } from '../../src';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: { [key: string]: string } };
  readonly spec: any;
}

export const PAIR = { stable: 'v1', candidate: 'v2' };
export const V1: VersionProps = { name: 'v1', image: 'example/web:1', replicas: 3 };
export const V2: VersionProps = { name: 'v2', image: 'example/web:2', replicas: 3 };
export const WEB = { ports: [{ port: 80, targetPort: 8080 }], versions: [V1, V2] };
export const ERRORS = Gate.metric({ name: 'error-rate', query: 'sum(rate(errors[1m])) / sum(rate(requests[1m]))', max: 0.01 });
export const PROMETHEUS = { prometheus: 'http://prometheus.monitoring:9090' };

/** A canary rollout as people declare it: some minutes and a measurement at each step, and a person before the last. */
export function usualRollout(): Rollout {
  const gates = [Gate.duration(Duration.minutes(5)), ERRORS];
  return Rollout.canary({ ...PAIR, steps: [{ weight: 10, gates }, { weight: 50, gates: [...gates, Gate.approval('Is the dashboard green?')] }] });
}

/** What a chart with one service writes. */
export function manifestsOf(build: (chart: Chart) => unknown, mesh = Mesh.istio()): Manifest[] {
  const chart = new Chart(new App(), 'test', { namespace: 'shop' });
  Mesh.setDefault(chart, mesh);
  build(chart);
  return chart.toJson() as Manifest[];
}

export function find(manifests: readonly Manifest[], kind: string): Manifest {
  const found = manifests.find((manifest) => manifest.kind === kind);
  if (!found) throw new Error(`no ${kind} among ${manifests.map((manifest) => manifest.kind).join(', ')}`);
  return found;
}

export type Props = Partial<ControlledServiceProps>;
