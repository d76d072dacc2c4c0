import * as fc from 'fast-check';
import { Traffic } from '../../../src';
import { Cluster } from '../../../src/manifests/cluster';
import { fromText } from '../../../src/manifests/load';
import { bytesText, cpuText, quantity } from '../../../src/manifests/quantity';
import { asApplied } from '../../../src/report/plan/as-applied';
import { fieldChanges } from '../../../src/report/plan/field-changes';
import { loadsOf, sumOf } from '../../../src/report/plan/loads';
import { trafficRows } from '../../../src/report/plan/rows';

const BILLION = 1_000_000_000n;

/** @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
test.each([
  ['1', BILLION], ['0.5', BILLION / 2n], ['.5', BILLION / 2n], ['5.', 5n * BILLION], ['+2', 2n * BILLION], [2, 2n * BILLION], [0.25, BILLION / 4n],
  ['100m', BILLION / 10n], ['7u', 7000n], ['7n', 7n], ['1e3', 1000n * BILLION], ['1E3', 1000n * BILLION], ['15e-1', (3n * BILLION) / 2n],
  ['1k', 1000n * BILLION], ['1M', 1_000_000n * BILLION], ['1E', 10n ** 18n * BILLION], ['1Ki', 1024n * BILLION], ['1.5Gi', 1536n * 1024n ** 2n * BILLION],
  ['0.1n', 1n],
])('the quantity %s is %s billionths', (text, value) => {
  expect(quantity(text)).toBe(value);
});

test.each(['', '-1', 'abc', '1 Gi', '1gi', '1KI', '1e', '1.2.3', '.', 'm', '1e999999', '1'.repeat(100), undefined, null, {}, NaN])('%p is no quantity', (text) => {
  expect(quantity(text)).toBeUndefined();
});

test.each([['1500m', '1.5'], ['2', '2'], ['100u', '0.001'], ['0', '0']])('%s of CPU reads %s', (text, shown) => {
  expect(cpuText(quantity(text)!)).toBe(shown);
});

test.each([['1024Mi', '1Gi'], ['1536Mi', '1536Mi'], ['500M', '500M'], ['1000', '1k'], ['1', '1'], ['0', '0'], ['100m', '1']])('%s of memory reads %s', (text, shown) => {
  expect(bytesText(quantity(text)!)).toBe(shown);
});

test('what is shown of bytes is the same quantity', () => {
  fc.assert(fc.property(fc.bigInt(0n, 2n ** 70n), (bytes) => quantity(bytesText(bytes * BILLION)) === bytes * BILLION), { seed: 6 });
});

test.each([
  { what: 'equal documents, whatever the order of keys', from: { a: 1, b: [{ c: 1, d: 2 }] }, to: { b: [{ d: 2, c: 1 }], a: 1 }, changes: [] },
  { what: 'a value', from: { a: { b: 1 } }, to: { a: { b: '1' } }, changes: [{ path: 'a.b', from: 1, to: '1' }] },
  { what: 'a key that is new and one that is gone', from: { a: 1 }, to: { b: null }, changes: [{ path: 'a', from: 1 }, { path: 'b', to: null }] },
  { what: 'a key that is no word', from: { a: { 'x.y/z': 1 } }, to: { a: { 'x.y/z': 2 } }, changes: [{ path: 'a["x.y/z"]', from: 1, to: 2 }] },
  { what: 'an item in front', from: [1, 2], to: [0, 1, 2], changes: [{ path: '[0]', to: 0 }] },
  { what: 'an item that is gone', from: [{ a: 1 }, { a: 2 }, { a: 3 }], to: [{ a: 1 }, { a: 3 }], changes: [{ path: '[1]', from: { a: 2 } }] },
  { what: 'an item that changes', from: [{ a: 1, b: 1 }], to: [{ a: 1, b: 2 }], changes: [{ path: '[0].b', from: 1, to: 2 }] },
  { what: 'a map that becomes a list', from: { a: {} }, to: { a: [] }, changes: [{ path: 'a', from: {}, to: [] }] },
])('differences: $what', ({ from, to, changes }) => {
  expect(fieldChanges(from, to)).toEqual(changes);
});

// What the API server of Kubernetes 1.36 makes of a Deployment, after `kubectl apply`; a person has set the number of pods since.
test('what a cluster added to an object is no difference, and what somebody changed or took out is one', () => {
  const written = (spec: object) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec });
  const container = { image: 'web:1', name: 'web' };
  const applied = written({ replicas: 2, paused: true, template: { spec: { containers: [container] } } });
  const live = {
    ...written({
      replicas: 5,
      paused: true,
      progressDeadlineSeconds: 600,
      template: { spec: { containers: [{ ...container, terminationMessagePath: '/dev/termination-log' }], restartPolicy: 'Always' } },
    }),
    metadata: { name: 'web', uid: 'c0ffee', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(applied), 'other': 'x' } },
  };
  const wanted = written({ replicas: 2, template: { spec: { containers: [{ ...container, image: 'web:2' }] } } });
  expect(fieldChanges((asApplied(live, wanted) as typeof live).spec, wanted.spec)).toStrictEqual([
    { path: 'replicas', from: 5, to: 2 }, { path: 'paused', from: true }, { path: 'template.spec.containers[0].image', from: 'web:1', to: 'web:2' },
  ]);
  expect(asApplied({ ...live, metadata: { name: 'web' } }, wanted)).toStrictEqual({ ...live, metadata: { name: 'web' } });
});

test('documents differ exactly where they are not equal', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
    const same = fieldChanges(one, other).length === 0;
    expect(fieldChanges(one, one)).toEqual([]);
    expect(same).toBe(JSON.stringify(fieldChanges(other, one)) === '[]');
  }), { seed: 6 });
});

function loads(spec: string, more = '', replicas = 3) {
  const manifests = fromText(`apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { replicas: ${replicas}, template: { spec: ${spec} } }
${more}`, 'text');
  return loadsOf(new Cluster(manifests.objects))[0];
}

const SCALER = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec: { scaleTargetRef: { kind: Deployment, name: web }, minReplicas: 2, maxReplicas: 10 }
`;

const BOTH = '{ requests: { cpu: 100m, memory: 64Mi } }';

/** @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers */
test.each([
  { what: 'containers together', spec: `{ containers: [{ name: a, resources: ${BOTH} }, { name: b, resources: ${BOTH} }] }`, least: [3, '0.6', '384Mi'] },
  { what: 'a limit without a request', spec: '{ containers: [{ name: a, resources: { limits: { cpu: 0.5, memory: 1Gi } } }] }', least: [3, '1.5', '3Gi'] },
  { what: 'an init container that wants more', spec: `{ initContainers: [{ name: i, resources: { requests: { cpu: 1, memory: 1Mi } } }], containers: [{ name: a, resources: ${BOTH} }] }`, least: [3, '3', '192Mi'] },
  { what: 'a sidecar beside the containers', spec: `{ initContainers: [{ name: s, restartPolicy: Always, resources: ${BOTH} }], containers: [{ name: a, resources: ${BOTH} }] }`, least: [3, '0.6', '384Mi'] },
  { what: 'no requests', spec: '{ containers: [{ name: a }] }', least: [3, '0', '0'], unstated: ['CPU of "a"', 'memory of "a"'] },
])('requests of pods: $what', ({ spec, least: [pods, cpu, memory], unstated = [] }) => {
  const load = loads(spec);
  expect(load.least).toEqual({ pods, cpu, memory });
  expect(load.most).toEqual(load.least);
  expect(load.unstated).toEqual(unstated);
});

test('an autoscaler leaves a workload without pods alone, and gives others a range', () => {
  const spec = `{ containers: [{ name: a, resources: ${BOTH} }] }`;
  expect(loads(spec, SCALER)).toMatchObject({ least: { pods: 2, cpu: '0.2' }, most: { pods: 10, cpu: '1', memory: '640Mi' } });
  expect(loads(spec, SCALER, 0)).toMatchObject({ least: { pods: 0 }, most: { pods: 0 } });
});

test('the sum is exact', () => {
  expect(sumOf([{ pods: 1, cpu: '0.1', memory: '500M' }, { pods: 2, cpu: '0.2', memory: '1Gi' }])).toEqual({ pods: 3, cpu: '0.3', memory: '1573741824' });
});

// Istio copies to a Service as a whole, whose Endpoints share the copies: here three pods of v2 and one of v3.
test('copies to a Service are told by the shares of the versions behind it', () => {
  const deployment = (version: string, replicas: number, track: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web-${version}, namespace: shop }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web, version: ${version} } }
  template: { metadata: { labels: { app: web, version: ${version}, track: ${track} } }, spec: { containers: [{ name: web, image: web }] } }
---`;
  const service = (name: string, track: string) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { track: ${track} }, ports: [{ name: http, port: 80 }] }
---`;
  const manifests = [deployment('v1', 1, 'old'), deployment('v2', 3, 'new'), deployment('v3', 1, 'new'), service('web', 'old'), service('next', 'new'), `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { hosts: [web], http: [{ route: [{ destination: { host: web } }], mirror: { host: next }, mirrorPercentage: { value: 50 } }] }
`].join('');
  const [row] = trafficRows(Traffic.fromYaml(manifests)._evaluator, new Set());
  expect(row.mirrors).toStrictEqual([{ version: 'v2', percent: 37.5 }, { version: 'v3', percent: 12.5 }]);
});
