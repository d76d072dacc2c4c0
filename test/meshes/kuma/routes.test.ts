import { Duration } from 'cdk8s';
import { Declared, httpRules, manifestsOf, specsOf } from './manifests';
import { CookieMatch, HeaderMatch, HttpMethod, LoadBalancing, OutlierDetection, PathMatch, Protocol, QueryMatch, Rewrite } from '../../../src';

// Forms from https://kuma.io/docs/2.14.x/policies/meshhttproute/, .../meshtcproute/, .../meshtimeout/ and Kuma's CRDs.

const service = (name: string) => ({ kind: 'MeshService', name, namespace: 'shop' });
const to = (version: string, port = 80, weight = 1) => ({ ...service(`web-${version}`), port, weight });
const last = { matches: [{}], default: { backendRefs: [to('v1')] } };

test('a route beside the root is for all clients, its last rule takes everything, and versions without weight are left out', () => {
  expect(specsOf({ weights: { v1: 9, v2: 1, v3: 0 } }, 'MeshHTTPRoute')).toEqual([{
    to: [{
      targetRef: { ...service('web'), sectionName: 'http' },
      rules: [{ matches: [{}], default: { backendRefs: [to('v1', 80, 9), to('v2')] } }],
    }],
  }]);
});

test('requests end when the server ends them, as nothing else was declared', () => {
  expect(specsOf({}, 'MeshTimeout')).toEqual([{ to: [{ targetRef: service('web'), default: { http: { requestTimeout: '0s' } } }] }]);
});

test('ports are told apart by their sections, and only those that carry requests have a route for them', () => {
  const ports = [
    { port: 80 }, { port: 81, protocol: Protocol.HTTP2 }, { port: 90, protocol: Protocol.GRPC },
    { port: 70, protocol: Protocol.TCP }, { port: 443, protocol: Protocol.TLS },
  ];
  const section = (sectionName: string) => ({ ...service('web'), sectionName });
  expect(specsOf({ ports }, 'MeshHTTPRoute')).toEqual([{
    to: [['http', 80], ['http2', 81], ['grpc', 90]].map(([name, port]) => (
      { targetRef: section(String(name)), rules: [{ matches: [{}], default: { backendRefs: [to('v1', Number(port))] } }] })),
  }]);
  expect(specsOf({ ports }, 'MeshTCPRoute')).toEqual([{
    to: [['tcp', 70], ['tls', 443]].map(([name, port]) => ({ targetRef: section(String(name)), rules: [{ default: { backendRefs: [to('v1', Number(port))] } }] })),
  }]);
  const announced = (specsOf({ ports }, 'Service') as { ports: { appProtocol: string }[] }[]).map((spec) => spec.ports.map(({ appProtocol }) => appProtocol));
  expect(announced).toEqual([1, 2, 3, 4].map(() => ['http', 'http2', 'grpc', 'tcp', 'tcp']));
});

test('a service without requests has no limit for them', () => {
  const kinds = manifestsOf({ ports: [{ port: 70, protocol: Protocol.TCP }] }).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind.startsWith('Mesh'))).toEqual(['MeshTCPRoute']);
});

test('without rules there is no policy; beside rules the root stands for its pods', () => {
  expect(manifestsOf({ splitByPods: true }).filter(({ kind }) => kind.startsWith('Mesh'))).toEqual([]);
  expect(httpRules({ splitByPods: true, routes: [{ matches: [{ path: PathMatch.exact('/x') }], weights: { v2: 1 } }] })).toEqual([
    { matches: [{ path: { type: 'Exact', value: '/x' } }], default: { backendRefs: [to('v2')] } },
    { matches: [{}], default: { backendRefs: [{ ...service('web'), port: 80, weight: 1 }] } },
  ]);
});

test.each([
  { name: 'pods in turn', loadBalancing: LoadBalancing.roundRobin(), type: 'RoundRobin' },
  { name: 'pods with few open requests', loadBalancing: LoadBalancing.leastRequest(), type: 'LeastRequest' },
  { name: 'random pods', loadBalancing: LoadBalancing.random(), type: 'Random' },
])('load balancing: $name, for every version and for the root', ({ loadBalancing, type }) => {
  expect(specsOf({ trafficPolicy: { loadBalancing } }, 'MeshLoadBalancingStrategy')).toEqual([{
    to: ['web', 'web-v1', 'web-v2', 'web-v3'].map((name) => ({ targetRef: service(name), default: { loadBalancer: { type } } })),
  }]);
});

test('failing pods are left out, and errors are counted only where a number is declared', () => {
  const breakerOf = (outlierDetection: OutlierDetection) => {
    const [{ to: [, v1] }] = specsOf({ splitByPods: true, trafficPolicy: { outlierDetection } }, 'MeshCircuitBreaker') as [{ to: unknown[] }];
    return v1;
  };
  expect(breakerOf({
    consecutive5xxErrors: 5,
    consecutiveGatewayErrors: 0,
    interval: Duration.millis(1500),
    baseEjectionTime: Duration.minutes(1),
    maxEjectionPercent: 100,
    minHealthPercent: 0,
  })).toEqual({
    targetRef: service('web-v1'),
    default: {
      outlierDetection: {
        interval: '1.5s', baseEjectionTime: '60s', maxEjectionPercent: 100, healthyPanicThreshold: 0, detectors: { totalFailures: { consecutive: 5 } },
      },
    },
  });
  expect(breakerOf({ consecutiveGatewayErrors: 3 })).toEqual({
    targetRef: service('web-v1'), default: { outlierDetection: { detectors: { gatewayFailures: { consecutive: 3 } } } },
  });
});

test('policies and the namespace carry the name of the mesh, and Services of the namespace become MeshServices', () => {
  const labelled = (declared: Declared, kind: string) => manifestsOf(declared)
    .filter((manifest) => manifest.kind === kind).map(({ metadata }) => metadata.labels);
  expect(labelled({}, 'Namespace')).toEqual([{ 'kuma.io/sidecar-injection': 'enabled', 'kuma.io/mesh': 'default' }]);
  expect(labelled({}, 'MeshHTTPRoute')).toEqual([{ 'app': 'web', 'kuma.io/mesh': 'default' }]);
  expect(labelled({ options: { meshName: 'east' } }, 'Namespace')).toEqual([{ 'kuma.io/sidecar-injection': 'enabled', 'kuma.io/mesh': 'east' }]);
  expect(labelled({ options: { meshName: 'east' } }, 'MeshTimeout')).toEqual([{ 'app': 'web', 'kuma.io/mesh': 'east' }]);
});

test.each<{ name: string; declared: Declared; rules: object[] }>([
  {
    name: 'conditions have their types written, and a prefix no slash at its end',
    declared: {
      routes: [{
        matches: [{ path: PathMatch.prefix('/api/'), method: HttpMethod.POST, headers: [HeaderMatch.exact('X-A', 'b')], queryParams: [QueryMatch.exact('q', '1')] }],
        weights: { v2: 1 },
      }],
    },
    rules: [{
      matches: [{
        path: { type: 'PathPrefix', value: '/api' }, method: 'POST', headers: [{ type: 'Exact', name: 'x-a', value: 'b' }], queryParams: [{ type: 'Exact', name: 'q', value: '1' }],
      }],
      default: { backendRefs: [to('v2')] },
    }, last],
  },
  {
    name: 'headers have a type for each condition, query parameters have expressions',
    declared: {
      routes: [{
        matches: [
          { headers: [HeaderMatch.prefix('x-a', 'b.'), HeaderMatch.present('x-c'), HeaderMatch.regex('x-d', '[0-9]+'), HeaderMatch.absent('x-e')] },
          { queryParams: [QueryMatch.prefix('p', 'b.'), QueryMatch.present('q'), QueryMatch.regex('r', '[0-9]+')] },
          { cookies: [CookieMatch.exact('group', 'beta')] },
        ],
        weights: { v2: 1 },
      }],
    },
    rules: [{
      matches: [
        {
          headers: [
            { type: 'Prefix', name: 'x-a', value: 'b.' }, { type: 'Present', name: 'x-c' }, { type: 'RegularExpression', name: 'x-d', value: '[0-9]+' },
            { type: 'Absent', name: 'x-e' },
          ],
        },
        {
          queryParams: [
            { type: 'RegularExpression', name: 'p', value: 'b\\..*' }, { type: 'RegularExpression', name: 'q', value: '.*' },
            { type: 'RegularExpression', name: 'r', value: '[0-9]+' },
          ],
        },
        { headers: [{ type: 'RegularExpression', name: 'cookie', value: '(.*;[ ]?)?group=(beta)([ ]?;.*)?' }] },
      ],
      default: { backendRefs: [to('v2')] },
    }, last],
  },
  {
    name: 'an earlier rule names what a more specific later one would take from it',
    declared: {
      routes: [
        { matches: [{ headers: [HeaderMatch.exact('x-group', 'beta')] }], weights: { v2: 1 } },
        { matches: [{ path: PathMatch.prefix('/api') }], weights: { v3: 1 } },
      ],
    },
    rules: [
      {
        matches: [
          { headers: [{ type: 'Exact', name: 'x-group', value: 'beta' }] },
          { path: { type: 'PathPrefix', value: '/api' }, headers: [{ type: 'Exact', name: 'x-group', value: 'beta' }] },
        ],
        default: { backendRefs: [to('v2')] },
      },
      { matches: [{ path: { type: 'PathPrefix', value: '/api' } }], default: { backendRefs: [to('v3')] } },
      last,
    ],
  },
  {
    name: 'headers are changed under names in lower case, and a per cent sign is doubled for Envoy',
    declared: {
      routes: [{
        matches: [{ path: PathMatch.exact('/x') }],
        requestHeaders: { set: { A: '100%' }, add: { b: '2' }, remove: ['C'] },
        responseHeaders: { set: { d: '4' } },
      }],
    },
    rules: [{
      matches: [{ path: { type: 'Exact', value: '/x' } }],
      default: {
        filters: [
          { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'a', value: '100%%' }], add: [{ name: 'b', value: '2' }], remove: ['c'] } },
          { type: 'ResponseHeaderModifier', responseHeaderModifier: { set: [{ name: 'd', value: '4' }] } },
        ],
        backendRefs: [to('v1')],
      },
    }, last],
  },
  {
    name: 'a prefix is replaced in two rules, for itself and for what lies under it',
    declared: { routes: [{ matches: [{ path: PathMatch.prefix('/a/') }, { path: PathMatch.prefix('/b') }], rewrite: Rewrite.all(Rewrite.prefix('/v2'), Rewrite.hostname('in.example')) }] },
    rules: [
      {
        matches: [{ path: { type: 'Exact', value: '/a' } }, { path: { type: 'Exact', value: '/b' } }],
        default: {
          filters: [{ type: 'URLRewrite', urlRewrite: { hostname: 'in.example', path: { type: 'ReplaceFullPath', replaceFullPath: '/v2' } } }],
          backendRefs: [to('v1')],
        },
      },
      {
        matches: [{ path: { type: 'PathPrefix', value: '/a' } }, { path: { type: 'PathPrefix', value: '/b' } }],
        default: {
          filters: [{ type: 'URLRewrite', urlRewrite: { hostname: 'in.example', path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v2/' } } }],
          backendRefs: [to('v1')],
        },
      },
      last,
    ],
  },
  {
    name: 'a redirect has no backends',
    declared: { routes: [{ matches: [{ path: PathMatch.exact('/z') }], redirect: { scheme: 'https', hostname: 'other.example', path: '/w', port: 8443, statusCode: 301 } }] },
    rules: [{
      matches: [{ path: { type: 'Exact', value: '/z' } }],
      default: {
        filters: [{
          type: 'RequestRedirect',
          requestRedirect: { scheme: 'https', hostname: 'other.example', port: 8443, path: { type: 'ReplaceFullPath', replaceFullPath: '/w' }, statusCode: 301 },
        }],
      },
    }, last],
  },
])('MeshHTTPRoute: $name', ({ declared, rules }) => {
  expect(httpRules(declared)).toEqual(rules);
});
