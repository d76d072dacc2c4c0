import { App, Chart, Testing } from 'cdk8s';
import { CanaryService, CanaryServiceProps, Mesh, ReplicaSplit, VersionProps } from '../../../src';
import { findingsOf } from '../../findings';
import { Manifest } from '../../manifests';

export interface Declared extends Partial<CanaryServiceProps> {
  readonly split?: ReplicaSplit;
}

/** Manifests of a service `web` in namespace `shop`, with one HTTP port 80 and the versions v1 and v2 unless declared otherwise. */
export function manifestsOf(declared: Declared): Manifest[] {
  const chart = new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
  web(chart, declared);
  return Testing.synth(chart) as Manifest[];
}

/** Numbers of pods by Deployment. */
export function replicasOf(declared: Declared): Record<string, number> {
  const deployments = manifestsOf(declared).filter(({ kind }) => kind === 'Deployment');
  return Object.fromEntries(deployments.map(({ metadata, spec }) => [metadata.name, (spec as { replicas: number }).replicas]));
}

/** What is refused about the same service. */
export function refusals(declared: Declared): string[] {
  return findingsOf((chart) => web(chart, declared));
}

/** Two versions with so many replicas, or as many as the mesh makes it. */
export function versions(first?: number, second?: number): VersionProps[] {
  return [{ name: 'v1', image: 'web:1', replicas: first }, { name: 'v2', image: 'web:2', replicas: second }];
}

export function web(chart: Chart, { split, ...props }: Declared): CanaryService {
  return new CanaryService(chart, 'web', {
    mesh: Mesh.kubernetes({ replicaSplit: split }),
    ports: [{ port: 80 }],
    versions: versions(),
    ...(props.weights || props.splitByPods || props.versions?.length === 1 ? {} : { weights: { v1: 1, v2: 1 } }),
    ...props,
  });
}
