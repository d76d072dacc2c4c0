import { App, Chart, Testing } from 'cdk8s';
import { CanaryService, CanaryServiceProps, KumaOptions, Mesh, MeshNamespace } from '../../../src';
import { reported } from '../../findings';
import { Manifest } from '../../manifests';

export interface Declared extends Partial<CanaryServiceProps> {
  readonly options?: KumaOptions;
}

/** A service `web` in namespace `shop`, with one HTTP port 80 and the versions v1, v2 and v3 unless declared otherwise. */
function declare({ options, ...props }: Declared): Chart {
  const chart = new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
  const mesh = Mesh.kuma(options);
  new MeshNamespace(chart, 'shop', { mesh });
  new CanaryService(chart, 'web', {
    mesh,
    ports: [{ port: 80 }],
    versions: ['v1', 'v2', 'v3'].map((name) => ({ name, image: `web:${name}` })),
    ...(props.weights || props.splitByPods ? {} : { weights: { v1: 1 } }),
    ...props,
  });
  return chart;
}

export function manifestsOf(declared: Declared): Manifest[] {
  return Testing.synth(declare(declared)) as Manifest[];
}

export function findingsOf(declared: Declared): string[] {
  return reported(() => manifestsOf(declared));
}

/** The specs of all objects of a kind. */
export function specsOf(declared: Declared, kind: string): unknown[] {
  return manifestsOf(declared).filter((manifest) => manifest.kind === kind).map(({ spec }) => spec);
}

/** The rules for the requests to the first port. */
export function httpRules<T = unknown>(declared: Declared): T[] {
  const [{ to }] = specsOf(declared, 'MeshHTTPRoute') as [{ to: [{ rules: T[] }] }];
  return to[0].rules;
}
