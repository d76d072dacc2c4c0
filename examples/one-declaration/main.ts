import { App, Chart } from 'cdk8s';
import { CanaryService, GatewayApiImplementation, Mesh, MeshNamespace, ReplicaSplit } from 'cdk8s-canary';

/** The only line that differs from mesh to mesh. */
const meshes: Record<string, Mesh> = {
  'istio': Mesh.istio(),
  'gateway-api': Mesh.gatewayApi({ implementation: GatewayApiImplementation.ISTIO }),
  'linkerd': Mesh.linkerd(),
  'kuma': Mesh.kuma(),
  'open-service-mesh': Mesh.openServiceMesh(),
  'smi': Mesh.smi(),
  'kubernetes': Mesh.kubernetes({ replicaSplit: ReplicaSplit.total(10) }),
};

const stage = process.env.STAGE ?? 'istio';
const mesh = meshes[stage];
if (!mesh) throw new Error(`no mesh "${stage}", there are ${Object.keys(meshes).join(', ')}`);

const app = new App();
Mesh.setDefault(app, mesh);
const chart = new Chart(app, 'shop', { namespace: 'shop' });
new MeshNamespace(chart, 'shop');

new CanaryService(chart, 'web', {
  ports: [{ port: 80, targetPort: 8080 }],
  versions: [
    { name: 'v1', image: 'example/web:1' },
    { name: 'v2', image: 'example/web:2' },
  ],
  weights: { v1: 80, v2: 20 },
});

app.synth();
