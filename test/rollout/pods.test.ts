import { Chart, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Manifest, manifestsAt, synthesizeStages, V1, V2, web } from './staged';
import { DisruptionBudget, Rollout, VersionProps } from '../../src';

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

  test('goes with the pods, and comes back after they have a number again', () => {
    const stages = synthesizeStages(Rollout.canary({ stable: 'v1', candidate: 'v2' }), { versions: [SCALED, { ...V2, replicas: 3 }] });
    const states = [...stages].map(([folder, manifests]) => {
      const deployment = ofKind(manifests, 'Deployment');
      return [folder, deployment && `${deployment.spec.replicas ?? 'no number'}, ${ofKind(manifests, 'HorizontalPodAutoscaler') ? 'scaled' : 'not scaled'}`];
    });
    expect(Object.fromEntries(states)).toMatchObject({
      '00-stable': 'no number, scaled',
      '02-weight-100': 'no number, scaled',
      '03-retire-v1': '0, not scaled',
      '04-remove-v1': undefined,
      'rollback/03-retire-v1/00-restore': '3, not scaled',
      'rollback/03-retire-v1/01-back': 'no number, scaled',
      'rollback/04-remove-v1/00-restore': 'no number, scaled',
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
