import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { CanaryService, CanaryServiceProps, Mesh, MeshNamespace, ReplicaSplit, VersionProps } from 'cdk8s-canary';

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

const stages: Record<string, Pick<CanaryServiceProps, 'versions' | 'weights'>> = {
  // Kubernetes replaces the pods one by one: no canary, and nothing decides how long old and new ones stand side by side.
  rolling: { versions: [stable(NEW)] },
  canary: { versions: [stable(OLD), canary], weights: { stable: 2, canary: 1 } },
  promoted: { versions: [stable(NEW), canary], weights: { stable: 1, canary: 0 } },
  undone: { versions: [stable(OLD), canary], weights: { stable: 1, canary: 0 } },
};

const stage = process.env.STAGE ?? 'rolling';
if (!stages[stage]) throw new Error(`no stage "${stage}", there are ${Object.keys(stages).join(', ')}`);

const app = new App();
const chart = new Chart(app, 'micro-api', { namespace: 'default' });
// Three pods at every stage: the weights say which.
const mesh = Mesh.kubernetes({ replicaSplit: ReplicaSplit.total(3) });
new MeshNamespace(chart, 'default', { mesh });

new CanaryService(chart, 'micro-api', { mesh, ports: [{ port: 19090 }], versionLabelKey: 'track', ...stages[stage] });

app.synth();
