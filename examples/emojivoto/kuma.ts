import { App, Chart } from 'cdk8s';
import { voteBot, webApex } from './service';
import { CanaryService, Mesh, MeshNamespace } from 'cdk8s-canary';

const app = new App();
const mesh = Mesh.kuma();
const chart = new Chart(app, 'emojivoto', { namespace: 'emojivoto' });
new MeshNamespace(chart, 'emojivoto', { mesh });

new CanaryService(chart, 'web-apex', { mesh, ...webApex({}) });
voteBot(chart, 'web-apex');

app.synth();
