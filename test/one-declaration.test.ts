import { Manifest, synthesize } from './manifests';
import { EXAMPLES } from '../examples/examples';

const example = EXAMPLES.find(({ folder }) => folder === 'one-declaration')!;
const WORKLOAD_KINDS = ['ServiceAccount', 'Service', 'Deployment'];

function workloadOf(manifests: readonly Manifest[]): unknown[] {
  return manifests.filter(({ kind }) => WORKLOAD_KINDS.includes(kind));
}

/** What decides the traffic on each mesh, beside the workload. */
const TRAFFIC: Record<string, string[]> = {
  'istio': ['DestinationRule', 'VirtualService'],
  'gateway-api': ['HTTPRoute'],
  'linkerd': ['HTTPRoute'],
  'kuma': ['MeshTimeout', 'MeshHTTPRoute'],
  'open-service-mesh': ['TrafficSplit'],
  'smi': ['TrafficSplit'],
  'kubernetes': [],
};

test.each(example.stages)('one declaration on %s: the same workload, and just the objects of that mesh beside it', (mesh) => {
  const manifests = synthesize(example, mesh);
  const kinds = manifests.map(({ kind }) => kind).filter((kind) => ![...WORKLOAD_KINDS, 'Namespace'].includes(kind));
  expect(kinds).toEqual(TRAFFIC[mesh]);
  if (!['kubernetes', 'linkerd'].includes(mesh)) expect(workloadOf(manifests)).toEqual(workloadOf(synthesize(example, 'istio')));
}, 60_000);

test('without a mesh the numbers of pods make the shares', () => {
  const replicas = synthesize(example, 'kubernetes').filter(({ kind }) => kind === 'Deployment').map(({ spec }) => (spec as { replicas: number }).replicas);
  expect(replicas).toEqual([8, 2]);
});
