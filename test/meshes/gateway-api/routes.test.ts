import { Duration } from 'cdk8s';
import { Declared, Exposed, manifestsOf, namespaceOf, specsOf } from './manifests';
import {
  AllowedRoutes, CookieMatch, GatewayApiImplementation as Implementation, HeaderMatch, HttpMethod, Mirror, PathMatch, Protocol, QueryMatch, Rewrite,
  TcpRouteVersion, TlsMode,
} from '../../../src';

// Forms from https://gateway-api.sigs.k8s.io/reference/spec/ and, for routes on Services, https://gateway-api.sigs.k8s.io/geps/gep-1294/.

const onService = (port: number) => [{ group: '', kind: 'Service', name: 'web', port }];
const onGateway = (sectionName: string) => [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'shop', name: 'edge', sectionName }];
const to = (version: string, port = 80, weight = 1) => ({ name: `web-${version}`, port, weight });
const all = { path: { type: 'PathPrefix', value: '/' } };
const options = { implementation: Implementation.ISTIO };
const last = { matches: [all], backendRefs: [to('v1')] };

const httpRules = (declared: Declared) => (specsOf(manifestsOf({ options, ...declared }), 'HTTPRoute').web as { rules: unknown[] }).rules;

test('a route hangs on the root, its last rule takes everything, and versions without weight are left out', () => {
  expect(specsOf(manifestsOf({ options, weights: { v1: 9, v2: 1, v3: 0 } }), 'HTTPRoute')).toEqual({
    web: { parentRefs: onService(80), rules: [{ matches: [all], backendRefs: [to('v1', 80, 9), to('v2')] }] },
  });
});

test('several ports have a route each, of different names also between kinds', () => {
  const manifests = manifestsOf({
    options,
    ports: [
      { port: 80 }, { port: 81, protocol: Protocol.HTTP2 }, { port: 90, protocol: Protocol.GRPC }, { port: 70, protocol: Protocol.TCP },
      { port: 443, protocol: Protocol.TLS, sniHosts: ['db.example'] }, { port: 444, protocol: Protocol.TLS, name: 'any' },
    ],
  });
  expect(specsOf(manifests, 'HTTPRoute')).toEqual({
    'web-http': { parentRefs: onService(80), rules: [last] },
    'web-http2': { parentRefs: onService(81), rules: [{ matches: [all], backendRefs: [to('v1', 81)] }] },
  });
  expect(specsOf(manifests, 'GRPCRoute')).toEqual({ 'web-grpc': { parentRefs: onService(90), rules: [{ backendRefs: [to('v1', 90)] }] } });
  expect(specsOf(manifests, 'TCPRoute')).toEqual({
    'web-tcp': { parentRefs: onService(70), rules: [{ backendRefs: [to('v1', 70)] }] },
    'web-any': { parentRefs: onService(444), rules: [{ backendRefs: [to('v1', 444)] }] },
  });
  expect(specsOf(manifests, 'TLSRoute')).toEqual({
    'web-tls-443': { parentRefs: onService(443), hostnames: ['db.example'], rules: [{ backendRefs: [to('v1', 443)] }] },
  });
});

test('without rules there is no route; beside rules the root stands for its pods', () => {
  expect(manifestsOf({ options, splitByPods: true }).filter(({ kind }) => kind.endsWith('Route'))).toEqual([]);
  expect(httpRules({ splitByPods: true, routes: [{ matches: [{ path: PathMatch.exact('/x') }], weights: { v2: 1 } }] })).toEqual([
    { matches: [{ path: { type: 'Exact', value: '/x' } }], backendRefs: [to('v2')] },
    { matches: [all], backendRefs: [{ name: 'web', port: 80, weight: 1 }] },
  ]);
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
      backendRefs: [to('v2')],
    }, last],
  },
  {
    name: 'beginnings, presence and cookies are regular expressions for the whole value',
    declared: {
      routes: [{
        matches: [
          { headers: [HeaderMatch.prefix('x-a', 'b.'), HeaderMatch.present('x-c'), HeaderMatch.regex('x-d', '[0-9]+')] },
          { cookies: [CookieMatch.exact('group', 'beta')] },
        ],
        weights: { v2: 1 },
      }],
    },
    rules: [{
      matches: [
        {
          ...all,
          headers: [
            { type: 'RegularExpression', name: 'x-a', value: 'b\\..*' }, { type: 'RegularExpression', name: 'x-c', value: '.*' },
            { type: 'RegularExpression', name: 'x-d', value: '[0-9]+' },
          ],
        },
        { ...all, headers: [{ type: 'RegularExpression', name: 'cookie', value: '(.*;[ ]?)?group=(beta)([ ]?;.*)?' }] },
      ],
      backendRefs: [to('v2')],
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
          { ...all, headers: [{ type: 'Exact', name: 'x-group', value: 'beta' }] },
          { path: { type: 'PathPrefix', value: '/api' }, headers: [{ type: 'Exact', name: 'x-group', value: 'beta' }] },
        ],
        backendRefs: [to('v2')],
      },
      { matches: [{ path: { type: 'PathPrefix', value: '/api' } }], backendRefs: [to('v3')] },
      last,
    ],
  },
  {
    name: 'headers are changed, and a per cent sign is doubled for proxies that read placeholders',
    declared: {
      routes: [{
        name: 'changed',
        matches: [{ path: PathMatch.exact('/x') }],
        requestHeaders: { set: { a: '100%' }, add: { b: '2' }, remove: ['c'] },
        responseHeaders: { set: { d: '4' } },
      }],
    },
    rules: [{
      name: 'changed',
      matches: [{ path: { type: 'Exact', value: '/x' } }],
      filters: [
        { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'a', value: '100%%' }], add: [{ name: 'b', value: '2' }], remove: ['c'] } },
        { type: 'ResponseHeaderModifier', responseHeaderModifier: { set: [{ name: 'd', value: '4' }] } },
      ],
      backendRefs: [to('v1')],
    }, last],
  },
  {
    name: 'mirrors always say their share, decimals as a fraction',
    declared: { mirrors: [Mirror.to('v2'), Mirror.to('v3', 12.5)] },
    rules: [{
      matches: [all],
      filters: [
        { type: 'RequestMirror', requestMirror: { backendRef: { name: 'web-v2', port: 80 }, percent: 100 } },
        { type: 'RequestMirror', requestMirror: { backendRef: { name: 'web-v3', port: 80 }, fraction: { numerator: 1, denominator: 8 } } },
      ],
      backendRefs: [to('v1')],
    }],
  },
  {
    name: 'a prefix is replaced in a rule for each match',
    declared: {
      routes: [{
        name: 'moved', matches: [{ path: PathMatch.prefix('/a') }, { path: PathMatch.prefix('/b') }], rewrite: Rewrite.all(Rewrite.prefix('/v2/'), Rewrite.hostname('in.example')),
      }],
    },
    rules: [
      ...['/a', '/b'].map((value, index) => ({
        ...(index === 0 && { name: 'moved' }),
        matches: [{ path: { type: 'PathPrefix', value } }],
        filters: [{ type: 'URLRewrite', urlRewrite: { hostname: 'in.example', path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v2' } } }],
        backendRefs: [to('v1')],
      })),
      last,
    ],
  },
  {
    name: 'the whole path is replaced, and a redirect has no backends',
    declared: {
      routes: [
        { matches: [{ path: PathMatch.exact('/x') }], rewrite: Rewrite.path('/y') },
        { matches: [{ path: PathMatch.exact('/z') }], redirect: { scheme: 'https', hostname: 'other.example', path: '/w', port: 8443, statusCode: 301 } },
        { matches: [{ path: PathMatch.prefix('/p') }], redirect: { prefix: '/' } },
      ],
    },
    rules: [
      {
        matches: [{ path: { type: 'Exact', value: '/x' } }],
        filters: [{ type: 'URLRewrite', urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: '/y' } } }],
        backendRefs: [to('v1')],
      },
      {
        matches: [{ path: { type: 'Exact', value: '/z' } }],
        filters: [{
          type: 'RequestRedirect',
          requestRedirect: { scheme: 'https', hostname: 'other.example', port: 8443, path: { type: 'ReplaceFullPath', replaceFullPath: '/w' }, statusCode: 301 },
        }],
      },
      {
        matches: [{ path: { type: 'PathPrefix', value: '/p' } }],
        filters: [{ type: 'RequestRedirect', requestRedirect: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' }, statusCode: 302 } }],
      },
      last,
    ],
  },
  {
    name: 'a timeout is written in whole units',
    declared: { timeout: Duration.millis(5_401_250) },
    rules: [{ ...last, timeouts: { request: '1h30m1s250ms' } }],
  },
])('HTTPRoute: $name', ({ declared, rules }) => {
  expect(httpRules(declared)).toEqual(rules);
});

test('no limit is written out where an implementation has one of its own', () => {
  expect(httpRules({ options: { implementation: Implementation.KUMA } })).toEqual([{ ...last, timeouts: { request: '0s' } }]);
  expect(httpRules({ options })).toEqual([last]);
});

test('GRPCRoute: an exact path becomes a method, and the last rule has no conditions', () => {
  const manifests = manifestsOf({
    options,
    ports: [{ port: 90, protocol: Protocol.GRPC }],
    routes: [{
      matches: [{ path: PathMatch.exact('/shop.Cart/Add') }, { headers: [HeaderMatch.exact('x-a', 'b')] }],
      weights: { v2: 1 },
      mirrors: [Mirror.to('v3', 5)],
      requestHeaders: { remove: ['x-c'] },
    }],
  });
  expect(specsOf(manifests, 'GRPCRoute')).toEqual({
    web: {
      parentRefs: onService(90),
      rules: [
        {
          matches: [{ method: { type: 'Exact', service: 'shop.Cart', method: 'Add' } }, { headers: [{ type: 'Exact', name: 'x-a', value: 'b' }] }],
          filters: [
            { type: 'RequestHeaderModifier', requestHeaderModifier: { remove: ['x-c'] } },
            { type: 'RequestMirror', requestMirror: { backendRef: { name: 'web-v3', port: 90 }, percent: 5 } },
          ],
          backendRefs: [to('v2', 90)],
        },
        { backendRefs: [to('v1', 90)] },
      ],
    },
  });
});

test('TCPRoutes have the chosen version', () => {
  const ports = [{ port: 70, protocol: Protocol.TCP }];
  const versionOf = (tcpRouteVersion?: TcpRouteVersion) => manifestsOf({ options: { tcpRouteVersion }, ports })
    .filter(({ kind }) => kind === 'TCPRoute').map(({ apiVersion }) => apiVersion);
  expect([versionOf(), versionOf(TcpRouteVersion.V1)]).toEqual([['gateway.networking.k8s.io/v1alpha2'], ['gateway.networking.k8s.io/v1']]);
});

test('namespaces are labelled as the mesh asks for it', () => {
  const { ISTIO, LINKERD, KUMA, CILIUM } = Implementation;
  expect([ISTIO, LINKERD, KUMA, CILIUM].map((implementation) => namespaceOf({ implementation }))).toEqual([
    { name: 'shop', labels: { 'istio-injection': 'enabled' } },
    { name: 'shop', annotations: { 'linkerd.io/inject': 'enabled' } },
    { name: 'shop', labels: { 'kuma.io/sidecar-injection': 'enabled' } },
    { name: 'shop' },
  ]);
});

test('a Gateway has a host, a mode of TLS and admitted namespaces for each listener', () => {
  const gateway: Exposed['gateway'] = {
    gatewayClassName: 'eg',
    implementation: Implementation.ENVOY_GATEWAY,
    allowedRoutes: AllowedRoutes.ALL,
    listeners: [
      { port: 80, protocol: Protocol.HTTP }, { port: 81, protocol: Protocol.GRPC, hosts: ['*.shop.example'] },
      { port: 443, protocol: Protocol.HTTPS, hosts: ['shop.example'], tls: { secretName: 'cert' } },
      { port: 444, protocol: Protocol.TLS, name: 'pass', tls: { mode: TlsMode.PASSTHROUGH } },
    ],
  };
  const allowedRoutes = { namespaces: { from: 'All' } };
  expect(specsOf(manifestsOf({ options }, { gateway, exposure: { listener: 'http-80' } }), 'Gateway')).toEqual({
    edge: {
      gatewayClassName: 'eg',
      listeners: [
        { name: 'http-80', port: 80, protocol: 'HTTP', allowedRoutes },
        { name: 'grpc-81', port: 81, protocol: 'HTTP', hostname: '*.shop.example', allowedRoutes },
        { name: 'https-443', port: 443, protocol: 'HTTPS', hostname: 'shop.example', tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: 'cert' }] }, allowedRoutes },
        { name: 'pass', port: 444, protocol: 'TLS', tls: { mode: 'Passthrough' }, allowedRoutes },
      ],
    },
  });
});

test('an exposure is a route on each fitting listener, ends where its own matches end, and says that there is no limit', () => {
  const listeners = [80, 8080].map((port) => ({ port, protocol: Protocol.HTTP }));
  const gateway = { implementation: Implementation.ENVOY_GATEWAY, listeners };
  const exposure = { name: 'public', hosts: ['shop.example'], matches: [{ path: PathMatch.prefix('/shop') }] };
  const routes = [{ matches: [{ headers: [HeaderMatch.exact('x-a', 'b')] }], weights: { v2: 1 } }];
  const path = { type: 'PathPrefix', value: '/shop' };
  expect(specsOf(manifestsOf({ options, routes }, { gateway, exposure }), 'HTTPRoute').public).toEqual({
    parentRefs: [...onGateway('http-80'), ...onGateway('http-8080')],
    hostnames: ['shop.example'],
    rules: [
      { matches: [{ path, headers: [{ type: 'Exact', name: 'x-a', value: 'b' }] }], backendRefs: [to('v2')], timeouts: { request: '0s' } },
      { matches: [{ path }], backendRefs: [to('v1')], timeouts: { request: '0s' } },
    ],
  });
});

test('streams of TLS come in by their names, and without them', () => {
  const gateway = { listeners: [{ port: 443, protocol: Protocol.TLS, tls: { mode: TlsMode.PASSTHROUGH } }, { port: 70, protocol: Protocol.TCP }] };
  const ports = [{ port: 8443, protocol: Protocol.TLS }];
  const named = manifestsOf({ ports }, { gateway, exposure: { name: 'db', listener: 'tls-443', hosts: ['db.example'] } });
  expect(specsOf(named, 'TLSRoute')).toEqual({ db: { parentRefs: onGateway('tls-443'), hostnames: ['db.example'], rules: [{ backendRefs: [to('v1', 8443)] }] } });
  const unnamed = manifestsOf({ ports }, { gateway, exposure: { name: 'db', listener: 'tcp-70' } });
  expect(specsOf(unnamed, 'TCPRoute').db).toEqual({ parentRefs: onGateway('tcp-70'), rules: [{ backendRefs: [to('v1', 8443)] }] });
});
