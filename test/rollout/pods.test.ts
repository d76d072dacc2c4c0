import { App, Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Manifest, manifestsAt, synthesizeStages, V1, V2, web } from './staged';
import { Capacity, DisruptionBudget, Lane, Lint, Mesh, MeshNamespace, Rollout, Traffic, VersionProps } from '../../src';

const CPU = { cpu: { request: kplus.Cpu.millis(100) } };
const SCALED: VersionProps = { ...V1, resources: CPU, autoscaling: { minReplicas: 3, maxReplicas: 9 } };
const LABELS = { app: 'web', version: 'v1' };

function ofKind(manifests: readonly Manifest[], kind: string): Manifest | undefined {
  return manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === 'web-v1');
}

function single(version: VersionProps): (chart: Chart) => void {
  return (chart) => web(chart, { versions: [version] });
}

describe('an autoscaler', () => {
  // Form: kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/
  test('scales the Deployment of its version, which says no number', () => {
    const manifests = manifestsAt('', single(SCALED));
    expect(ofKind(manifests, 'HorizontalPodAutoscaler')).toStrictEqual({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web-v1', namespace: 'default', labels: LABELS },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web-v1' },
        minReplicas: 3,
        maxReplicas: 9,
        metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
      },
    });
    expect(Object.keys(ofKind(manifests, 'Deployment')!.spec)).not.toContain('replicas');
  });

  test('goes by memory alone if that is declared', () => {
    const memory = { resources: { memory: { request: Size.mebibytes(64) } }, autoscaling: { maxReplicas: 2, memoryPercent: 70 } };
    expect(ofKind(manifestsAt('', single({ ...V1, ...memory })), 'HorizontalPodAutoscaler')!.spec.metrics)
      .toStrictEqual([{ type: 'Resource', resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 70 } } }]);
  });

  test('goes with its Deployment, and comes back with it', () => {
    const stages = synthesizeStages(Rollout.canary({ stable: 'v1', candidate: 'v2' }), { versions: [SCALED, { ...V2, replicas: 3 }] });
    const states = [...stages].map(([folder, manifests]) => {
      const deployment = ofKind(manifests, 'Deployment');
      return [folder, deployment && `${deployment.spec.replicas ?? 'no number'}, ${ofKind(manifests, 'HorizontalPodAutoscaler') ? 'scaled' : 'not scaled'}`];
    });
    expect(Object.fromEntries(states)).toMatchObject({
      '00-stable': 'no number, scaled',
      '02-weight-100': 'no number, scaled',
      '03-retire-v1': undefined,
      '04-remove-v1': undefined,
      'rollback/03-retire-v1/00-restore': 'no number, scaled',
      'rollback/03-retire-v1/01-back': 'no number, scaled',
      'rollback/04-remove-v1/00-restore': 'no number, scaled',
    });
  });

  // A number that leaves the manifest becomes 1 in the cluster: kubernetes.io, "Migrating Deployments and StatefulSets to horizontal autoscaling".
  test.each<[string, Rollout]>([
    ['a canary', Rollout.canary({ stable: 'v1', candidate: 'v2', steps: [{ weight: 10 }], lane: Lane.header('x-lane', 'next') })],
    ['a canary with pods by shares', Rollout.canary({ stable: 'v1', candidate: 'v2', steps: [{ weight: 10 }], capacity: Capacity.proportional() })],
    ['a blue-green rollout', Rollout.blueGreen({ stable: 'v1', candidate: 'v2' })],
    ['steps that keep both', Rollout.stages([{ name: 'a', weights: { v1: 1 } }, { name: 'b', weights: { v2: 1 } }, { name: 'c', weights: { v1: 1, v2: 1 } }])],
  ])('is never beside a number of pods, at any stage or way back: %s', (_, rollout) => {
    const other = { ...V2, resources: CPU, autoscaling: { maxReplicas: 9 }, disruptionBudget: DisruptionBudget.maxUnavailable(1) };
    for (const [folder, manifests] of synthesizeStages(rollout, { versions: [SCALED, other] })) {
      const named = (kind: string) => manifests.filter((manifest) => manifest.kind === kind).map(({ metadata }) => metadata.name);
      const deployments = manifests.filter(({ kind }) => kind === 'Deployment');
      expect([folder, deployments.filter(({ spec }) => 'replicas' in spec)]).toStrictEqual([folder, []]);
      expect([folder, named('HorizontalPodAutoscaler')]).toStrictEqual([folder, named('Deployment')]);
      expect([folder, named('Deployment')]).toStrictEqual([folder, expect.arrayContaining(named('PodDisruptionBudget'))]);
    }
  });

  test.each<[string, Mesh]>([
    ['Istio', Mesh.istio()], ['Gateway API', Mesh.gatewayApi()], ['Linkerd', Mesh.linkerd()], ['Kuma', Mesh.kuma()], ['SMI', Mesh.smi()],
  ])(
    'leaves nothing behind that a linter complains of, on %s', (_, mesh) => {
      const rollout = Rollout.canary({ stable: 'v1', candidate: 'v2' });
      const found = [...rollout._staged().sets.keys()].map((stage) => {
        const chart = new Chart(new App(), 'test');
        new MeshNamespace(chart, 'test', { mesh });
        web(chart, { mesh, rollout, stage, versions: [SCALED, { ...V2, replicas: 3 }] });
        return [stage, Lint.check(Traffic.fromChart(chart)).filter(({ severity }) => severity === 'error')];
      });
      expect(found.filter(([, findings]) => findings.length > 0)).toStrictEqual([]);
    });

  test('says where the Deployment is gone, and lets one ask', () => {
    manifestsAt('retire-v1', (chart) => {
      const service = web(chart, { versions: [SCALED, { ...V2, replicas: 3 }], rollout: Rollout.canary({ stable: 'v1', candidate: 'v2' }) });
      expect(service.version('v1').tryDeployment).toBeUndefined();
      expect(service.version('v2').tryDeployment).toBe(service.version('v2').deployment);
      expect(() => service.version('v1').deployment)
        .toThrow('version "v1" has an autoscaler, and no Deployment at this stage of the rollout; ask with `tryDeployment`');
    });
  });
});

describe('a disruption budget', () => {
  // Form: kubernetes.io/docs/reference/kubernetes-api/policy-resources/pod-disruption-budget-v1/
  test.each([
    [DisruptionBudget.minAvailablePercent(50), { minAvailable: '50%' }],
    [DisruptionBudget.minAvailable(2), { minAvailable: 2 }],
    [DisruptionBudget.maxUnavailable(0), { maxUnavailable: 0 }],
    [DisruptionBudget.maxUnavailablePercent(100), { maxUnavailable: '100%' }],
  ])('covers the pods of its version: %j', (disruptionBudget, limit) => {
    expect(ofKind(manifestsAt('', single({ ...V1, disruptionBudget })), 'PodDisruptionBudget')).toStrictEqual({
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web-v1', namespace: 'default', labels: LABELS },
      spec: { ...limit, selector: { matchLabels: LABELS } },
    });
  });
});
