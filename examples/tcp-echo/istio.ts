import { App, Chart } from 'cdk8s';
import { CanaryService, IstioGateway, Mesh, MeshNamespace, Protocol } from 'cdk8s-canary';

const stages: Record<string, { [version: string]: number }> = {
  'all-v1': { v1: 100 },
  '20-v2': { v1: 80, v2: 20 },
};

const stage = process.env.STAGE ?? 'all-v1';
if (!stages[stage]) throw new Error(`no stage "${stage}", there are ${Object.keys(stages).join(', ')}`);

const namespace = 'istio-io-tcp-traffic-shifting';
const app = new App();
const mesh = Mesh.istio({ destinationRuleName: 'tcp-echo-destination', virtualServiceName: 'tcp-echo-mesh' });
const chart = new Chart(app, 'tcp-echo', { namespace });
new MeshNamespace(chart, namespace, { mesh });

const tcpEcho = new CanaryService(chart, 'tcp-echo', {
  mesh,
  ports: [
    { port: 9000, protocol: Protocol.TCP, name: 'tcp' },
    { port: 9001, protocol: Protocol.TCP, name: 'tcp-other' },
  ],
  versions: [
    { name: 'v1', image: 'docker.io/istio/tcp-echo-server:1.3', args: ['9000,9001', 'one'] },
    { name: 'v2', image: 'docker.io/istio/tcp-echo-server:1.3', args: ['9000,9001', 'two'] },
  ],
  weights: stages[stage],
});

const gateway = new IstioGateway(chart, 'tcp-echo-gateway', { listeners: [{ port: 31400, protocol: Protocol.TCP, name: 'tcp' }] });
tcpEcho.exposeViaGateway(gateway, { name: 'tcp-echo', port: 9000 });

app.synth();
