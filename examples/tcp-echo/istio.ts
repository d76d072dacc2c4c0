import { App, Chart } from 'cdk8s';
import { namespace, tcpEcho } from './service';
import { CanaryService, IstioGateway, Mesh, MeshNamespace, Protocol } from 'cdk8s-canary';

const app = new App();
const mesh = Mesh.istio({ destinationRuleName: 'tcp-echo-destination', virtualServiceName: 'tcp-echo-mesh' });
const chart = new Chart(app, 'tcp-echo', { namespace });
new MeshNamespace(chart, namespace, { mesh });

const service = new CanaryService(chart, 'tcp-echo', { ...tcpEcho, mesh });
const gateway = new IstioGateway(chart, 'tcp-echo-gateway', { listeners: [{ port: 31400, protocol: Protocol.TCP, name: 'tcp' }] });
service.exposeViaGateway(gateway, { name: 'tcp-echo', port: 9000 });

app.synth();
