import { App, Chart } from 'cdk8s';
import { voteBot, webApex } from './service';
import { CanaryService, Mesh, MeshNamespace } from 'cdk8s-canary';

const app = new App();
Mesh.setDefault(app, Mesh.linkerd());

const chart = new Chart(app, 'emojivoto', { namespace: 'emojivoto' });
new MeshNamespace(chart, 'emojivoto');

new CanaryService(chart, 'web-apex', webApex({}));
voteBot(chart, 'web-apex', { 'linkerd.io/inject': 'enabled' });

app.synth();
