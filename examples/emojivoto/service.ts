import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { CanaryServiceProps, Rollout, RootSelector, VersionProps } from 'cdk8s-canary';

/** Weights at each stage. */
const rollout = Rollout.stages([
  { name: '500-500', weights: { 'v1': 500, 'linux-training-v2': 500 } },
  { name: '250-750', weights: { 'v1': 250, 'linux-training-v2': 750 } },
  { name: '0-1', weights: { 'v1': 0, 'linux-training-v2': 1 } },
], { retire: false });

const env: { [name: string]: kplus.EnvValue } = {
  WEB_PORT: kplus.EnvValue.fromValue('8080'),
  EMOJISVC_HOST: kplus.EnvValue.fromValue('emoji-svc.emojivoto:8080'),
  VOTINGSVC_HOST: kplus.EnvValue.fromValue('voting-svc.emojivoto:8080'),
  INDEX_BUNDLE: kplus.EnvValue.fromValue('dist/index_bundle.js'),
};

/** The names follow no pattern: they are those of an installation that was there before. */
const stable: VersionProps = {
  name: 'v1',
  image: 'docker.l5d.io/buoyantio/emojivoto-web:v11',
  deploymentName: 'web',
  leafName: 'web-svc',
  serviceAccountName: 'web',
  env,
};

const training: VersionProps = {
  name: 'linux-training-v2',
  image: 'docker.l5d.io/buoyantio/emojivoto-web:v12',
  deploymentName: 'web-svc-2',
  leafName: 'web-svc-2',
  serviceAccountName: 'web-2',
  env: { ...env, MESSAGE_OF_THE_DAY: kplus.EnvValue.fromValue('Linux Foundation training') },
  resources: { cpu: { request: kplus.Cpu.millis(100) } },
  podLabels: { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'emojivoto', 'app.kubernetes.io/version': 'v12' },
};

/** The web front end behind a root that has no pods of its own. */
export function webApex(podAnnotations: { [key: string]: string }): CanaryServiceProps {
  return {
    ports: [{ port: 80, targetPort: 8080 }],
    app: 'web-svc',
    rootSelector: RootSelector.labels({ app: 'web-apex' }),
    versions: [{ ...stable, podAnnotations }, { ...training, podAnnotations }],
    rollout,
    stage: process.env.CANARY_STAGE ?? '500-500',
  };
}

/** A client, which is told the root and never a version. */
export function voteBot(chart: Chart, root: string, annotations?: { [key: string]: string }): void {
  const labels = { app: 'vote-bot' };
  new ApiObject(chart, 'vote-bot', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'vote-bot', labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations },
        spec: {
          containers: [{
            name: 'vote-bot',
            image: 'docker.l5d.io/buoyantio/emojivoto-web:v11',
            command: ['emojivoto-vote-bot'],
            env: [{ name: 'WEB_HOST', value: `${root}.emojivoto:80` }],
          }],
        },
      },
    },
  });
}
