import { RequestSource, Traffic } from '../../src';

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
