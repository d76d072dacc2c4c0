import { Cluster } from '../../src/manifests/cluster';
import { fromText } from '../../src/manifests/load';

function clusterOf(text: string): Cluster {
  return new Cluster(fromText(text, 'x').objects);
}

const POD = '{metadata: {labels: {app: web, version: v1}}, spec: {containers: [{ports: [{name: http, containerPort: 8080}]}]}}';
const SERVICE = '{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}}';

test.each([
  { what: 'a Deployment, one pod unless said', object: `{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: shop}, spec: {template: ${POD}}}`, pods: 1 },
  { what: 'a Deployment of three', object: `{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: shop}, spec: {replicas: 3, template: ${POD}}}`, pods: 3 },
  { what: 'a StatefulSet', object: `{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: a, namespace: shop}, spec: {replicas: 2, template: ${POD}}}`, pods: 2 },
  { what: 'a DaemonSet, as if on one node', object: `{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: a, namespace: shop}, spec: {template: ${POD}}}`, pods: 1 },
  { what: 'a ReplicaSet', object: `{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: a, namespace: shop}, spec: {replicas: 2, template: ${POD}}}`, pods: 2 },
  { what: 'an Argo Rollout', object: `{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: a, namespace: shop}, spec: {replicas: 4, template: ${POD}}}`, pods: 4 },
  { what: 'a Pod', object: '{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop, labels: {app: web}}, spec: {containers: []}}', pods: 1 },
  { what: 'a Job, whose pods do not count', object: `{apiVersion: batch/v1, kind: Job, metadata: {name: a, namespace: shop}, spec: {template: ${POD}}}`, pods: 0 },
  { what: 'pods of another namespace', object: `{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: other}, spec: {template: ${POD}}}`, pods: 0 },
  { what: 'no replicas', object: `{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: shop}, spec: {replicas: 0, template: ${POD}}}`, pods: 0 },
])('$what stand behind the Service: $pods', ({ object, pods }) => {
  const cluster = clusterOf(`${SERVICE}\n---\n${object}`);
  expect(cluster.endpoints(cluster.service('shop', 'web')!, 80).reduce((sum, endpoint) => sum + endpoint.pods, 0)).toBe(pods);
});

test('a named target port is that of the container, and pods without it are no endpoints', () => {
  const cluster = clusterOf(`${SERVICE.replace('8080', 'http')}\n---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: with, namespace: shop}, spec: {template: ${POD}}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: without, namespace: shop}, spec: {template: ${POD.replace('name: http, ', '')}}}`);
  expect(cluster.endpoints(cluster.service('shop', 'web')!, 80).map(({ workload, port }) => [workload.name, port])).toEqual([['with', 8080]]);
});

test.each([
  { host: 'web', found: true },
  { host: 'WEB', found: true },
  { host: 'web.shop', found: true },
  { host: 'web.shop.svc', found: true },
  { host: 'web.shop.svc.cluster.local', found: true },
  { host: 'web.shop.svc.cluster.local.', found: true },
  { host: 'web.other', found: false },
  { host: 'web.shop.svc.example.org', found: false },
  { host: 'web.shop.example', found: false },
])('from its namespace the Service is called $host: $found', ({ host, found }) => {
  expect(clusterOf(SERVICE).serviceCalled(host, 'shop') !== undefined).toBe(found);
});

test('of two objects with one key the later counts, and the first is named in a problem', () => {
  const { objects, problems } = fromText(`${SERVICE}\n---\n${SERVICE.replace('port: 80,', 'port: 81,')}`, 'shop.yaml');
  expect(new Cluster(objects).services[0].ports[0].number).toBe(81);
  expect(problems).toEqual([expect.objectContaining({ kind: 'duplicate', message: 'Service shop/web stands at shop.yaml:1 too' })]);
});

test('items of a List are objects', () => {
  expect(fromText(`{apiVersion: v1, kind: List, items: [${SERVICE}]}`, 'x').objects.map(({ title }) => title)).toEqual(['Service shop/web']);
});

test.each(['5', '[]', 'a: 1', '{apiVersion: v1, kind: Service}', '{apiVersion: 5, kind: [], metadata: 7}'])('%s is no object, and said to be none', (text) => {
  const { objects, problems } = fromText(text, 'x');
  expect(objects).toEqual([]);
  expect(problems).toEqual([expect.objectContaining({ kind: 'not-an-object' })]);
});

test('fields of another type read as missing and are noted with their place', () => {
  const { objects: [object] } = fromText('{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: [1], ports: [{port: "80"}, 7]}}', 'x');
  expect(new Cluster([object]).services[0]).toMatchObject({ ports: [], selector: undefined });
  expect(object.problems.map(({ place, expected }) => `${place} is not ${expected}`)).toEqual([
    'spec.selector is not a map', 'spec.ports[0].port is not a whole number', 'spec.ports[1] is not a map',
  ]);
});
