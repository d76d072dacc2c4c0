import { ApiObject, JsonPatch, Testing } from 'cdk8s';
import '../../src/jest';
import { CanaryService, Mesh, ReplicaSplit, Traffic } from '../../src';

const MANIFESTS = `
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web-v1, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: web, version: v1 } }
  template: { metadata: { labels: { app: web, version: v1 } }, spec: { containers: [] } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web-v2, namespace: shop }
spec:
  selector: { matchLabels: { app: web, version: v2 } }
  template: { metadata: { labels: { app: web, version: v2 } }, spec: { containers: [] } }
`;
const traffic = Traffic.fromYaml(MANIFESTS);

function failure(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the assertion holds');
}

test('toSplit takes proportions of versions or workloads, and all of them', () => {
  expect(traffic).toSplit({ host: 'web' }, { v1: 75, v2: 25 });
  expect(traffic).toSplit({ host: 'web' }, { 'web-v1': 0.75, 'web-v2': 0.25 });
  expect(MANIFESTS).toSplit({ host: 'web' }, { v1: 3, v2: 1 });
  expect(traffic).not.toSplit({ host: 'web' }, { v1: 1 });
  expect(traffic).not.toSplit({ host: 'web' }, { v1: 50, v2: 50 });
  expect(traffic).not.toSplit({ host: 'web' }, { v1: 75, v2: 25, v3: 10 });
  expect(traffic).not.toSplit({ host: 'nobody' }, { v1: 1 });
  expect(traffic).not.toSplit({ host: 'web' }, {});
});

test('toSplit explains itself by what was expected and what came', () => {
  expect(failure(() => expect(traffic).toSplit({ host: 'web', path: '/x' }, { v1: 9, v2: 1 }))).toBe(`expected web/x to split: 90 % v1, 10 % v2

received:
       75 %  v1 (Deployment shop/web-v1)
       25 %  v2 (Deployment shop/web-v2)
  decided by no rule: any pod of the Service`);
  expect(failure(() => expect(traffic).not.toSplit({ host: 'web' }, { v1: 3, v2: 1 }))).toContain('expected web not to split: 75 % v1, 25 % v2');
});

test('toRouteTo holds for one version alone', () => {
  expect(traffic).not.toRouteTo({ host: 'web' }, 'v1');
  expect(MANIFESTS.replace('replicas: 3', 'replicas: 0')).toRouteTo({ host: 'web' }, 'v2');
  expect(failure(() => expect(traffic).toRouteTo({ host: 'web' }, 'v2'))).toContain('to reach v2 always');
});

test('toBeDenied is about access rules: what gets nowhere is not denied', () => {
  expect(traffic).not.toBeDenied({ host: 'web' });
  expect(traffic).not.toBeDenied({ host: 'nobody' });
  expect(failure(() => expect(traffic).toBeDenied({ host: 'web' }))).toContain('to be denied always');
});

test('toHaveNoFindings names what the linter found', () => {
  expect(traffic).toHaveNoFindings();
  const broken = MANIFESTS.replace('app: web }, ports', 'app: wbe }, ports');
  expect(broken).toHaveNoFindings({ severities: { 'selector-without-pods': 'off' } });
  expect(failure(() => expect(broken).toHaveNoFindings())).toContain('error selector-without-pods at Service shop/web');
});

test('an app or a chart stands for what it will write', () => {
  const chart = Testing.chart();
  const versions = [{ name: 'v1', image: 'web:1' }, { name: 'v2', image: 'web:2' }];
  const mesh = Mesh.kubernetes({ replicaSplit: ReplicaSplit.total(10) });
  const service = new CanaryService(chart, 'web', { mesh, ports: [{ port: 80 }], versions, weights: { v1: 70, v2: 30 } });
  expect(chart).toSplit({ host: service.host }, { v1: 70, v2: 30 });
  ApiObject.of(service.root).addJsonPatch(JsonPatch.replace('/spec/selector', { app: 'nobody' }));
  expect(chart).not.toHaveNoFindings();
});

test('a snapshot of manifests is YAML without the hashes of construct paths', () => {
  const named = (id: string) => {
    const chart = Testing.chart();
    new ApiObject(chart, id, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'b' } });
    new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap' });
    return chart;
  };
  expect(named('one')).toMatchInlineSnapshot(`
apiVersion: v1
kind: ConfigMap
metadata:
  name: test-config-hash
---
apiVersion: v1
kind: Secret
metadata:
  name: b

`);
  expect(Testing.synth(named('another'))).toMatchInlineSnapshot(`
apiVersion: v1
kind: ConfigMap
metadata:
  name: test-config-hash
---
apiVersion: v1
kind: Secret
metadata:
  name: b

`);
});
