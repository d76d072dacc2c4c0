import { App, Chart, Duration, Testing } from 'cdk8s';
import { Manifest, manifestsOf, one } from './manifests';
import {
  Client, HttpMethod, InjectionMode, IstioApiVersion, IstioGateway, LoadBalancing, Mesh, MeshNamespace, PathMatch, PeerAuthenticationMode, Protocol,
  TlsMode, TrafficPolicy,
} from '../../../src';

// Forms from https://istio.io/latest/docs/reference/config/networking/destination-rule/, .../gateway/ and .../security/.

const host = 'web.shop.svc.cluster.local';

test.each<{ name: string; policy: TrafficPolicy; expected: object }>([
  { name: 'round robin', policy: { loadBalancing: LoadBalancing.roundRobin() }, expected: { loadBalancer: { simple: 'ROUND_ROBIN' } } },
  { name: 'least request', policy: { loadBalancing: LoadBalancing.leastRequest() }, expected: { loadBalancer: { simple: 'LEAST_REQUEST' } } },
  { name: 'random', policy: { loadBalancing: LoadBalancing.random() }, expected: { loadBalancer: { simple: 'RANDOM' } } },
  {
    name: 'a hash of a header',
    policy: { loadBalancing: LoadBalancing.hashHeader('x-user') },
    expected: { loadBalancer: { consistentHash: { httpHeaderName: 'x-user' } } },
  },
  {
    name: 'a hash of a cookie',
    policy: { loadBalancing: LoadBalancing.hashCookie('user', Duration.hours(1), '/') },
    expected: { loadBalancer: { consistentHash: { httpCookie: { name: 'user', path: '/', ttl: '3600s' } } } },
  },
  {
    name: 'a hash of the address',
    policy: { loadBalancing: LoadBalancing.hashSourceIp() },
    expected: { loadBalancer: { consistentHash: { useSourceIp: true } } },
  },
  {
    name: 'a hash of a query parameter',
    policy: { loadBalancing: LoadBalancing.hashQuery('user') },
    expected: { loadBalancer: { consistentHash: { httpQueryParameterName: 'user' } } },
  },
  {
    name: 'a connection pool',
    policy: {
      connectionPool: {
        maxConnections: 10,
        connectTimeout: Duration.millis(30),
        tcpIdleTimeout: Duration.minutes(1),
        maxConnectionDuration: Duration.hours(1),
        http1MaxPendingRequests: 1,
        http2MaxRequests: 100,
        maxRequestsPerConnection: 1,
        maxRetries: 3,
        httpIdleTimeout: Duration.seconds(5),
      },
    },
    expected: {
      connectionPool: {
        tcp: { maxConnections: 10, connectTimeout: '0.03s', idleTimeout: '60s', maxConnectionDuration: '3600s' },
        http: { http1MaxPendingRequests: 1, http2MaxRequests: 100, maxRequestsPerConnection: 1, maxRetries: 3, idleTimeout: '5s' },
      },
    },
  },
  {
    name: 'outlier detection',
    policy: {
      outlierDetection: {
        consecutive5xxErrors: 7,
        consecutiveGatewayErrors: 2,
        interval: Duration.minutes(5),
        baseEjectionTime: Duration.minutes(15),
        maxEjectionPercent: 50,
        minHealthPercent: 30,
      },
    },
    expected: {
      outlierDetection: {
        consecutive5xxErrors: 7, consecutiveGatewayErrors: 2, interval: '300s', baseEjectionTime: '900s', maxEjectionPercent: 50, minHealthPercent: 30,
      },
    },
  },
])('traffic policy: $name, for the service or for one version', ({ policy, expected }) => {
  expect(one(manifestsOf({ trafficPolicy: policy }), 'DestinationRule').spec).toEqual({
    host, trafficPolicy: expected, subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' } }],
  });
  const versions = [{ name: 'v1', image: 'web:1' }, { name: 'v2', image: 'web:2', versionLabel: '2.0', trafficPolicy: policy }];
  expect(one(manifestsOf({ versions, weights: { v1: 1 } }), 'DestinationRule').spec).toEqual({
    host, subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: '2.0' }, trafficPolicy: expected }],
  });
});

test('passthrough is for services whose shares are left to the pods', () => {
  const { spec } = one(manifestsOf({ splitByPods: true, trafficPolicy: { loadBalancing: LoadBalancing.passthrough() } }), 'DestinationRule');
  expect(spec).toMatchObject({ trafficPolicy: { loadBalancer: { simple: 'PASSTHROUGH' } } });
});

test('access covers the pods of all versions, by account and namespace, and strict mutual TLS goes with it', () => {
  const manifests = manifestsOf({ allowFrom: [Client.serviceAccount('cart'), Client.serviceAccount('pay', { namespace: 'bank' }), Client.namespace('tests')] });
  expect(one(manifests, 'AuthorizationPolicy').spec).toEqual({
    action: 'ALLOW',
    selector: { matchLabels: { app: 'web' } },
    rules: [{
      from: [
        { source: { principals: ['cluster.local/ns/shop/sa/cart', 'cluster.local/ns/bank/sa/pay'] } },
        { source: { namespaces: ['tests'] } },
      ],
    }],
  });
  expect(one(manifests, 'PeerAuthentication').spec).toEqual({ selector: { matchLabels: { app: 'web' } }, mtls: { mode: 'STRICT' } });
});

test('an empty list of clients denies everybody, and a gateway that the service is exposed on is let in', () => {
  expect(one(manifestsOf({ allowFrom: [] }), 'AuthorizationPolicy').spec).toEqual({ action: 'ALLOW', selector: { matchLabels: { app: 'web' } } });
  const gateway = { listeners: [{ port: 80, protocol: Protocol.HTTP }], serviceAccountName: 'edge', podNamespace: 'ingress' };
  const { spec } = one(manifestsOf({ allowFrom: [], options: { trustDomain: 'corp' } }, { gateway }), 'AuthorizationPolicy');
  expect(spec).toEqual({
    action: 'ALLOW', selector: { matchLabels: { app: 'web' } }, rules: [{ from: [{ source: { principals: ['corp/ns/ingress/sa/edge'] } }] }],
  });
});

test('clients limited to some requests get a rule each, and one of its own for the ports without HTTP, where paths and methods have no meaning', () => {
  const requests = [{ methods: [HttpMethod.GET], path: PathMatch.prefix('/api') }, { path: PathMatch.exact('/health') }];
  const ports = [{ port: 80 }, { port: 3306, targetPort: 13306, protocol: Protocol.TCP }];
  const { spec } = one(manifestsOf({ ports, allowFrom: [Client.serviceAccount('cart', { requests }), Client.namespace('tests')] }), 'AuthorizationPolicy');
  const cart = [{ source: { principals: ['cluster.local/ns/shop/sa/cart'] } }];
  expect((spec as { rules: unknown }).rules).toEqual([
    { from: [{ source: { namespaces: ['tests'] } }] },
    { from: cart, to: [{ operation: { methods: ['GET'], paths: ['/api', '/api/*'] } }, { operation: { paths: ['/health'] } }] },
    { from: cart, to: [{ operation: { ports: ['13306'] } }] },
  ]);
});

test.each([
  { name: 'STRICT', mode: PeerAuthenticationMode.STRICT, modes: ['STRICT'] },
  { name: 'PERMISSIVE', mode: PeerAuthenticationMode.PERMISSIVE, modes: ['PERMISSIVE'] },
  { name: 'UNCHANGED writes none', mode: PeerAuthenticationMode.UNCHANGED, modes: [] },
])('peer authentication: $name', ({ mode, modes }) => {
  const manifests = manifestsOf({ allowFrom: [Client.namespace('tests')], options: { peerAuthentication: mode } });
  const found = manifests.filter(({ kind }) => kind === 'PeerAuthentication').map(({ spec }) => (spec as { mtls: { mode: string } }).mtls.mode);
  expect(found).toEqual(modes);
});

test.each([
  { version: IstioApiVersion.V1, networking: 'networking.istio.io/v1', security: 'security.istio.io/v1' },
  { version: IstioApiVersion.V1BETA1, networking: 'networking.istio.io/v1beta1', security: 'security.istio.io/v1beta1' },
  { version: IstioApiVersion.V1ALPHA3, networking: 'networking.istio.io/v1alpha3', security: 'security.istio.io/v1beta1' },
])('API version $version is written into every object, and changes nothing else', ({ version, networking, security }) => {
  const declared = { allowFrom: [Client.namespace('tests')] };
  const gateway = { listeners: [{ port: 80, protocol: Protocol.HTTP }] };
  const found = manifestsOf({ ...declared, options: { apiVersion: version } }, { gateway: { ...gateway, apiVersion: version } });
  const expected = manifestsOf(declared, { gateway });
  const ofIstio = ({ apiVersion }: Manifest) => apiVersion.includes('istio.io');
  expect(found.filter(ofIstio).map(({ apiVersion }) => apiVersion)).toEqual(
    expected.filter(ofIstio).map(({ kind }) => (kind.includes('Authentication') || kind.includes('Authorization') ? security : networking)));
  expect(found.map((manifest) => ({ ...manifest, apiVersion: '' }))).toEqual(expected.map((manifest) => ({ ...manifest, apiVersion: '' })));
});

test('names, visibility and cluster domain are settable', () => {
  const manifests = manifestsOf({
    options: {
      destinationRuleName: 'dr', virtualServiceName: 'vs', authorizationPolicyName: 'ap', peerAuthenticationName: 'pa', exportTo: ['.'], clusterDomain: 'corp',
    },
    allowFrom: [Client.serviceAccount('cart')],
  });
  expect(one(manifests, 'DestinationRule', 'dr').spec).toMatchObject({ host: 'web.shop.svc.corp', exportTo: ['.'] });
  expect(one(manifests, 'VirtualService', 'vs').spec).toMatchObject({ hosts: ['web.shop.svc.corp'], exportTo: ['.'] });
  expect(one(manifests, 'AuthorizationPolicy', 'ap').spec).toMatchObject({ rules: [{ from: [{ source: { principals: ['corp/ns/shop/sa/cart'] } }] }] });
  expect(one(manifests, 'PeerAuthentication', 'pa').metadata.namespace).toBe('shop');
});

test('a gateway has a server for each listener', () => {
  const listeners = [
    { port: 80, protocol: Protocol.HTTP, hosts: ['a.example'], httpsRedirect: true },
    { port: 443, protocol: Protocol.HTTPS, hosts: ['a.example', '*.b.example'], tls: { secretName: 'cert' } },
    { port: 8443, protocol: Protocol.HTTPS, tls: { mode: TlsMode.MUTUAL, secretName: 'cert' } },
    { port: 15443, protocol: Protocol.TLS, name: 'pass', tls: { mode: TlsMode.PASSTHROUGH } },
    { port: 31400, protocol: Protocol.TCP },
  ];
  const found = one(manifestsOf({}, { gateway: { listeners, selector: { app: 'edge' } }, exposure: { hosts: ['a.example'] } }), 'Gateway');
  expect(found.spec).toEqual({
    selector: { app: 'edge' },
    servers: [
      { port: { number: 80, name: 'http-80', protocol: 'HTTP' }, hosts: ['a.example'], tls: { httpsRedirect: true } },
      { port: { number: 443, name: 'https-443', protocol: 'HTTPS' }, hosts: ['a.example', '*.b.example'], tls: { mode: 'SIMPLE', credentialName: 'cert' } },
      { port: { number: 8443, name: 'https-8443', protocol: 'HTTPS' }, hosts: ['*'], tls: { mode: 'MUTUAL', credentialName: 'cert' } },
      { port: { number: 15443, name: 'pass', protocol: 'TLS' }, hosts: ['*'], tls: { mode: 'PASSTHROUGH' } },
      { port: { number: 31400, name: 'tcp-31400', protocol: 'TCP' }, hosts: ['*'] },
    ],
  });
});

test('an existing gateway is bound to and not written', () => {
  const gateway = { listeners: [{ port: 80, protocol: Protocol.HTTP }], existing: true, namespace: 'ingress', name: 'public' };
  const manifests = manifestsOf({}, { gateway });
  expect(manifests.filter(({ kind }) => kind === 'Gateway')).toEqual([]);
  expect(one(manifests, 'VirtualService', 'web-public').spec).toMatchObject({ gateways: ['ingress/public'] });
});

test('the gateway comes before the routes bound to it, also when it is declared after the service', () => {
  const kinds = manifestsOf({}, { gateway: { listeners: [{ port: 80, protocol: Protocol.HTTP }] } }).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  expect(kinds.indexOf('Gateway edge')).toBeLessThan(kinds.indexOf('VirtualService web-edge'));
});

test.each([
  { name: 'by namespace', injection: InjectionMode.namespace(), namespace: { 'istio-injection': 'enabled' }, pods: {} },
  { name: 'by pod', injection: InjectionMode.pod(), namespace: undefined, pods: { 'sidecar.istio.io/inject': 'true' } },
  { name: 'by revision', injection: InjectionMode.revision('1-31'), namespace: { 'istio.io/rev': '1-31' }, pods: {} },
  { name: 'by something else', injection: InjectionMode.none(), namespace: undefined, pods: {} },
])('injection: $name', ({ injection, namespace, pods }) => {
  const chart = new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
  new MeshNamespace(chart, 'shop', { mesh: Mesh.istio({ injection }) });
  expect(Testing.synth(chart)).toEqual([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', ...(namespace && { labels: namespace }) } }]);
  const { spec } = one(manifestsOf({ options: { injection } }), 'Deployment', 'web-v1');
  expect((spec as { template: { metadata: unknown } }).template.metadata).toEqual({ labels: { ...pods, app: 'web', version: 'v1' } });
});

test('the nearest scope chooses the mesh', () => {
  const app = Testing.app() as App;
  const chart = new Chart(app, 'shop');
  const far = Mesh.istio();
  const near = Mesh.istio();
  Mesh.setDefault(app, far);
  expect(Mesh.of(chart)).toBe(far);
  Mesh.setDefault(chart, near);
  expect(Mesh.of(chart)).toBe(near);
  expect(Mesh.of(new Chart(Testing.app() as App, 'other'))).toBeUndefined();
  expect(new IstioGateway(chart, 'edge', { listeners: [{ port: 80, protocol: Protocol.HTTP }] }).gatewayNamespace).toBe('default');
});
