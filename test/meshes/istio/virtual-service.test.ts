import { Duration } from 'cdk8s';
import { Declared, Exposed, manifestsOf, one } from './manifests';
import {
  CookieMatch, Fault, GrpcStatus, HeaderMatch, HttpMethod, Mirror, PathMatch, Protocol, QueryMatch, Redirect, Retries, Rewrite, RouteMatch,
  RouteProps, SourceMatch, TlsMode,
} from '../../../src';

// Expected forms come from https://istio.io/latest/docs/reference/config/networking/virtual-service/ and from Istio's validation
// (pkg/config/validation) and route generation (pilot/pkg/networking/core/route), not from what the renderer prints.

const host = 'web.shop.svc.cluster.local';
const retries = { attempts: 2, retryOn: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes' };

function to(subset: string, port = 80) {
  return { destination: { host, subset, port: { number: port } } };
}

function httpOf(declared: Declared): unknown {
  return (one(manifestsOf(declared), 'VirtualService').spec as { http: unknown }).http;
}

const rest = { route: [to('v1')], retries };

/** The rule of one route to v2 with these matches. */
function routed(matches: RouteMatch[]): unknown {
  return (httpOf({ routes: [{ matches, weights: { v2: 1 } }] }) as { match: unknown }[])[0].match;
}

test.each<{ name: string; match: RouteMatch; expected: object[] }>([
  { name: 'an exact path stays one', match: { path: PathMatch.exact('/login') }, expected: [{ uri: { exact: '/login' } }] },
  {
    name: 'a prefix is the path itself and what lies under it, so that /v2 does not take /v20',
    match: { path: PathMatch.prefix('/v2') },
    expected: [{ uri: { exact: '/v2' } }, { uri: { prefix: '/v2/' } }],
  },
  {
    name: 'the slash at the end of a prefix has no meaning',
    match: { path: PathMatch.prefix('/v2/') },
    expected: [{ uri: { exact: '/v2' } }, { uri: { prefix: '/v2/' } }],
  },
  {
    name: 'the prefix / is no condition',
    match: { path: PathMatch.prefix('/'), method: HttpMethod.GET },
    expected: [{ method: { exact: 'GET' } }],
  },
  { name: 'a regular expression stays one', match: { path: PathMatch.regex('/items/[0-9]+') }, expected: [{ uri: { regex: '/items/[0-9]+' } }] },
  {
    name: 'header names are in lower case, values as they are',
    match: { headers: [HeaderMatch.exact('End-User', 'Jason'), HeaderMatch.prefix('X-A', 'b'), HeaderMatch.regex('X-B', '.*c')] },
    expected: [{ headers: { 'end-user': { exact: 'Jason' }, 'x-a': { prefix: 'b' }, 'x-b': { regex: '.*c' } } }],
  },
  {
    name: 'a header that is there, and one that is not',
    match: { headers: [HeaderMatch.present('x-a'), HeaderMatch.absent('x-b')] },
    expected: [{ headers: { 'x-a': {} }, withoutHeaders: { 'x-b': {} } }],
  },
  {
    name: 'a condition that another one covers is left out',
    match: { headers: [HeaderMatch.present('x-a'), HeaderMatch.exact('x-a', '1')] },
    expected: [{ headers: { 'x-a': { exact: '1' } } }],
  },
  {
    name: 'query parameters',
    match: { queryParams: [QueryMatch.exact('a', '1'), QueryMatch.present('b')] },
    expected: [{ queryParams: { a: { exact: '1' }, b: {} } }],
  },
  {
    name: 'a cookie is a regular expression over the header, wherever it stands, with or without a space',
    match: { cookies: [CookieMatch.exact('user', 'j.d')] },
    expected: [{ headers: { cookie: { regex: '(.*;[ ]?)?user=(j\\.d)([ ]?;.*)?' } } }],
  },
  {
    name: 'the source, by labels and namespace',
    match: { source: SourceMatch.labels({ app: 'cart' }, 'shop') },
    expected: [{ sourceLabels: { app: 'cart' }, sourceNamespace: 'shop' }],
  },
])('match: $name', ({ match, expected }) => {
  expect(routed([match])).toEqual(expected);
});

test.each<{ name: string; route: RouteProps; expected: object[] }>([
  {
    name: 'a delay says its share, which Istio would take for 0',
    route: { fault: Fault.delay(Duration.seconds(7)) },
    expected: [{ fault: { delay: { fixedDelay: '7s', percentage: { value: 100 } } } }],
  },
  {
    name: 'delays below a second are written in seconds',
    route: { fault: Fault.delay(Duration.millis(1500), { percent: 0.5 }) },
    expected: [{ fault: { delay: { fixedDelay: '1.5s', percentage: { value: 0.5 } } } }],
  },
  {
    name: 'an abort by HTTP status',
    route: { fault: Fault.abort(503, { percent: 10 }) },
    expected: [{ fault: { abort: { httpStatus: 503, percentage: { value: 10 } } } }],
  },
  {
    name: 'an abort by gRPC status, by name',
    route: { fault: Fault.abortGrpc(GrpcStatus.UNAVAILABLE) },
    expected: [{ fault: { abort: { grpcStatus: 'UNAVAILABLE', percentage: { value: 100 } } } }],
  },
  {
    name: 'both faults at once',
    route: { fault: Fault.all(Fault.delay(Duration.seconds(1)), Fault.abort(500)) },
    expected: [{ fault: { delay: { fixedDelay: '1s', percentage: { value: 100 } }, abort: { httpStatus: 500, percentage: { value: 100 } } } }],
  },
  {
    name: 'mirrors say their share, which Istio would take for 100',
    route: { mirrors: [Mirror.to('v1', 10)] },
    expected: [{ mirrors: [{ ...to('v1'), percentage: { value: 10 } }] }],
  },
  {
    name: 'header changes, with % doubled as Envoy wants it',
    route: { requestHeaders: { set: { 'x-a': '100%' }, add: { 'x-b': '1' }, remove: ['x-c'] }, responseHeaders: { remove: ['server'] } },
    expected: [{ headers: { request: { set: { 'x-a': '100%%' }, add: { 'x-b': '1' }, remove: ['x-c'] }, response: { remove: ['server'] } } }],
  },
  { name: 'a timeout', route: { timeout: Duration.millis(250) }, expected: [{ timeout: '0.25s' }] },
  { name: 'no retries', route: { retries: Retries.none() }, expected: [{ retries: { attempts: 0 } }] },
  {
    name: 'retries',
    route: { retries: Retries.attempts(3, { perTryTimeout: Duration.seconds(2), backoff: Duration.millis(25), retryOn: ['5xx', '409'] }) },
    expected: [{ retries: { attempts: 3, perTryTimeout: '2s', backoff: '0.025s', retryOn: '5xx,409' } }],
  },
  { name: 'another host', route: { rewrite: Rewrite.hostname('other.example') }, expected: [{ rewrite: { authority: 'other.example' } }] },
  {
    name: 'another full path, whatever was matched',
    route: { rewrite: Rewrite.path('/new') },
    expected: [{ rewrite: { uriRegexRewrite: { match: '^.*$', rewrite: '/new' } } }],
  },
])('filter: $name', ({ route, expected }) => {
  const matches = [{ path: PathMatch.exact('/a') }];
  expect(httpOf({ routes: [{ matches, weights: { v2: 1 }, ...route }] })).toEqual([
    ...expected.map((filter) => ({ match: [{ uri: { exact: '/a' } }], route: [to('v2')], retries, ...filter })), rest,
  ]);
});

test.each([
  { name: 'a replaced prefix', rewrite: '/new', exact: '/new', under: '/new/' },
  { name: 'a removed prefix', rewrite: '/', exact: '/', under: '/' },
  { name: 'a replacement with a slash at its end', rewrite: '/new/', exact: '/new', under: '/new/' },
])('rewrite: $name changes the path itself and what lies under it', ({ rewrite, exact, under }) => {
  expect(httpOf({ routes: [{ matches: [{ path: PathMatch.prefix('/old') }], rewrite: Rewrite.prefix(rewrite) }] })).toEqual([
    { match: [{ uri: { exact: '/old' } }], route: [to('v1')], retries, rewrite: { uri: exact } },
    { match: [{ uri: { prefix: '/old/' } }], route: [to('v1')], retries, rewrite: { uri: under } },
    rest,
  ]);
});

test.each<{ name: string; redirect: Redirect; expected: object }>([
  { name: 'to https, with 302 unless said otherwise', redirect: { scheme: 'https' }, expected: { scheme: 'https', redirectCode: 302 } },
  {
    name: 'to another host, port and path',
    redirect: { hostname: 'other.example', port: 8443, path: '/', statusCode: 308 },
    expected: { authority: 'other.example', port: 8443, uri: '/', redirectCode: 308 },
  },
])('redirect: $name', ({ redirect, expected }) => {
  expect(httpOf({ routes: [{ matches: [{ path: PathMatch.exact('/a') }], redirect }] })).toEqual([
    { match: [{ uri: { exact: '/a' } }], redirect: expected }, rest,
  ]);
});

test('redirect: a replaced prefix is a full path for the path itself, because Istio refuses prefixRewrite beside an exact match', () => {
  expect(httpOf({ routes: [{ matches: [{ path: PathMatch.prefix('/old') }], redirect: { prefix: '/new' } }] })).toEqual([
    { match: [{ uri: { exact: '/old' } }], redirect: { uri: '/new', redirectCode: 302 } },
    { match: [{ uri: { prefix: '/old/' } }], redirect: { prefixRewrite: '/new/', redirectCode: 302 } },
    rest,
  ]);
});

test('weights are written as declared, in the order of the versions, those of 0 left out', () => {
  const versions = ['v1', 'v2', 'v3'].map((name) => ({ name, image: 'web' }));
  expect(httpOf({ versions, weights: { v3: 2, v2: 0, v1: 500 } })).toEqual([
    { route: [{ ...to('v1'), weight: 500 }, { ...to('v3'), weight: 2 }], retries },
  ]);
});

test('timeout and retries of the service hold for routes that say nothing of their own', () => {
  const routes = [{ matches: [{ path: PathMatch.exact('/a') }] }, { matches: [{ path: PathMatch.exact('/b') }], timeout: Duration.seconds(1) }];
  expect(httpOf({ routes, timeout: Duration.seconds(9), retries: Retries.none() })).toEqual([
    { match: [{ uri: { exact: '/a' } }], route: [to('v1')], timeout: '9s', retries: { attempts: 0 } },
    { match: [{ uri: { exact: '/b' } }], route: [to('v1')], timeout: '1s', retries: { attempts: 0 } },
    { route: [to('v1')], timeout: '9s', retries: { attempts: 0 } },
  ]);
});

test('with several ports each rule comes once for each, and ends with one that takes everything', () => {
  const ports = [{ port: 80 }, { port: 8080, protocol: Protocol.GRPC }];
  const routes = [{ matches: [{ path: PathMatch.exact('/a') }], weights: { v2: 1 }, port: 80 }];
  expect(httpOf({ ports, routes })).toEqual([
    { match: [{ uri: { exact: '/a' }, port: 80 }], route: [to('v2')], retries },
    { match: [{ port: 80 }], route: [to('v1')], retries },
    { match: [{ port: 8080 }], route: [to('v1', 8080)], retries },
  ]);
});

test('HTTP, TCP and TLS ports get routes of their own kind; TLS without server names is split like TCP', () => {
  const ports = [
    { port: 80 }, { port: 5432, protocol: Protocol.TCP },
    { port: 443, protocol: Protocol.TLS, sniHosts: [host] }, { port: 8443, protocol: Protocol.TLS },
  ];
  const split = (port: number) => [{ ...to('v1', port), weight: 9 }, { ...to('v2', port), weight: 1 }];
  expect(one(manifestsOf({ ports, weights: { v1: 9, v2: 1 } }), 'VirtualService').spec).toEqual({
    hosts: [host],
    gateways: ['mesh'],
    http: [{ match: [{ port: 80 }], route: split(80), retries }],
    tcp: [{ match: [{ port: 5432 }], route: split(5432) }, { match: [{ port: 8443 }], route: split(8443) }],
    tls: [{ match: [{ port: 443, sniHosts: [host] }], route: split(443) }],
  });
});

test('connections are told apart by their source', () => {
  const ports = [{ port: 5432, protocol: Protocol.TCP }];
  const routes = [{ matches: [{ source: SourceMatch.namespace('tests') }], weights: { v2: 1 } }];
  expect(one(manifestsOf({ ports, routes }), 'VirtualService').spec).toEqual({
    hosts: [host],
    gateways: ['mesh'],
    tcp: [{ match: [{ port: 5432, sourceNamespace: 'tests' }], route: [to('v2', 5432)] }, { match: [{ port: 5432 }], route: [to('v1', 5432)] }],
  });
});

test('without rules there is no VirtualService, and a filter on the service brings one that goes to the root', () => {
  expect(manifestsOf({ splitByPods: true }).filter(({ kind }) => kind === 'VirtualService')).toEqual([]);
  expect(httpOf({ splitByPods: true, timeout: Duration.seconds(3) })).toEqual([
    { route: [{ destination: { host, port: { number: 80 } } }], timeout: '3s', retries },
  ]);
});

const http: Exposed['gateway'] = { listeners: [{ port: 80, protocol: Protocol.HTTP }] };

function exposedSpec(declared: Declared, exposed: Exposed): unknown {
  return one(manifestsOf(declared, exposed), 'VirtualService', 'web-edge').spec;
}

test('a gateway applies the rules to what the exposure lets in, and to nothing else', () => {
  const routes = [
    { matches: [{ headers: [HeaderMatch.exact('x-tester', 'yes')] }], weights: { v2: 1 } },
    { matches: [{ path: PathMatch.prefix('/api/v2') }], weights: { v2: 1 } },
    { matches: [{ path: PathMatch.exact('/internal') }], weights: { v2: 1 } },
    { matches: [{ source: SourceMatch.namespace('tests') }], weights: { v2: 1 } },
  ];
  expect(exposedSpec({ routes }, { gateway: http, exposure: { hosts: ['web.example'], matches: [{ path: PathMatch.prefix('/api') }] } })).toEqual({
    hosts: ['web.example'],
    gateways: ['shop/edge'],
    http: [
      {
        match: [{ uri: { exact: '/api' }, headers: { 'x-tester': { exact: 'yes' } } }, { uri: { prefix: '/api/' }, headers: { 'x-tester': { exact: 'yes' } } }],
        route: [to('v2')],
        retries,
      },
      { match: [{ uri: { exact: '/api/v2' } }, { uri: { prefix: '/api/v2/' } }], route: [to('v2')], retries },
      { match: [{ uri: { exact: '/api' } }, { uri: { prefix: '/api/' } }], route: [to('v1')], retries },
    ],
  });
});

test('an exposure without conditions takes everything, on the named listener only', () => {
  const gateway = { listeners: [{ port: 80, protocol: Protocol.HTTP }, { port: 8080, protocol: Protocol.HTTP, name: 'alt' }] };
  expect(exposedSpec({}, { gateway, exposure: { listener: 'alt' } })).toEqual({
    hosts: ['*'], gateways: ['shop/edge'], http: [{ match: [{ port: 8080 }], route: [to('v1')], retries }],
  });
});

test('TLS that passes through is routed by the exposed host, terminated TLS by port', () => {
  const gateway = {
    listeners: [{ port: 443, protocol: Protocol.TLS, tls: { mode: TlsMode.PASSTHROUGH } }],
  };
  expect(exposedSpec({ ports: [{ port: 8443, protocol: Protocol.TLS }] }, { gateway, exposure: { hosts: ['db.example'] } })).toEqual({
    hosts: ['db.example'], gateways: ['shop/edge'], tls: [{ match: [{ port: 443, sniHosts: ['db.example'] }], route: [to('v1', 8443)] }],
  });
  const terminating = { listeners: [{ port: 5432, protocol: Protocol.TLS, tls: { secretName: 'db-cert' } }] };
  expect(exposedSpec({ ports: [{ port: 5432, protocol: Protocol.TCP }] }, { gateway: terminating })).toEqual({
    hosts: ['*'], gateways: ['shop/edge'], tcp: [{ match: [{ port: 5432 }], route: [to('v1', 5432)] }],
  });
});
