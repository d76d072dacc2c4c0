import { App, Chart, Testing } from 'cdk8s';
import { CanaryService, CanaryServiceProps, LinkerdOptions, Mesh, MeshNamespace, Warnings } from '../../../src';
import { findingsOf as reportedOf } from '../../findings';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: unknown;
}

const declaration: CanaryServiceProps = {
  ports: [{ port: 80, targetPort: 8080 }],
  versions: [{ name: 'v1', image: 'web:1' }, { name: 'v2', image: 'web:2' }],
  weights: { v1: 3, v2: 1 },
};

/** A service `web` in namespace `shop`, with one HTTP port 80 and the versions v1 and v2 unless declared otherwise. */
export function manifestsOf(options: LinkerdOptions, props: Partial<CanaryServiceProps> = {}): Manifest[] {
  const chart = new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
  const mesh = Mesh.linkerd(options);
  new MeshNamespace(chart, 'shop', { mesh });
  new CanaryService(chart, 'web', { mesh, ...declaration, ...props });
  return Testing.synth(chart) as Manifest[];
}

export function findingsOf(options: LinkerdOptions, props: Partial<CanaryServiceProps>, beside: (chart: Chart) => void = () => undefined): string[] {
  return reportedOf((chart) => {
    beside(chart);
    new CanaryService(chart, 'web', { mesh: Mesh.linkerd(options), ...declaration, ...props });
  });
}

export function warningsOf(options: LinkerdOptions, props: Partial<CanaryServiceProps>): string[] {
  const chart = new Chart(Testing.app() as App, 'test', { namespace: 'shop' });
  new CanaryService(chart, 'web', { mesh: Mesh.linkerd(options), ...declaration, ...props });
  return Warnings.of(chart).filter((line) => !line.includes(' plain-clients-bypass '));
}

export function specs(manifests: readonly Manifest[], kind: string): unknown[] {
  return manifests.filter((manifest) => manifest.kind === kind).map(({ spec }) => spec);
}

/** The annotations of all objects of a kind, by name. */
export function annotations(manifests: readonly Manifest[], kind: string): Record<string, unknown> {
  return Object.fromEntries(manifests.filter((manifest) => manifest.kind === kind).map(({ metadata }) => [metadata.name, metadata.annotations]));
}
