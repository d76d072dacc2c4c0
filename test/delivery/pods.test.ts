import * as kplus from 'cdk8s-plus-28';
import { find, manifestsOf, PROMETHEUS, usualRollout, V1, V2, WEB } from './services';
import { ArgoRollout, ConfigFiles, ControlledServiceProps, DisruptionBudget, FlaggerCanary } from '../../src';
import { differences, keysOf } from '../rollout/staged';

describe.each([
  ['Flagger', FlaggerCanary, 'Deployment', { ...PROMETHEUS, approvalUrl: 'http://gate' }], ['Argo Rollouts', ArgoRollout, 'Rollout', PROMETHEUS],
] as const)('%s', (_, Service, kind, analysis) => {
  const manifests = (props: Partial<ControlledServiceProps>) =>
    manifestsOf((chart) => new Service(chart, 'web', { ...WEB, rollout: usualRollout(), analysis, ...props }));

  test('begins a rollout when the manifests ask for other pods, and nothing else differs', () => {
    expect(differences(manifests({ version: 'v1' }), manifests({}))).toStrictEqual([
      `${kind}/web.spec.template.metadata.labels.version`, `${kind}/web.spec.template.spec.containers[0].image`,
    ]);
  });

  test('finds the accounts of both versions, because pods of both may run', () => {
    const accounts = manifests({ versions: [{ ...V1, serviceAccountName: 'old' }, { ...V2, serviceAccountName: 'new' }] });
    expect(keysOf(accounts).filter((key) => key.startsWith('ServiceAccount/'))).toStrictEqual(['ServiceAccount/old', 'ServiceAccount/new']);
    expect(find(accounts, kind).spec.template.spec.serviceAccountName).toBe('new');
  });

  test('finds the configuration of both versions, for the same reason', () => {
    const configured = manifests({
      versions: [{ ...V1, configFiles: ConfigFiles.of('/etc/web', { color: 'red' }) }, { ...V2, configFiles: ConfigFiles.of('/etc/web', { color: 'blue' }) }],
    });
    const maps = configured.filter((manifest) => manifest.kind === 'ConfigMap');
    expect(maps.map(({ metadata }) => metadata.name)).toStrictEqual([expect.stringMatching(/^web-v1-config-/), expect.stringMatching(/^web-v2-config-/)]);
    expect(find(configured, kind).spec.template.spec.volumes).toStrictEqual([{ name: 'config-files', configMap: { name: maps[1].metadata.name } }]);
  });

  test('has an autoscaler and a disruption budget for its pods', () => {
    const around = {
      autoscaling: { maxReplicas: 9, cpuPercent: 70 },
      replicas: undefined,
      disruptionBudget: DisruptionBudget.maxUnavailable(1),
      resources: { cpu: { request: kplus.Cpu.millis(100) } },
    };
    const made = manifests({ versions: [{ ...V1, ...around }, { ...V2, ...around }] });
    expect(find(made, kind).spec.replicas).toBeUndefined();
    expect(find(made, 'HorizontalPodAutoscaler').spec.scaleTargetRef).toStrictEqual({ apiVersion: kind === 'Rollout' ? 'argoproj.io/v1alpha1' : 'apps/v1', kind, name: 'web' });
    expect(find(made, 'PodDisruptionBudget').spec.selector.matchLabels).toStrictEqual({ app: kind === 'Rollout' ? 'web' : 'web-primary' });
    if (kind === 'Deployment') expect(find(made, 'Canary').spec.autoscalerRef).toStrictEqual({ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name: 'web' });
  });
});
