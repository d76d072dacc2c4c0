import { App, Chart } from 'cdk8s';
import { CanaryService, Gateway, HeaderMatch, Mesh, MeshNamespace, PathMatch, ReplicaSplit } from 'cdk8s-canary';

const stages: Record<string, Record<string, number>> = {
  '100-0': { stable: 100, canary: 0 },
  '75-25': { stable: 75, canary: 25 },
  '0-100': { stable: 0, canary: 100 },
};

export const stage = process.env.STAGE ?? '100-0';
if (!stages[stage]) throw new Error(`no stage "${stage}", there are ${Object.keys(stages).join(', ')}`);

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });

/** A shop without a mesh, of which two paths can be reached from outside. */
export function expose(gatewayIn: (chart: Chart) => Gateway, testers: boolean): void {
  const mesh = Mesh.kubernetes({ replicaSplit: ReplicaSplit.total(4) });
  new MeshNamespace(chart, 'shop', { mesh });
  const gateway = gatewayIn(chart);
  const web = new CanaryService(chart, 'web', {
    mesh,
    ports: [{ port: 80, targetPort: 8080 }],
    versions: [{ name: 'stable', image: 'example/web:1' }, { name: 'canary', image: 'example/web:2' }],
    weights: stages[stage],
    // Testers get the canary as soon as it has pods.
    routes: testers ? [{ matches: [{ gateway, headers: [HeaderMatch.exact('x-tester', 'yes')] }], weights: { canary: 1 } }] : undefined,
  });
  web.exposeViaGateway(gateway, { hosts: ['shop.example.com'], matches: [{ path: PathMatch.prefix('/shop') }, { path: PathMatch.exact('/health') }] });
  app.synth();
}
