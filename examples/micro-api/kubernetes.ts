import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { CanaryService, CanaryServiceProps, Mesh, MeshNamespace, Rollout, VersionProps } from 'cdk8s-canary';

const OLD = 'example/micro-api:1.0';
const NEW = 'example/micro-api:1.1';

/** Pod settings that all versions share. */
const pods: Omit<VersionProps, 'name'> = {
  imagePullPolicy: kplus.ImagePullPolicy.ALWAYS,
  imagePullSecrets: ['regcred'],
  tty: true,
  minReady: Duration.seconds(5),
  strategy: kplus.DeploymentStrategy.rollingUpdate({
    maxSurge: kplus.PercentOrAbsolute.absolute(1),
    maxUnavailable: kplus.PercentOrAbsolute.absolute(1),
  }),
};

/** The Deployment `micro-api` is the stable track at every stage, so that its selector never changes. */
const stable = (image: string): VersionProps => ({ name: 'stable', deploymentName: 'micro-api', image, ...pods });
const canary: VersionProps = { name: 'canary', image: NEW, ...pods };

/** Three pods in all, and they are the shares: each connection goes to any of them. */
const rollout = Rollout.replicas({
  stable: 'stable',
  candidate: 'canary',
  pods: 3,
  steps: [{ name: 'canary', replicas: { stable: 2, canary: 1 } }, { name: 'promoted', replicas: { stable: 0, canary: 3 } }],
  retire: false,
});

/** The way back from the last stage: the old pods come first, then the new ones go. */
const BACK: { [stage: string]: string } = { restored: 'rollback/04-promoted/00-restore', undone: 'rollback/04-promoted/01-back' };

const stage = process.env.CANARY_STAGE ?? 'stable';

/** Without a canary: Kubernetes replaces the pods one by one, and nothing decides how long old and new ones stand side by side. */
const release: Pick<CanaryServiceProps, 'versions' | 'rollout' | 'stage'> = stage === 'rolling'
  ? { versions: [{ ...stable(NEW), replicas: 3 }] }
  : { versions: [stable(OLD), canary], rollout, stage: BACK[stage] ?? stage };

const app = new App();
const chart = new Chart(app, 'micro-api', { namespace: 'default' });
const mesh = Mesh.kubernetes();
new MeshNamespace(chart, 'default', { mesh });

new CanaryService(chart, 'micro-api', { mesh, ports: [{ port: 19090 }], versionLabelKey: 'track', ...release });

app.synth();
