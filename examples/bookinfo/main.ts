import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CanaryService, CanaryServiceProps, Fault, HeaderMatch, IstioGateway, Mesh, MeshNamespace, PathMatch, Protocol, VersionProps,
} from 'cdk8s-canary';

/** The user whose requests go first to a new version. */
const asJason = [{ headers: [HeaderMatch.exact('end-user', 'jason')] }];

/** How the reviews are shared out at each stage. */
const stages: Record<string, Pick<CanaryServiceProps, 'weights' | 'routes' | 'splitByPods'>> = {
  'no-rules': { splitByPods: true },
  'all-v1': { weights: { v1: 1 } },
  'test-v2': { weights: { v1: 1 }, routes: [{ matches: asJason, weights: { v2: 1 } }] },
  'test-delay': { weights: { v3: 1 }, routes: [{ matches: asJason, weights: { v2: 1 }, fault: Fault.delay(Duration.seconds(7)) }] },
  '50-v3': { weights: { v1: 50, v3: 50 } },
  'v3': { weights: { v3: 1 } },
};

const stage = process.env.STAGE ?? 'all-v1';
if (!stages[stage]) throw new Error(`no stage "${stage}", there are ${Object.keys(stages).join(', ')}`);

const app = new App();
Mesh.setDefault(app, Mesh.istio());
const chart = new Chart(app, 'bookinfo', { namespace: 'default' });
new MeshNamespace(chart, 'default');

const ports = [{ port: 9080 }];
const splitByPods = stage === 'no-rules';

new CanaryService(chart, 'details', {
  ports, versions: [version('details', 'v1')], splitByPods, serviceAccountName: 'bookinfo-details',
});
new CanaryService(chart, 'ratings', {
  ports, versions: [version('ratings', 'v1')], splitByPods, serviceAccountName: 'bookinfo-ratings',
});
new CanaryService(chart, 'reviews', {
  ports,
  versions: ['v1', 'v2', 'v3'].map((name) => ({ ...version('reviews', name), env: { LOG_DIR: kplus.EnvValue.fromValue('/tmp/logs') } })),
  ...stages[stage],
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
