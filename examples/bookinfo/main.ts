import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { CanaryService, Fault, HeaderMatch, IstioGateway, Mesh, MeshNamespace, PathMatch, Protocol, Rollout, RouteProps, VersionProps } from 'cdk8s-canary';

/** The user whose requests go first to a new version. */
const jason: RouteProps = { name: 'jason', matches: [{ headers: [HeaderMatch.exact('end-user', 'jason')] }], weights: { v2: 1 } };

/** How the reviews are shared out at each stage: a step says what changes. */
const rollout = Rollout.stages([
  { name: 'no-rules', splitByPods: true },
  { name: 'all-v1', weights: { v1: 1 } },
  { name: 'test-v2', addRoutes: [jason] },
  { name: 'test-delay', weights: { v3: 1 }, addRoutes: [{ ...jason, fault: Fault.delay(Duration.seconds(7)) }] },
  { name: '50-v3', weights: { v1: 50, v3: 50 }, dropRoutes: ['jason'] },
  { name: 'v3', weights: { v3: 1 } },
], { retire: false });

const stage = process.env.CANARY_STAGE ?? 'all-v1';

const app = new App();
Mesh.setDefault(app, Mesh.istio());
const chart = new Chart(app, 'bookinfo', { namespace: 'default' });
new MeshNamespace(chart, 'default');

const ports = [{ port: 9080 }];
const splitByPods = stage.endsWith('no-rules');

new CanaryService(chart, 'details', {
  ports, versions: [version('details', 'v1')], splitByPods, serviceAccountName: 'bookinfo-details',
});
new CanaryService(chart, 'ratings', {
  ports, versions: [version('ratings', 'v1')], splitByPods, serviceAccountName: 'bookinfo-ratings',
});
new CanaryService(chart, 'reviews', {
  ports,
  versions: ['v1', 'v2', 'v3'].map((name) => ({ ...version('reviews', name), env: { LOG_DIR: kplus.EnvValue.fromValue('/tmp/logs') } })),
  rollout,
  stage,
  serviceAccountName: 'bookinfo-reviews',
});
const productpage = new CanaryService(chart, 'productpage', {
  ports: [{ port: 9080, nodePort: 30607 }],
  serviceType: kplus.ServiceType.NODE_PORT,
  versions: [version('productpage', 'v1')],
  splitByPods,
  serviceAccountName: 'bookinfo-productpage',
});

const gateway = new IstioGateway(chart, 'bookinfo-gateway', { listeners: [{ port: 80, protocol: Protocol.HTTP }] });
productpage.exposeViaGateway(gateway, {
  name: 'bookinfo',
  matches: [
    { path: PathMatch.exact('/productpage') },
    { path: PathMatch.prefix('/static') },
    { path: PathMatch.exact('/login') },
    { path: PathMatch.exact('/logout') },
    { path: PathMatch.prefix('/api/v1/products') },
  ],
});

app.synth();

function version(service: string, name: string): VersionProps {
  return { name, image: `docker.io/istio/examples-bookinfo-${service}-${name}:1.20.3` };
}
