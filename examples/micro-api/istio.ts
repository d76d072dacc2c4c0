import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { CanaryService, CanaryServiceProps, IstioGateway, LoadBalancing, Mesh, MeshNamespace, Protocol, VersionProps } from 'cdk8s-canary';

const stages: Record<string, Pick<CanaryServiceProps, 'weights' | 'splitByPods'>> = {
  'no-rules': { splitByPods: true },
  '70-30': { weights: { v1: 70, v2: 30 } },
  'v2': { weights: { v1: 0, v2: 1 } },
};

const stage = process.env.STAGE ?? 'no-rules';
if (!stages[stage]) throw new Error(`no stage "${stage}", there are ${Object.keys(stages).join(', ')}`);

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
  ...stages[stage],
  trafficPolicy: {
    loadBalancing: LoadBalancing.roundRobin(),
    connectionPool: { maxConnections: 10, http1MaxPendingRequests: 1, maxRequestsPerConnection: 1 },
  },
});

const gateway = new IstioGateway(chart, 'micro-gateway', { listeners: [{ port: 80, protocol: Protocol.HTTP }] });
microApi.exposeViaGateway(gateway, { name: 'micro-api-route', hosts: [microApi.host] });

app.synth();
