import { join } from 'node:path';
import { Construct } from 'constructs';
import { manifestsOf, PROMETHEUS, usualRollout, WEB } from './services';
import { ArgoRollout, ArgoRolloutProps, ArgoSplitLevel, FlaggerCanary } from '../../src';
import { readManifests } from '../manifests';

class ByHosts extends ArgoRollout {
  constructor(scope: Construct, id: string, props: ArgoRolloutProps) {
    super(scope, id, { ...props, splitLevel: ArgoSplitLevel.HOST });
  }
}

test.each([
  ['flagger-istio', FlaggerCanary, { ...PROMETHEUS, approvalUrl: 'http://gate.flagger/approved' }],
  ['argo-rollouts-istio', ArgoRollout, PROMETHEUS],
  ['argo-rollouts-istio-host', ByHosts, PROMETHEUS],
] as const)('%s: what a person has to write for one service, and nothing that the controller makes', (file, Service, analysis) => {
  const manifests = manifestsOf((chart) => new Service(chart, 'web', { ...WEB, rollout: usualRollout(), analysis }));
  expect(manifests).toStrictEqual(readManifests(join(__dirname, 'goldens', `${file}.yaml`)));
});
