import { App, Chart } from 'cdk8s';
import { CanaryService, Gateway, HeaderMatch, Mesh, MeshNamespace, PathMatch, Rollout, RouteProps } from 'cdk8s-canary';

const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });

/** A shop without a mesh, of which two paths can be reached from outside. Four pods in all, and they are the shares. */
export function expose(gatewayIn: (chart: Chart) => Gateway, testers: boolean): void {
  const mesh = Mesh.kubernetes();
  new MeshNamespace(chart, 'shop', { mesh });
  const gateway = gatewayIn(chart);
  // Testers get the canary until everybody does.
  const route: RouteProps = { name: 'testers', matches: [{ gateway, headers: [HeaderMatch.exact('x-tester', 'yes')] }], weights: { canary: 1 } };
  const rollout = Rollout.replicas({
    stable: 'stable',
    candidate: 'canary',
    pods: 4,
    steps: [
      { name: '75-25', replicas: { stable: 3, canary: 1 }, addRoutes: testers ? [route] : [] },
      { name: '0-100', replicas: { stable: 0, canary: 4 }, dropRoutes: testers ? ['testers'] : [] },
    ],
    retire: false,
  });
  const web = new CanaryService(chart, 'web', {
    mesh,
    ports: [{ port: 80, targetPort: 8080 }],
    versions: [{ name: 'stable', image: 'example/web:1' }, { name: 'canary', image: 'example/web:2' }],
    rollout,
    stage: process.env.CANARY_STAGE ?? 'stable',
  });
  web.exposeViaGateway(gateway, { hosts: ['shop.example.com'], matches: [{ path: PathMatch.prefix('/shop') }, { path: PathMatch.exact('/health') }] });
  app.synth();
}
