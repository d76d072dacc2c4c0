import { App, Chart } from 'cdk8s';
import { voteBot, webApex } from './service';
import { CanaryService, Mesh, MeshNamespace } from 'cdk8s-canary';

// The Service that was there before is the root and the leaf of v1 in one: the split is slipped over it, and taking it away restores the old state.
const { rootSelector, ...declaration } = webApex({ 'linkerd.io/inject': 'enabled' });

const app = new App();
Mesh.setDefault(app, Mesh.smi({ trafficSplitName: 'web-svc-ts' }));

const chart = new Chart(app, 'emojivoto', { namespace: 'emojivoto' });
new MeshNamespace(chart, 'emojivoto');

new CanaryService(chart, 'web-svc', declaration);
voteBot(chart, 'web-svc', { 'linkerd.io/inject': 'enabled' });

app.synth();
