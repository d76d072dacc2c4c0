import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { CanaryService, Client, HttpMethod, Mesh, MeshNamespace, PathMatch, Rollout } from 'cdk8s-canary';

/** How the bookstore is shared out at each stage. */
const rollout = Rollout.stages([
  { name: 'before', splitByPods: true },
  { name: '100-0', weights: { v1: 100, v2: 0 } },
  { name: '50-50', weights: { v1: 50, v2: 50 } },
  { name: '0-100', weights: { v1: 0, v2: 100 } },
], { retire: false });

const app = new App();
const mesh = Mesh.openServiceMesh({ trafficSplitName: 'bookstore-split', httpRouteGroupName: 'bookstore-service-routes' });
Mesh.setDefault(app, mesh);
const chart = new Chart(app, 'bookstore', { namespace: 'bookstore' });

for (const namespace of ['bookstore', 'bookbuyer', 'bookthief']) new MeshNamespace(chart, `namespace-${namespace}`, { name: namespace });

new CanaryService(chart, 'bookstore', {
  ports: [{ port: 14001 }],
  versions: [
    { name: 'v1', image: 'openservicemesh/bookstore:v1.2.4' },
    { name: 'v2', image: 'openservicemesh/bookstore:v1.2.4' },
  ],
  rollout,
  stage: process.env.CANARY_STAGE ?? 'before',
  allowFrom: [
    Client.serviceAccount('bookbuyer', {
      namespace: 'bookbuyer',
      requests: [
        { name: 'books-bought', methods: [HttpMethod.GET], path: PathMatch.exact('/books-bought') },
        { name: 'buy-a-book', methods: [HttpMethod.GET], path: PathMatch.regex('.*a-book.*new') },
        { name: 'update-books-bought', methods: [HttpMethod.POST], path: PathMatch.exact('/update-books-bought') },
      ],
    }),
  ],
});

// The clients call the root, never a version's own Service: otherwise nothing is split.
for (const client of ['bookbuyer', 'bookthief']) {
  new CanaryService(chart, client, {
    namespace: client,
    ports: [{ port: 14001 }],
    versions: [{
      name: 'v1',
      image: `openservicemesh/${client}:v1.2.4`,
      deploymentName: client,
      serviceAccountName: client,
      env: { BOOKSTORE_NAMESPACE: kplus.EnvValue.fromValue('bookstore') },
    }],
    splitByPods: true,
  });
}

app.synth();
