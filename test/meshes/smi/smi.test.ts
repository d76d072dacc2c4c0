import { App, Chart, Duration, Testing } from 'cdk8s';
import {
  CanaryService, CanaryServiceProps, Client, Fault, HeaderMatch, HttpMethod, IstioGateway, Mesh, MeshNamespace, PathMatch, Protocol, RootSelector,
  TrafficSplitVersion,
} from '../../../src';
import { findingsOf } from '../../findings';

// Forms from https://github.com/servicemeshinterface/smi-spec (apis/traffic-split, traffic-specs, traffic-access) and from Open Service Mesh's CRDs.

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: unknown;
}

function manifestsOf(mesh: Mesh, props: Partial<CanaryServiceProps>): Manifest[] {
  const chart = new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
  new CanaryService(chart, 'web', { mesh, ...declaration, ...props });
  return Testing.synth(chart) as Manifest[];
}

const declaration: CanaryServiceProps = {
  ports: [{ port: 80 }],
  versions: [{ name: 'v1', image: 'web:1' }, { name: 'v2', image: 'web:2' }],
  weights: { v1: 3, v2: 1 },
};

function specs(manifests: readonly Manifest[], kind: string): unknown[] {
  return manifests.filter((manifest) => manifest.kind === kind).map(({ spec }) => spec);
}

test.each([
  { version: TrafficSplitVersion.V1ALPHA1, weights: ['3m', '1m'] },
  { version: TrafficSplitVersion.V1ALPHA2, weights: [3, 1] },
  { version: TrafficSplitVersion.V1ALPHA3, weights: [3, 1] },
  { version: TrafficSplitVersion.V1ALPHA4, weights: [3, 1] },
])('a TrafficSplit of $version has the weights $weights', ({ version, weights: [first, second] }) => {
  const [split] = manifestsOf(Mesh.smi({ trafficSplitVersion: version }), {}).filter(({ kind }) => kind === 'TrafficSplit');
  expect(split).toMatchObject({
    apiVersion: `split.smi-spec.io/${version}`,
    metadata: { name: 'web' },
    spec: { service: 'web', backends: [{ service: 'web-v1', weight: first }, { service: 'web-v2', weight: second }] },
  });
});

test('a leaf without traffic is left out, because Open Service Mesh breaks TCP listeners on a weight of 0', () => {
  const manifests = manifestsOf(Mesh.openServiceMesh({ trafficSplitName: 'split' }), { weights: { v1: 0, v2: 100 } });
  expect(specs(manifests, 'TrafficSplit')).toEqual([{ service: 'web', backends: [{ service: 'web-v2', weight: 100 }] }]);
  expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toContain('TrafficSplit split');
});

test('without weights there is no split', () => {
  expect(specs(manifestsOf(Mesh.openServiceMesh(), { weights: undefined, splitByPods: true }), 'TrafficSplit')).toEqual([]);
});

test('access names each version, each client and each match, in this order of objects', () => {
  const requests = [
    { name: 'read', methods: [HttpMethod.GET], path: PathMatch.prefix('/books') },
    { path: PathMatch.exact('/a.b'), methods: [HttpMethod.HEAD] },
    { methods: [HttpMethod.POST, HttpMethod.PUT] },
    { path: PathMatch.regex('.*new'), methods: [HttpMethod.GET] },
  ];
  const deletions = [{ methods: [HttpMethod.DELETE], path: PathMatch.prefix('/') }];
  const manifests = manifestsOf(Mesh.openServiceMesh({ httpRouteGroupName: 'routes' }), {
    allowFrom: [Client.serviceAccount('buyer', { namespace: 'buyers', requests }), Client.serviceAccount('admin', { requests: deletions })],
  });
  expect(specs(manifests, 'HTTPRouteGroup')).toEqual([{
    matches: [
      { name: 'read', pathRegex: '/books(/.*)?', methods: ['GET'] },
      { name: 'head-a-b', pathRegex: '/a\\.b', methods: ['HEAD'] },
      { name: 'post-put-any', pathRegex: '.*', methods: ['POST', 'PUT'] },
      { name: 'get-new', pathRegex: '.*new', methods: ['GET'] },
      { name: 'delete', pathRegex: '(/.*)?', methods: ['DELETE'] },
    ],
  }]);
  const target = (version: string, client: { name: string; namespace: string }, matches: string[]) => ({
    destination: { kind: 'ServiceAccount', name: `web-${version}`, namespace: 'shop' },
    sources: [{ kind: 'ServiceAccount', ...client }],
    rules: [{ kind: 'HTTPRouteGroup', name: 'routes', matches }],
  });
  const buyer = { name: 'buyer', namespace: 'buyers' };
  const admin = { name: 'admin', namespace: 'shop' };
  expect(specs(manifests, 'TrafficTarget')).toEqual([
    target('v1', buyer, ['read', 'head-a-b', 'post-put-any', 'get-new']), target('v1', admin, ['delete']),
    target('v2', buyer, ['read', 'head-a-b', 'post-put-any', 'get-new']), target('v2', admin, ['delete']),
  ]);
  expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`).slice(-6)).toEqual([
    'HTTPRouteGroup routes', 'TrafficTarget web-v1-1', 'TrafficTarget web-v1-2', 'TrafficTarget web-v2-1', 'TrafficTarget web-v2-2', 'TrafficSplit web',
  ]);
});

test('ports without HTTP are opened by number, and accounts that versions share need one target', () => {
  const manifests = manifestsOf(Mesh.openServiceMesh(), {
    ports: [{ port: 5432, targetPort: 15432, protocol: Protocol.TCP }], serviceAccountName: 'web', allowFrom: [Client.serviceAccount('cart')],
  });
  expect(specs(manifests, 'HTTPRouteGroup')).toEqual([]);
  expect(specs(manifests, 'TCPRoute')).toEqual([{ matches: { ports: [15432] } }]);
  expect(specs(manifests, 'TrafficTarget')).toEqual([{
    destination: { kind: 'ServiceAccount', name: 'web', namespace: 'shop' },
    sources: [{ kind: 'ServiceAccount', name: 'cart', namespace: 'shop' }],
    rules: [{ kind: 'TCPRoute', name: 'web' }],
  }]);
});

test('a namespace joins Open Service Mesh by a label and an annotation', () => {
  const chart = new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
  new MeshNamespace(chart, 'shop', { mesh: Mesh.openServiceMesh({ meshName: 'books' }) });
  expect(Testing.synth(chart)).toEqual([{
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'shop',
      labels: { 'openservicemesh.io/monitored-by': 'books' },
      annotations: { 'openservicemesh.io/sidecar-injection': 'enabled' },
    },
  }]);
});

test('the root may be the leaf of one version: it selects that version and is one of its own backends', () => {
  const versions = [{ name: 'v1', image: 'web:1', leafName: 'web' }, { name: 'v2', image: 'web:2' }];
  const manifests = manifestsOf(Mesh.smi(), { versions });
  expect(specs(manifests, 'TrafficSplit')).toEqual([{ service: 'web', backends: [{ service: 'web', weight: 3 }, { service: 'web-v2', weight: 1 }] }]);
  expect(specs(manifests, 'Service')).toMatchObject([{ selector: { app: 'web', version: 'v1' } }, { selector: { app: 'web', version: 'v2' } }]);
});

const refuse = (mesh: Mesh, props: Partial<CanaryServiceProps>) => findingsOf((chart) => {
  new CanaryService(chart, 'web', { mesh, ...declaration, ...props });
});

test.each<{ name: string; mesh: Mesh; props: Partial<CanaryServiceProps>; findings: string[] }>([
  {
    name: 'a condition on a header, a fault and a timeout, each by itself',
    mesh: Mesh.openServiceMesh(),
    props: {
      routes: [{ matches: [{ headers: [HeaderMatch.exact('x-a', '1')] }], weights: { v2: 1 }, fault: Fault.abort(503) }], timeout: Duration.seconds(1),
    },
    findings: [
      '[test/web] capability-missing at routes[0].matches[0]: the mesh "open-service-mesh" cannot match headers (HTTPRouteHeaderMatching); leave it out, or choose a mesh that can',
      '[test/web] capability-missing at routes[0].fault: the mesh "open-service-mesh" cannot abort requests (FaultAbort); leave it out, or choose a mesh that can',
      '[test/web] capability-missing at timeout: the mesh "open-service-mesh" cannot limit the time of requests (HTTPRouteRequestTimeout); leave it out, or choose a mesh that can',
    ],
  },
  {
    name: 'a root without pods on Open Service Mesh, which takes the pods from it',
    mesh: Mesh.openServiceMesh(),
    props: { rootSelector: RootSelector.none() },
    findings: [
      '[test/web] root-selector-unfit at rootSelector: Open Service Mesh takes the pods behind a split from the root Service, whose selector leaves out "v1", "v2"; use `RootSelector.allVersions()`',
    ],
  },
  {
    name: 'clients by namespace',
    mesh: Mesh.openServiceMesh(),
    props: { allowFrom: [Client.namespace('buyers')] },
    findings: [
      '[test/web] capability-missing at allowFrom[0]: the mesh "open-service-mesh" cannot allow clients by namespace (NamespaceAccess); leave it out, or choose a mesh that can',
    ],
  },
  {
    name: 'clients with requests that overlap, of which Open Service Mesh may take either',
    mesh: Mesh.openServiceMesh(),
    props: { allowFrom: [Client.serviceAccount('a'), Client.serviceAccount('b', { requests: [{ methods: [HttpMethod.GET] }] })] },
    findings: [
      '[test/web] access-invalid at allowFrom[1].requests: some of these requests are allowed to "default/a" in other words too, and the mesh may take either; give both clients the same requests, or requests that exclude each other',
    ],
  },
])('fails if asked for $name', ({ mesh, props, findings }) => {
  expect(refuse(mesh, props)).toEqual(findings);
});

test('fails if a gateway of Istio is to send to it, which knows subsets only', () => {
  expect(findingsOf((chart) => {
    const service = new CanaryService(chart, 'web', { mesh: Mesh.openServiceMesh(), ...declaration });
    service.exposeViaGateway(new IstioGateway(chart, 'edge', { listeners: [{ port: 80, protocol: Protocol.HTTP }] }));
  })).toEqual([
    '[test/web/Exposure1] exposure-invalid at gateway: a gateway of Istio sends to subsets of Istio, and the mesh of the service is "open-service-mesh"; use a gateway that goes with the mesh, or `Mesh.istio()`',
    '[test/web/Exposure1] exposure-invalid at gateway: Open Service Mesh lets in the gateway "edge" only if an IngressBackend can name its Service; use a `GatewayApiGateway` with `serviceName`',
  ]);
});
