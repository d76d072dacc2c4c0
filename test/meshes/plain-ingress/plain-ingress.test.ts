import { expose, Exposed, findingsOf, ingressesOf, manifestsOf, synth } from './manifests';
import {
  CanaryService, Client, HeaderMatch, IngressGateway, IngressGatewayProps, Mesh, NginxIngressGateway, PathMatch, Protocol, RouteProps,
} from '../../../src';

const edge = (props?: IngressGatewayProps): Exposed['gateway'] => (chart) => new IngressGateway(chart, 'edge', props);
const toV2 = (path: string): RouteProps => ({ matches: [{ path: PathMatch.prefix(path) }], weights: { v2: 1 } });
const backend = (name: string) => ({ service: { name, port: { number: 80 } } });

test('an Ingress of the default class sends all requests to the leaf of the only version with traffic', () => {
  expect(ingressesOf(manifestsOf({ gateway: edge(), props: { weights: { v2: 1 } } }))).toStrictEqual({
    'web-edge': { annotations: undefined, spec: { rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: backend('web-v2') }] } }] } },
  });
});

test('class, annotations, certificates, hosts and paths', () => {
  const gateway = edge({
    name: 'outside',
    ingressClassName: 'traefik',
    annotations: { 'example.com/a': '1' },
    tls: [{ secretName: 'wild', hosts: ['*.example.com'] }, { secretName: 'own', hosts: ['shop.example'] }, { secretName: 'other', hosts: ['other.example'] }],
  });
  const props = { weights: { v1: 1 }, routes: [toV2('/v2/')] };
  const exposures = [{ hosts: ['a.example.com', 'b.a.example.com', 'shop.example'], matches: [{ path: PathMatch.exact('/v2/x/') }, { path: PathMatch.prefix('/') }], name: 'web' }, { hosts: ['other.example'], name: 'other' }];
  const paths = [{ path: '/v2/x/', pathType: 'Exact', backend: backend('web-v2') }, { path: '/v2', pathType: 'Prefix', backend: backend('web-v2') }, { path: '/', pathType: 'Prefix', backend: backend('web-v1') }];

  expect(ingressesOf(manifestsOf({ gateway, props, exposures })).web).toStrictEqual({
    annotations: { 'example.com/a': '1' },
    spec: {
      ingressClassName: 'traefik',
      tls: [{ secretName: 'wild', hosts: ['a.example.com'] }, { secretName: 'own', hosts: ['shop.example'] }],
      rules: ['a.example.com', 'b.a.example.com', 'shop.example'].map((host) => ({ host, http: { paths } })),
    },
  });
});

test('a certificate for every host names none', () => {
  expect(ingressesOf(manifestsOf({ gateway: edge({ tls: [{ secretName: 'all' }] }), props: { weights: { v1: 1 } } }))['web-edge']).toHaveProperty('spec.tls', [{ secretName: 'all' }]);
});

test('a host has the certificate that is closest to it', () => {
  const tls = [{ secretName: 'all' }, { secretName: 'wild', hosts: ['*.example.com'] }, { secretName: 'own', hosts: ['a.example.com'] }];
  const manifests = manifestsOf({ gateway: edge({ tls }), props: { weights: { v1: 1 } }, exposures: [{ hosts: ['a.example.com', 'b.example.com', 'c.example'] }] });

  expect(ingressesOf(manifests)['web-edge']).toHaveProperty('spec.tls', [
    { secretName: 'all', hosts: ['c.example'] }, { secretName: 'wild', hosts: ['b.example.com'] }, { secretName: 'own', hosts: ['a.example.com'] },
  ]);
});

test('gRPC goes to the Service if the controller can', () => {
  const props = { weights: { v1: 1 }, ports: [{ port: 80, protocol: Protocol.GRPC }] };
  const manifests = manifestsOf({ gateway: edge({ backendProtocols: [Protocol.GRPC] }), props });
  expect(Object.keys(ingressesOf(manifests))).toStrictEqual(['web-edge']);
});

test('ingress-nginx: protocol, redirect, annotations of both Ingresses', () => {
  const manifests = manifestsOf({
    gateway: (chart) => new NginxIngressGateway(chart, 'edge', { httpsRedirect: false, tls: [{ secretName: 's' }], annotations: { 'nginx.ingress.kubernetes.io/service-upstream': 'true' } }),
    props: { ports: [{ port: 80, protocol: Protocol.GRPC }] },
  });
  const ingresses = ingressesOf(manifests) as Record<string, { annotations: unknown }>;
  expect(ingresses['web-edge-primary'].annotations).toStrictEqual({
    'nginx.ingress.kubernetes.io/service-upstream': 'true', 'nginx.ingress.kubernetes.io/backend-protocol': 'GRPC', 'nginx.ingress.kubernetes.io/ssl-redirect': 'false',
  });
  expect(ingresses['web-edge-canary'].annotations).toStrictEqual({
    'nginx.ingress.kubernetes.io/service-upstream': 'true', 'nginx.ingress.kubernetes.io/canary': 'true', 'nginx.ingress.kubernetes.io/canary-weight': '10',
  });
});

test('without a mesh, the namespace of the controller gets through to a service with named clients', () => {
  const mesh = Mesh.kubernetes();
  const manifests = manifestsOf({
    gateway: (chart) => new NginxIngressGateway(chart, 'edge'),
    props: { mesh, weights: { v1: 1, v2: 1 }, allowFrom: [Client.namespace('cart')] },
  });
  const peer = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
  expect(manifests.find(({ kind }) => kind === 'NetworkPolicy')?.spec).toMatchObject({ ingress: [{ from: [peer('cart'), peer('ingress-nginx')] }] });
});

test('Open Service Mesh lets the controller in by its Service', () => {
  const manifests = manifestsOf({
    gateway: (chart) => new NginxIngressGateway(chart, 'edge', { serviceName: 'ingress-nginx-controller' }),
    props: { mesh: Mesh.openServiceMesh(), weights: { v1: 9, v2: 1 } },
  });
  expect(manifests.find(({ kind }) => kind === 'IngressBackend')?.spec).toMatchObject({
    backends: [{ name: 'web-v1' }, { name: 'web-v2' }], sources: [{ kind: 'Service', namespace: 'ingress-nginx', name: 'ingress-nginx-controller' }],
  });
});

test('the same conditions for one gateway alone ask nothing of a mesh that has none', () => {
  const manifests = synth((chart) => {
    const gateway = new NginxIngressGateway(chart, 'edge');
    const web = new CanaryService(chart, 'web', {
      mesh: Mesh.kubernetes(),
      ports: [{ port: 80 }],
      versions: [{ name: 'v1', image: 'web:1' }, { name: 'v2', image: 'web:2' }],
      weights: { v1: 1, v2: 1 },
      routes: [{ matches: [{ gateway, headers: [HeaderMatch.exact('x-tester', 'yes')] }], weights: { v2: 1 } }],
    });
    web.exposeViaGateway(gateway);
  });
  expect(Object.keys(ingressesOf(manifests))).toStrictEqual(['web-edge-primary', 'web-edge-canary']);
});

interface Refusal extends Partial<Exposed> {
  readonly name: string;
  readonly findings: readonly string[];
}

const at = (place: string, what: string) => `[shop/web/Exposure1] capability-missing at ${place}: ${what}`;
const lacks = (place: string, what: string) => at(place, `the gateway "edge" is a plain Ingress and cannot ${what}; leave it out, or use a gateway that can`);
const share = (place: string, names: string) => at(place, `an Ingress knows one Service for a path, and no Service has pods of ${names} in the declared shares (WeightedSplit); `
  + 'give one version all the weight, let the numbers of pods decide with `splitByPods`, or use a gateway that shares requests out');

test.each<Refusal>([
  { name: 'weights in a mesh', findings: [share('weights', '"v1", "v2"')] },
  { name: 'weights behind one path', props: { weights: { v1: 1 }, routes: [{ ...toV2('/a'), weights: { v1: 1, v2: 3 } }] }, findings: [share('routes[0].weights', '"v1", "v2"')] },
  {
    name: 'other weights than those that the pods make, without a mesh',
    props: (gateway) => ({ mesh: Mesh.kubernetes(), weights: { v1: 1, v2: 1 }, routes: [{ matches: [{ gateway }], weights: { v1: 1, v2: 3 } }] }),
    findings: [share('routes[0].weights', '"v1", "v2"')],
  },
  { name: 'headers', props: { weights: { v1: 1 }, routes: [{ matches: [{ headers: [HeaderMatch.exact('x-a', '1')] }], weights: { v2: 1 } }] }, findings: [lacks('routes[0].matches[0]', 'match headers (HTTPRouteHeaderMatching)')] },
  { name: 'redirects', props: { weights: { v1: 1 }, routes: [{ matches: [{ path: PathMatch.exact('/a') }], redirect: { path: '/b' } }] }, findings: [lacks('routes[0].redirect', 'redirect requests (HTTPRouteRedirect)')] },
  {
    name: 'gRPC that nobody said it speaks',
    props: { weights: { v1: 1 }, ports: [{ port: 80, protocol: Protocol.GRPC }] },
    findings: [at('port', 'the gateway "edge" is a plain Ingress and cannot say that port 80 speaks GRPC; name the protocol in `backendProtocols` if the controller knows it by other means, or use a gateway that can')],
  },
  {
    name: 'one host and path twice',
    props: { weights: { v1: 1 } },
    exposures: [{ name: 'a' }, { name: 'b' }],
    findings: ['[shop/web/Exposure2] exposure-invalid at matches: "shop/web/Exposure1" exposes the prefix path "/" of "*" too, and the older object would decide; expose other hosts or paths'],
  },
  { name: 'no path as prefix and as exact path', props: { weights: { v1: 1 } }, exposures: [{ name: 'a', matches: [{ path: PathMatch.prefix('/a') }] }, { name: 'b', matches: [{ path: PathMatch.exact('/a') }] }], findings: [] },
])('a plain Ingress refuses $name', ({ gateway = edge(), findings, ...exposed }) => {
  expect(findingsOf((chart) => expose(chart, { gateway, ...exposed }))).toEqual(findings);
});

test('a plain Ingress refuses the host and path of another service on another gateway of its class', () => {
  expect(findingsOf((chart) => {
    for (const name of ['web', 'cart']) {
      const service = new CanaryService(chart, name, { mesh: Mesh.istio(), ports: [{ port: 80 }], versions: [{ name: 'v1', image: 'a:1' }] });
      service.exposeViaGateway(new IngressGateway(chart, `for-${name}`, { ingressClassName: 'traefik' }), { hosts: ['shop.example'] });
    }
  })).toEqual([
    '[shop/cart/Exposure1] exposure-invalid at matches: "shop/web/Exposure1" exposes the prefix path "/" of "shop.example" too, and the older object would decide; expose other hosts or paths',
  ]);
});
