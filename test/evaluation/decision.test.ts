import { Decision, RequestSource, Traffic } from '../../src';
import '../../src/jest';

const PODS = ['v1', 'v2'].map((version) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web-${version}, namespace: shop }
spec: { selector: { matchLabels: { app: web, version: ${version} } }, template: { metadata: { labels: { app: web, version: ${version} } } } }
---
apiVersion: v1
kind: Service
metadata: { name: web-${version}, namespace: shop }
spec: { selector: { app: web, version: ${version} }, ports: [{ port: 80 }] }
---`).join('');

/** Rules of a VirtualService for the Service `web`. */
function rules(...http: string[]): string {
  return `${PODS}
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, name: http }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { hosts: [web], http: [${http.join(', ')}] }
`;
}

const V1 = 'route: [{ destination: { host: web-v1 } }]';

function decide(rule: string): Decision {
  return Traffic.fromYaml(rules(`{ ${rule} }`)).decide({ host: 'web.shop', headers: { who: 'me' } });
}

// What a VirtualService does: https://istio.io/latest/docs/reference/config/networking/virtual-service/
test('copies are told with the pods that get them, and how many of all requests they are', () => {
  const decision = decide(`${V1}, mirror: { host: web-v2 }, mirrorPercentage: { value: 25 }`);
  expect(decision.mirrors).toEqual([{ share: 0.25, exactShare: '1/4', version: 'v2', workload: 'Deployment shop/web-v2', service: 'Service shop/web-v2' }]);
  expect([decision.mirrorShare('v2'), decision.mirrorShare('web-v2'), decision.mirrorShare('v1')]).toEqual([0.25, 0.25, 0]);
  expect(decision.shares).toEqual({ v1: 1 });
  expect(decide(V1).mirrors).toEqual([]);
});

// "Aborts HTTP request attempts and return error codes back to downstream service": the router, which makes the copies, never sees them.
test('a request that a fault answers is neither copied nor tried again', () => {
  const half = decide(`${V1}, mirror: { host: web-v2 }, fault: { abort: { httpStatus: 555, percentage: { value: 50 } } }`);
  expect([half.mirrorShare('v2'), half.abortStatus, half.abortPercent, half.statusShare('555'), half.retries]).toEqual([0.5, '555', 50, 0.5, 2]);
  const all = decide(`${V1}, mirror: { host: web-v2 }, fault: { abort: { grpcStatus: UNAVAILABLE, percentage: { value: 100 } } }`);
  expect([all.mirrors, all.abortStatus, all.abortPercent, all.retries, all.retryOn]).toEqual([[], 'UNAVAILABLE', 100, 0, '']);
});

test('a copy to what is not there is lost, and is no share of the version', () => {
  const { mirrors, lost } = decide(`${V1}, mirror: { host: nowhere }`);
  expect(mirrors).toEqual([{ share: 1, exactShare: '1', status: expect.any(String), reason: expect.stringContaining('nowhere') }]);
  expect(lost).toBe(0);
});

test('a redirect says where it leads, and nothing of tries', () => {
  const decision = decide('redirect: { scheme: https, authority: shop.example.com, port: 8443, uri: /new, redirectCode: 302 }');
  const redirect = { statusCode: 302, scheme: 'https', host: 'shop.example.com', port: 8443, path: { kind: 'full', value: '/new' } };
  const reason = 'redirected, scheme becomes https, host becomes shop.example.com, port becomes 8443, path becomes /new';
  expect(decision.outcomes).toEqual([{ share: 1, exactShare: '1', status: '302', reason, redirect }]);
  expect([decision.retries, decision.timeoutMillis, decision.retryOn]).toEqual([0, 0, '']);
  expect(`${decision}`).toBe(`    100 %  302: ${reason}\ndecided by VirtualService shop/web http[0]`);
});

test('what a redirect leaves alone is not said', () => {
  expect(decide('redirect: { authority: shop.example.com }').outcomes[0].redirect).toEqual({ statusCode: 301, host: 'shop.example.com' });
});

test('what is rewritten, and which headers change, can be asked', () => {
  const headers = 'headers: { request: { set: { x-canary: "1" }, remove: [who] }, response: { add: { x-served-by: web } } }';
  const decision = decide(`${V1}, rewrite: { authority: old.example.com, uri: /v1 }, ${headers}`);
  expect(decision.rewrite).toEqual({ host: 'old.example.com', path: { kind: 'prefix', value: '/v1' } });
  expect(decision.requestHeaders).toEqual({ set: { 'x-canary': '1' }, add: {}, remove: ['who'] });
  expect(decision.responseHeaders).toEqual({ set: {}, add: { 'x-served-by': 'web' }, remove: [] });
  const regex = decide(`${V1}, rewrite: { uriRegexRewrite: { match: "^/a", rewrite: /b } }`);
  expect(regex.rewrite).toEqual({ path: { kind: 'regex', value: '/b', pattern: '^/a' } });
  const plain = decide(V1);
  expect([plain.rewrite, plain.requestHeaders, plain.responseHeaders, plain.abortStatus, plain.abortPercent]).toEqual([undefined, undefined, undefined, '', 0]);
});

test('tries are told with what they are for, and how long each may take', () => {
  const { retries, retryOn, perTryTimeoutMillis } = decide(`${V1}, retries: { attempts: 3, retryOn: 5xx, perTryTimeout: 250ms }`);
  expect({ retries, retryOn, perTryTimeoutMillis }).toEqual({ retries: 3, retryOn: '5xx', perTryTimeoutMillis: 250 });
});

test('toMirrorTo wants a copy of everything, or of exactly so many percent', () => {
  const all = rules(`{ ${V1}, mirror: { host: web-v2 } }`);
  expect(all).toMirrorTo({ host: 'web.shop' }, 'v2');
  expect(all).not.toMirrorTo({ host: 'web.shop' }, 'v1');
  const some = rules(`{ ${V1}, mirror: { host: web-v2 }, mirrorPercentage: { value: 5 } }`);
  expect(some).toMirrorTo({ host: 'web.shop' }, 'web-v2', 5);
  expect(some).not.toMirrorTo({ host: 'web.shop' }, 'v2');
  expect(some).not.toMirrorTo({ host: 'web.shop' }, 'v1', 0);
  expect(() => expect(some).toMirrorTo({ host: 'web.shop' }, 'v2')).toThrow('expected web.shop to be mirrored to v2, 100 %\n\nreceived:\n      100 %  v1');
});

const GATEWAY = (namespace: string, version: string) => `
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: ${namespace} }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["${namespace}.example.com"] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: edge, namespace: ${namespace} }
spec: { hosts: ["${namespace}.example.com"], gateways: [edge], http: [{ route: [{ destination: { host: web-${version}.shop.svc.cluster.local } }] }] }
`;

test('a gateway without its namespace is the only one of its name', () => {
  expect(PODS + GATEWAY('shop', 'v1')).toRouteTo({ host: 'shop.example.com', from: RequestSource.gateway('edge') }, 'v1');
});

test('of several gateways of one name one has to be meant', () => {
  const both = Traffic.fromYaml(PODS + GATEWAY('shop', 'v1') + GATEWAY('entry', 'v2'));
  expect(() => both.decide({ host: 'shop.example.com', from: RequestSource.gateway('edge') }))
    .toThrow('several gateways are called "edge": say which, there are "entry/edge", "shop/edge"');
  expect(both).toRouteTo({ host: 'entry.example.com', from: RequestSource.gateway('entry/edge') }, 'v2');
  expect(both).toRouteTo({ host: 'shop.example.com', from: RequestSource.gateway('edge', { namespace: 'shop' }) }, 'v1');
});
