import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { CanaryService, IstioGateway, LoadBalancing, Mesh, MeshNamespace, Protocol, Rollout, VersionProps } from 'cdk8s-canary';

const rollout = Rollout.stages([
  { name: 'no-rules', splitByPods: true },
  { name: '70-30', weights: { v1: 70, v2: 30 } },
  { name: 'v2', weights: { v2: 1 } },
], { retire: false });

/** Pod settings that both versions share. */
const pods: Omit<VersionProps, 'name'> = {
  replicas: 3,
  imagePullPolicy: kplus.ImagePullPolicy.ALWAYS,
  imagePullSecrets: ['regcred'],
  tty: true,
  minReady: Duration.seconds(5),
  strategy: kplus.DeploymentStrategy.rollingUpdate({
    maxSurge: kplus.PercentOrAbsolute.absolute(1),
    maxUnavailable: kplus.PercentOrAbsolute.absolute(1),
  }),
};

const app = new App();
const chart = new Chart(app, 'micro-api', { namespace: 'default' });
new MeshNamespace(chart, 'default', { mesh: Mesh.istio() });

const microApi = new CanaryService(chart, 'micro-api', {
  mesh: Mesh.istio({ destinationRuleName: 'micro-api-destination' }),
  ports: [{ port: 19090 }],
  versions: [
    { name: 'v1', image: 'example/micro-api:1.0', ...pods },
    { name: 'v2', image: 'example/micro-api:1.1', ...pods },
  ],
  rollout,
  stage: process.env.CANARY_STAGE ?? 'no-rules',
  trafficPolicy: {
    loadBalancing: LoadBalancing.roundRobin(),
    connectionPool: { maxConnections: 10, http1MaxPendingRequests: 1, maxRequestsPerConnection: 1 },
  },
});

const gateway = new IstioGateway(chart, 'micro-gateway', { listeners: [{ port: 80, protocol: Protocol.HTTP }] });
microApi.exposeViaGateway(gateway, { name: 'micro-api-route', hosts: [microApi.host] });

app.synth();
