import { Mesh, RequestSource, Traffic } from '../../src';

const MANIFESTS = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web-v1, namespace: shop }
spec: { replicas: 2, template: { metadata: { labels: { app: web, version: v1 } } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web-canary, namespace: shop }
spec: { template: { metadata: { labels: { app: web } } } }
---
apiVersion: v1
kind: Service
metadata: { name: empty, namespace: shop }
spec: { selector: { app: nothing }, ports: [{ port: 80 }] }
`;

test('without a mesh every pod behind the Service gets the same share', () => {
  const decision = Traffic.fromYaml(MANIFESTS).decide({ host: 'web' });
  expect(decision.shares).toEqual({ 'v1': 2 / 3, 'web-canary': 1 / 3 });
  expect(decision.outcomes.map(({ exactShare, workload }) => [exactShare, workload])).toEqual([['2/3', 'Deployment shop/web-v1'], ['1/3', 'Deployment shop/web-canary']]);
  expect(decision.share('web-v1')).toBe(2 / 3);
  expect(decision.lost).toBe(0);
});

test.each([
  { what: 'a Service without pods', request: { host: 'empty' }, status: 'closed' },
  { what: 'a name that no Service has', request: { host: 'nobody.shop' }, status: 'closed' },
  { what: 'a port that the Service lacks', request: { host: 'web', port: 81 }, status: 'closed' },
  { what: 'a gateway that is not there', request: { host: 'web', from: RequestSource.gateway('edge') }, status: 'closed' },
])('$what: the connection is refused', ({ request, status }) => {
  const decision = Traffic.fromYaml(MANIFESTS).decide({ from: RequestSource.plain(), ...request });
  expect(decision.statusShare(status)).toBe(1);
  expect(decision.lost).toBe(1);
});

test('a decision reads as text', () => {
  expect(`${Traffic.fromYaml(MANIFESTS).decide({ host: 'web.shop' })}`).toMatchInlineSnapshot(`
"66.6667 %  v1 (Deployment shop/web-v1)
33.3333 %  web-canary (Deployment shop/web-canary)
decided by no rule: any pod of the Service"
`);
});

test('what cannot be read is told', () => {
  expect(Traffic.fromYaml('a: [').unread).toEqual([expect.stringContaining('text:1: ')]);
});

const GATEWAY = `---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: entry }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: entry }
spec: { hosts: ["*"], gateways: [edge], http: [{ route: [{ destination: { host: web.shop.svc.cluster.local } }] }] }
`;

test.each([
  { what: 'a misspelt Service', asks: { host: 'wep' }, says: 'no Service is called "wep"; did you mean "web"?' },
  { what: 'a misspelt namespace', asks: { host: 'web.shp' }, says: 'no Service is called "web.shp"; did you mean "web.shop"?' },
  { what: 'a Service of another namespace', asks: { host: 'web.default' }, says: 'no Service is called "web.default"; did you mean "web.shop"?' },
  { what: 'a host like no other', asks: { host: 'completely-different' }, says: 'no Service is called "completely-different"' },
  { what: 'a port that the Service lacks', asks: { host: 'web', port: 81 }, says: 'Service shop/web has no port 81, but 80' },
  { what: 'a misspelt gateway', asks: { host: 'x', from: RequestSource.gateway('egde', { namespace: 'entry' }) }, says: 'there is no gateway entry/egde; did you mean "entry/edge"?' },
  { what: 'a gateway of another namespace', asks: { host: 'x', from: RequestSource.gateway('shop/edge') }, says: 'there is no gateway shop/edge; did you mean "entry/edge"?' },
  { what: 'a misspelt gateway without its namespace', asks: { host: 'x', from: RequestSource.gateway('egde') }, says: 'there is no gateway egde; did you mean "entry/edge"?' },
  { what: 'a gateway like no other', asks: { host: 'x', from: RequestSource.gateway('something-else') }, says: 'there is no gateway something-else; there are entry/edge' },
])('$what is answered with the nearest that is there', ({ asks, says }) => {
  const [{ reason }] = Traffic.fromYaml(MANIFESTS + GATEWAY).decide(asks).outcomes;
  expect(reason).toBe(says);
});

test.each([
  { what: 'a mesh', ask: () => Traffic.fromYaml(MANIFESTS, { mesh: 'istoi' }), says: /^"istoi" is no mesh, there are .*; did you mean "istio"\?$/ },
  { what: 'a protocol', ask: () => Traffic.fromYaml(MANIFESTS).decide({ host: 'web', protocol: 'GRCP' }), says: /^"GRCP" is no protocol, there are .*; did you mean "GRPC"\?$/ },
])('$what that nobody knows is refused, with the nearest that is known', ({ ask, says }) => {
  expect(ask).toThrow(says);
});

test('manifests without a mesh may be said to be so', () => {
  expect(Traffic.fromYaml(MANIFESTS, { mesh: Mesh.kubernetes().name }).mesh).toBe('');
});

test('a gateway may be named with its namespace', () => {
  const of = (source: RequestSource) => `${Traffic.fromYaml(MANIFESTS).decide({ host: 'web', from: source })}`;
  expect(of(RequestSource.gateway('shop/edge'))).toBe(of(RequestSource.gateway('edge', { namespace: 'shop' })));
});
