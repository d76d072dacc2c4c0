import { App, Chart } from 'cdk8s';
import { CanaryService, HeaderMatch, Mesh, MeshNamespace } from 'cdk8s-canary';

const app = new App();
Mesh.setDefault(app, Mesh.istio());

const chart = new Chart(app, 'shop', { namespace: 'shop' });
new MeshNamespace(chart, 'shop');

new CanaryService(chart, 'web', {
  ports: [{ port: 80, targetPort: 8080 }],
  versions: [
    { name: 'v1', image: 'example/web:1', replicas: 3 },
    { name: 'v2', image: 'example/web:2' },
  ],
  weights: { v1: 90, v2: 10 },
  routes: [{ matches: [{ headers: [HeaderMatch.exact('x-tester', 'yes')] }], weights: { v2: 1 } }],
});

app.synth();
