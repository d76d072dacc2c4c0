import { App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Declared, manifestsOf, replicasOf, versions, web } from './web';
import { Client, Mesh, MeshNamespace, Protocol, ReplicaSplit, ServicePort } from '../../../src';
import { Manifest } from '../../manifests';

test.each<{ name: string; declared: Declared; expected: Record<string, number> }>([
  { name: 'as declared', declared: { versions: versions(9, 1), weights: { v1: 90, v2: 10 } }, expected: { 'web-v1': 9, 'web-v2': 1 } },
  { name: 'as declared, without a word about it', declared: { weights: { v1: 1, v2: 1 } }, expected: { 'web-v1': 1, 'web-v2': 1 } },
  { name: 'as declared, weight 0', declared: { versions: versions(3, 0), weights: { v1: 1 } }, expected: { 'web-v1': 3, 'web-v2': 0 } },
  { name: 'as declared, one version', declared: { versions: versions(3).slice(0, 1) }, expected: { 'web-v1': 3 } },
  { name: 'a total', declared: { split: ReplicaSplit.total(10), weights: { v1: 90, v2: 10 } }, expected: { 'web-v1': 9, 'web-v2': 1 } },
  { name: 'a total that the weights do not divide', declared: { split: ReplicaSplit.total(4), weights: { v1: 70, v2: 30 } }, expected: { 'web-v1': 3, 'web-v2': 1 } },
  { name: 'a total, weight 0', declared: { split: ReplicaSplit.total(3), weights: { v1: 0, v2: 1 } }, expected: { 'web-v1': 0, 'web-v2': 3 } },
  { name: 'a total, one version', declared: { split: ReplicaSplit.total(3), versions: versions().slice(0, 1) }, expected: { 'web-v1': 3 } },
  {
    name: 'a total that says what the versions say',
    declared: { split: ReplicaSplit.total(4), versions: versions(3, 1), weights: { v1: 75, v2: 25 } },
    expected: { 'web-v1': 3, 'web-v2': 1 },
  },
  { name: 'a bound on the error', declared: { split: ReplicaSplit.maxError(5), weights: { v1: 85, v2: 15 } }, expected: { 'web-v1': 4, 'web-v2': 1 } },
  { name: 'no error', declared: { split: ReplicaSplit.maxError(0), weights: { v1: 85, v2: 15 } }, expected: { 'web-v1': 17, 'web-v2': 3 } },
  { name: 'a total for a service without weights', declared: { split: ReplicaSplit.total(9), splitByPods: true, versions: versions(2, 5) }, expected: { 'web-v1': 2, 'web-v2': 5 } },
  {
    name: 'weights of a route that takes everything',
    declared: { split: ReplicaSplit.total(4), weights: undefined, routes: [{ weights: { v1: 3, v2: 1 } }] },
    expected: { 'web-v1': 3, 'web-v2': 1 },
  },
])('replicas: $name', ({ declared, expected }) => {
  expect(replicasOf(declared)).toEqual(expected);
});

test('a version from an existing Deployment with the derived number is taken', () => {
  const chart = new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
  const deployment = new kplus.Deployment(chart, 'old', { replicas: 3, containers: [{ image: 'web:1', portNumber: 80 }] });
  web(chart, { split: ReplicaSplit.total(4), versions: [{ name: 'v1', deployment }, versions()[1]], weights: { v1: 3, v2: 1 } });
  const found = (Testing.synth(chart) as Manifest[]).filter(({ kind }) => kind === 'Deployment');
  expect(found.map(({ spec }) => (spec as { replicas: number }).replicas)).toEqual([3, 1]);
});

test.each<{ name: string; ports: ServicePort[] }>([
  { name: 'HTTP', ports: [{ port: 80 }] },
  { name: 'HTTP/2 and gRPC', ports: [{ port: 80, protocol: Protocol.HTTP2 }, { port: 81, protocol: Protocol.GRPC }] },
  { name: 'TCP', ports: [{ port: 80, protocol: Protocol.TCP }] },
  { name: 'TLS', ports: [{ port: 443, protocol: Protocol.TLS }] },
])('connections are split whatever they carry: $name', ({ ports }) => {
  expect(manifestsOf({ ports, weights: { v1: 1, v2: 1 } }).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'ServiceAccount web-v1', 'ServiceAccount web-v2', 'Service web', 'Service web-v1', 'Service web-v2', 'Deployment web-v1', 'Deployment web-v2',
  ]);
});

test('the root Service selects the pods of all versions, each Deployment those of its own', () => {
  const tracks = [{ name: 'stable', image: 'web:1' }, { name: 'canary', image: 'web:2' }];
  const manifests = manifestsOf({ versionLabelKey: 'track', versions: tracks, weights: { stable: 1, canary: 1 } });
  const selecting = manifests.filter(({ kind }) => kind !== 'ServiceAccount');
  expect(Object.fromEntries(selecting.map(({ kind, metadata, spec }) => [`${kind} ${metadata.name}`, (spec as { selector: unknown }).selector]))).toEqual({
    'Service web': { app: 'web' },
    'Service web-stable': { app: 'web', track: 'stable' },
    'Service web-canary': { app: 'web', track: 'canary' },
    'Deployment web-stable': { matchLabels: { app: 'web', track: 'stable' } },
    'Deployment web-canary': { matchLabels: { app: 'web', track: 'canary' } },
  });
});

// Form from https://kubernetes.io/docs/concepts/services-networking/network-policies/.
test.each<{ name: string; declared: Declared; ingress: unknown[] }>([
  { name: 'nobody', declared: { allowFrom: [] }, ingress: [] },
  {
    name: 'two namespaces, on the ports that the containers listen on',
    declared: {
      ports: [{ port: 80, targetPort: 8080 }, { port: 81, targetPort: 8080, name: 'other' }, { port: 9000, protocol: Protocol.TCP }],
      allowFrom: [Client.namespace('shop'), Client.namespace('cart')],
    },
    ingress: [{
      from: [
        { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } },
        { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'cart' } } },
      ],
      ports: [{ protocol: 'TCP', port: 8080 }, { protocol: 'TCP', port: 9000 }],
    }],
  },
])('who may call: $name', ({ declared, ingress }) => {
  expect(manifestsOf({ app: 'shop-web', ...declared }).at(-1)).toEqual({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'web', namespace: 'shop', labels: { app: 'shop-web' } },
    spec: { podSelector: { matchLabels: { app: 'shop-web' } }, policyTypes: ['Ingress'], ingress },
  });
});

test('everybody may call where nothing is said', () => {
  expect(manifestsOf({}).filter(({ kind }) => kind === 'NetworkPolicy')).toEqual([]);
});

test('namespaces and pods are labelled for no mesh', () => {
  const chart = new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
  new MeshNamespace(chart, 'shop', { mesh: Mesh.kubernetes() });
  expect(Testing.synth(chart)).toEqual([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }]);
});

test('the host is in the domain of the cluster', () => {
  const chart = new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
  expect(web(chart, { mesh: Mesh.kubernetes({ clusterDomain: 'corp.example' }) }).host).toBe('web.shop.svc.corp.example');
});
