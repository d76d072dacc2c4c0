import { App, Chart } from 'cdk8s';
import { namespace, tcpEcho } from './service';
import { CanaryService, GatewayApiGateway, GatewayApiImplementation, Mesh, MeshNamespace, Protocol } from 'cdk8s-canary';

const app = new App();
const implementation = GatewayApiImplementation.ISTIO;
const mesh = Mesh.gatewayApi({ implementation });
const chart = new Chart(app, 'tcp-echo', { namespace });
new MeshNamespace(chart, namespace, { mesh });

const service = new CanaryService(chart, 'tcp-echo', { ...tcpEcho, mesh });
const gateway = new GatewayApiGateway(chart, 'tcp-echo-gateway', {
  implementation,
  gatewayClassName: 'istio',
  listeners: [{ port: 31400, protocol: Protocol.TCP }],
});
service.exposeViaGateway(gateway, { name: 'tcp-echo', port: 9000 });

app.synth();
