import { App, Chart } from 'cdk8s';
import { CanaryService, CanaryServiceProps, Mesh, Rollout, VersionProps } from '../../src';

export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Record<string, unknown>;
}

export const V1: VersionProps = { name: 'v1', image: 'example/web:1' };
export const V2: VersionProps = { name: 'v2', image: 'example/web:2' };
export const V3: VersionProps = { name: 'v3', image: 'example/web:3' };

/** A service named "web" of which all is right but for what `props` say. */
export function web(chart: Chart, props: Partial<CanaryServiceProps> = {}): CanaryService {
  return new CanaryService(chart, 'web', { ports: [{ port: 80 }], versions: [V1, V2], ...props });
}

/** Folders of all sets of a rollout: stages, then ways back. */
export function foldersOf(rollout: Rollout): string[] {
  return [...rollout._staged().sets.keys()];
}

/** What stands in one set. */
export function manifestsAt(stage: string, build: (chart: Chart) => void, mesh = Mesh.istio()): Manifest[] {
  const app = new App();
  app.node.setContext('canary:stage', stage);
  Mesh.setDefault(app, mesh);
  const chart = new Chart(app, 'test');
  build(chart);
  return chart.toJson() as Manifest[];
}

/** The stages of a rollout of "web", by folder. */
export function synthesizeStages(rollout: Rollout, props: Partial<CanaryServiceProps> = {}, mesh = Mesh.istio()): Map<string, Manifest[]> {
  return new Map(foldersOf(rollout).map((folder) => [folder, manifestsAt(folder, (chart) => web(chart, { ...props, rollout }), mesh)]));
}

export function keysOf(manifests: readonly Manifest[]): string[] {
  return manifests.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
}

/** JSON paths at which two sets differ: `VirtualService/web.spec.http[0].route`, or just the key of an object that one of them lacks. */
export function differences(before: readonly Manifest[], after: readonly Manifest[]): string[] {
  const keys = [...new Set([...keysOf(before), ...keysOf(after)])];
  return keys.flatMap((key) => {
    const [was, is] = [before, after].map((set) => set.find((manifest) => keysOf([manifest])[0] === key));
    if (!was) return [`+ ${key}`];
    return is ? paths(was, is, key) : [`- ${key}`];
  });
}

function paths(was: unknown, is: unknown, path: string): string[] {
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  if (Array.isArray(was) && Array.isArray(is)) {
    return Array.from({ length: Math.max(was.length, is.length) }, (_, index) => paths(was[index], is[index], `${path}[${index}]`)).flat();
  }
  if (isMap(was) && isMap(is)) return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) => paths(was[key], is[key], `${path}.${key}`));
  return [path];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
