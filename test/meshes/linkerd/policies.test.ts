import { Duration } from 'cdk8s';
import { annotations, findingsOf, manifestsOf, specs, warningsOf } from './manifests';
import { CanaryServiceProps, HeaderMatch, LinkerdApi, PathMatch, Protocol, Retries } from '../../../src';

// Annotations from https://linkerd.io/2/reference/retries/, .../timeouts/ and .../circuit-breaking/; values as parse_http_retry, parse_grpc_retry,
// parse_duration and parse_accrual_config read them (linkerd2, policy-controller/k8s/index/src/outbound/index.rs and the files beside it).

const onErrors = (attempts: number) => Retries.attempts(attempts, { retryOn: ['5xx', '429'] });

test('retries stand on the route, with the conditions always written', () => {
  const manifests = manifestsOf({}, { retries: Retries.attempts(3, { retryOn: ['gateway-error', '429'], perTryTimeout: Duration.millis(90_500) }) });
  expect(annotations(manifests, 'HTTPRoute')).toEqual({
    web: { 'retry.linkerd.io/http': 'gateway-error,429', 'retry.linkerd.io/limit': '3', 'retry.linkerd.io/timeout': '90500ms' },
  });
});

test('the last attempt is not limited, which is a warning', () => {
  const retries = Retries.attempts(3, { retryOn: ['5xx'], perTryTimeout: Duration.seconds(1) });
  expect(warningsOf({}, { retries })).toEqual([
    '[test/web] attempt-unlimited at retries.perTryTimeout: Linkerd does not limit the last attempt by it; limit the whole request with `timeout`, and accept this',
  ]);
  expect(warningsOf({}, { retries: onErrors(3) })).toEqual([]);
});

test('gRPC has annotations of its own, also for the time of a call', () => {
  const manifests = manifestsOf({}, {
    ports: [{ port: 80, protocol: Protocol.GRPC }],
    retries: Retries.attempts(2, { retryOn: ['unavailable', 'cancelled'] }),
    timeout: Duration.seconds(90),
  });
  expect(annotations(manifests, 'GRPCRoute')).toEqual({
    web: { 'retry.linkerd.io/grpc': 'unavailable,cancelled', 'retry.linkerd.io/limit': '2', 'timeout.linkerd.io/request': '90s' },
  });
});

test.each([
  { name: 'switched off', props: { retries: Retries.none() } },
  { name: 'not declared', props: {} },
])('without retries ($name) there is no annotation: Linkerd retries nothing by itself', ({ props }) => {
  expect(annotations(manifestsOf({}, props), 'HTTPRoute')).toEqual({ web: undefined });
});

test('rules that are retried in another way stand in routes of their own, behind that of the last rule', () => {
  const manifests = manifestsOf({}, {
    routes: [
      { matches: [{ path: PathMatch.prefix('/old') }], redirect: { path: '/new' } },
      { matches: [{ path: PathMatch.prefix('/pay') }], retries: onErrors(3) },
      { matches: [{ path: PathMatch.prefix('/cart') }], weights: { v2: 1 } },
      { matches: [{ path: PathMatch.prefix('/ship') }], retries: onErrors(3), weights: { v2: 1 } },
    ],
  });
  expect(annotations(manifests, 'HTTPRoute')).toEqual({
    'web': undefined,
    'web-routes-1': { 'retry.linkerd.io/http': '5xx,429', 'retry.linkerd.io/limit': '3' },
  });
  const paths = (specs(manifests, 'HTTPRoute') as { rules: { matches: { path: { value: string } }[] }[] }[])
    .map(({ rules }) => rules.map(({ matches }) => matches.map(({ path }) => path.value)));
  expect(paths).toEqual([[['/old'], ['/cart'], ['/']], [['/pay'], ['/ship']]]);
});

test('of two routes that take the same request none is sure to come first, so that the earlier rule also names what both take', () => {
  const manifests = manifestsOf({}, {
    routes: [
      { matches: [{ headers: [HeaderMatch.exact('x-a', '1')] }], retries: onErrors(3) },
      { matches: [{ headers: [HeaderMatch.exact('x-b', '1')] }], weights: { v2: 1 } },
    ],
  });
  const [a, b] = ['x-a', 'x-b'].map((name) => ({ type: 'Exact', name, value: '1' }));
  expect(specs(manifests, 'HTTPRoute')).toMatchObject([
    { rules: [{ matches: [{ headers: [b] }] }, {}] },
    { rules: [{ matches: [{ headers: [a] }, { headers: [a, b] }] }] },
  ]);
});

test('a time has one unit: Linkerd drops the timeout of a rule that has two', () => {
  const routes = [{ matches: [{ path: PathMatch.prefix('/slow') }], timeout: Duration.seconds(90), weights: { v2: 1 } }];
  expect(specs(manifestsOf({}, { routes, timeout: Duration.minutes(60) }), 'HTTPRoute')).toMatchObject([
    { rules: [{ timeouts: { request: '90s' } }, { timeouts: { request: '1h' } }] },
  ]);
});

test('circuit breaking stands on the root alone, which is the Service that clients call', () => {
  const manifests = manifestsOf({}, { trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5, baseEjectionTime: Duration.seconds(30) } } });
  expect(annotations(manifests, 'Service')).toEqual({
    'web': {
      'balancer.linkerd.io/failure-accrual': 'consecutive',
      'balancer.linkerd.io/failure-accrual-consecutive-max-failures': '5',
      'balancer.linkerd.io/failure-accrual-consecutive-min-penalty': '30s',
      'balancer.linkerd.io/failure-accrual-consecutive-max-penalty': '1m',
      'balancer.linkerd.io/failure-accrual-consecutive-jitter-ratio': '0',
    },
    'web-v1': undefined,
    'web-v2': undefined,
  });
});

test.each([
  {
    name: 'a penalty above the longest one raises that: Linkerd refuses a least penalty above it',
    outlierDetection: { consecutive5xxErrors: 7, baseEjectionTime: Duration.minutes(5) },
    penalties: { min: '5m', max: '5m' },
  },
  {
    name: 'values that say what Linkerd does anyway are taken',
    outlierDetection: { baseEjectionTime: Duration.millis(500), maxEjectionPercent: 100, minHealthPercent: 0, consecutiveGatewayErrors: 0 },
    penalties: { min: '500ms', max: '1m' },
  },
])('$name', ({ outlierDetection, penalties: { min, max } }) => {
  expect(annotations(manifestsOf({}, { trafficPolicy: { outlierDetection } }), 'Service').web).toMatchObject({
    'balancer.linkerd.io/failure-accrual': 'consecutive',
    'balancer.linkerd.io/failure-accrual-consecutive-min-penalty': min,
    'balancer.linkerd.io/failure-accrual-consecutive-max-penalty': max,
  });
});

test('circuit breaking that is switched off has no annotation', () => {
  expect(annotations(manifestsOf({}, { trafficPolicy: { outlierDetection: { consecutive5xxErrors: 0 } } }), 'Service').web).toBeUndefined();
});

const lacks = (place: string, text: string) => `[test/web] capability-missing at ${place}: ${text}`;

test.each<{ name: string; props: Partial<CanaryServiceProps>; options?: { api: LinkerdApi }; findings: string[] }>([
  {
    name: 'conditions that Linkerd does not look at',
    props: { retries: Retries.attempts(3) },
    findings: [lacks('retries.retryOn', 'on HTTPRoutes Linkerd retries on statuses, "5xx" and "gateway-error", not on "connect-failure", "refused-stream", "unavailable", "cancelled"; '
      + "use `retryOn: ['gateway-error', '503']`")],
  },
  {
    name: 'conditions for which there is nothing near',
    props: { retries: Retries.attempts(3, { retryOn: ['retriable-headers', '503'] }) },
    findings: [lacks('retries.retryOn', 'on HTTPRoutes Linkerd retries on statuses, "5xx" and "gateway-error", not on "retriable-headers"; name one of those')],
  },
  {
    name: 'statuses on a gRPC port',
    props: { ports: [{ port: 80, protocol: Protocol.GRPC }], retries: Retries.attempts(3, { retryOn: ['503', 'unavailable'] }) },
    findings: [lacks('retries.retryOn', 'on GRPCRoutes Linkerd retries on "cancelled", "deadline-exceeded", "internal", "resource-exhausted", "unavailable", '
      + "not on \"503\"; use `retryOn: ['unavailable']`")],
  },
  {
    name: 'a time between attempts',
    props: { retries: Retries.attempts(3, { retryOn: ['5xx'], backoff: Duration.millis(100) }) },
    findings: [lacks('retries.backoff', 'Linkerd waits 25 to 250 ms between two attempts, and that cannot be changed; leave it out')],
  },
  {
    name: 'a time of six digits',
    props: { timeout: Duration.millis(100_500) },
    findings: ['[test/web] timeout-invalid at timeout: LINKERD takes times of one unit and five digits at most, not 100500 ms; round it'],
  },
  {
    name: 'retries of another number for an exact path before a prefix of its length',
    props: {
      routes: [
        { matches: [{ path: PathMatch.exact('/a') }], retries: onErrors(3) },
        { matches: [{ path: PathMatch.prefix('/a') }], retries: onErrors(1) },
      ],
    },
    findings: ['[test/web] order-inexpressible at routes[0]: LINKERD reads retries and the like from a whole route object, so that routes[0] and routes[1] stand in two, '
      + 'of which the older would decide on requests that both take; let their conditions exclude each other, or give both the same settings'],
  },
  {
    name: 'what the circuit breaker has no words for',
    props: {
      trafficPolicy: { outlierDetection: { consecutiveGatewayErrors: 5, interval: Duration.seconds(1), maxEjectionPercent: 5, minHealthPercent: 3 } },
    },
    findings: [
      lacks('trafficPolicy.outlierDetection.consecutiveGatewayErrors', 'Linkerd counts every failed answer, not just 502, 503 and 504; leave it out'),
      lacks('trafficPolicy.outlierDetection.interval', 'Linkerd looks at each answer as it comes, not at intervals; leave it out'),
      lacks('trafficPolicy.outlierDetection.maxEjectionPercent', 'Linkerd leaves out every pod that fails, even all of them; leave it out'),
      lacks('trafficPolicy.outlierDetection.minHealthPercent', 'Linkerd leaves failing pods out however few are left; leave it out'),
    ],
  },
  {
    name: 'circuit breaking of connections',
    props: { ports: [{ port: 80 }, { port: 5432, protocol: Protocol.TCP }], trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } } },
    findings: [lacks('trafficPolicy.outlierDetection', 'Linkerd counts failed requests, and port 5432 carries TCP; '
      + 'leave it out, or move the port to a service of its own')],
  },
  {
    name: 'policies beside a TrafficSplit, which switches them off',
    options: { api: LinkerdApi.SMI },
    props: { retries: onErrors(3), trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } } },
    findings: [
      lacks('retries', 'the mesh "linkerd" cannot retry requests as declared (HTTPRouteRetry); leave it out, or choose a mesh that can'),
      lacks('trafficPolicy.outlierDetection', 'the mesh "linkerd" cannot leave failing pods out (OutlierDetection); leave it out, or choose a mesh that can'),
    ],
  },
])('fails if asked for $name', ({ props, options = {}, findings }) => {
  expect(findingsOf(options, props)).toEqual(findings);
});
