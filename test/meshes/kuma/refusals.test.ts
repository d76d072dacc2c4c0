import { Duration } from 'cdk8s';
import { Declared, findingsOf } from './manifests';
import { Client, Fault, LoadBalancing, Mirror, PathMatch, Protocol, Retries, Rewrite, SourceMatch } from '../../../src';

const lacks = (place: string, what: string) =>
  `[shop/web] capability-missing at ${place}: the mesh "kuma" cannot ${what}; leave it out, or choose a mesh that can`;
const headers = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, '1']));
const onPath = { matches: [{ path: PathMatch.exact('/x') }], weights: { v2: 1 } };

test.each<{ name: string; declared: Declared; findings: readonly string[] }>([
  {
    name: 'what acts on the side of the server, or goes by tags of old, or is said for whole routes only',
    declared: {
      routes: [{ ...onPath, fault: Fault.abort(503), mirrors: [Mirror.to('v3')], timeout: Duration.seconds(1), retries: Retries.attempts(2) }],
    },
    findings: [
      lacks('routes[0].fault', 'abort requests (FaultAbort)'), lacks('routes[0].mirrors', 'mirror requests (HTTPRouteRequestMirror)'),
      lacks('routes[0].timeout', 'limit the time of requests (HTTPRouteRequestTimeout)'), lacks('routes[0].retries', 'retry requests as declared (HTTPRouteRetry)'),
    ],
  },
  {
    name: 'sources, policies and access',
    declared: {
      routes: [{ matches: [{ source: SourceMatch.labels({ app: 'cart' }) }], weights: { v2: 1 } }],
      trafficPolicy: { loadBalancing: LoadBalancing.hashSourceIp(), connectionPool: { maxConnections: 10 } },
      allowFrom: [Client.serviceAccount('cart')],
    },
    findings: [
      lacks('routes[0].matches[0]', 'match the pod that sends a request (SourceMatching)'), lacks('trafficPolicy.loadBalancing', 'pick pods by a hash (ConsistentHash)'),
      lacks('trafficPolicy.connectionPool', 'limit connections and requests (ConnectionPool)'),
      lacks('allowFrom[0]', 'allow clients by service account (ServiceAccountAccess)'),
    ],
  },
  {
    name: 'failing pods of which no failure is counted',
    declared: { trafficPolicy: { outlierDetection: { consecutive5xxErrors: 0, interval: Duration.seconds(1) } } },
    findings: ['[shop/web] policy-invalid at trafficPolicy.outlierDetection: no errors are counted, and Kuma counts none by itself; '
      + 'give `consecutive5xxErrors` or `consecutiveGatewayErrors`'],
  },
  {
    name: 'server names',
    declared: { ports: [{ port: 443, protocol: Protocol.TLS, sniHosts: ['db.example.com'] }] },
    findings: [lacks('ports[0]', 'route TLS connections by server name (TLSRoute)')],
  },
  {
    name: 'names that no object can have',
    declared: { options: { meshName: 'East', clusterDomain: 'a..b' } },
    findings: [
      '[shop/web] name-invalid at mesh.meshName: "East" is not made of lower-case letters, digits and "-", beginning and ending with a letter or digit; give a valid name',
      '[shop/web] name-invalid at mesh.clusterDomain: "a..b" is not made of a DNS name, of labels with 63 characters at most; give a DNS name',
    ],
  },
  { name: 'nothing, where 16 headers are changed', declared: { routes: [{ ...onPath, requestHeaders: { set: headers(16) } }] }, findings: [] },
  {
    name: 'more than 16 changed headers of a kind',
    declared: { routes: [{ ...onPath, requestHeaders: { set: headers(17) }, responseHeaders: { remove: Object.keys(headers(18)) } }] },
    findings: [
      '[shop/web] capability-missing at routes[0].requestHeaders: 17 headers of a kind are changed, and Kuma changes 16; declare fewer',
      '[shop/web] capability-missing at routes[0].responseHeaders: 18 headers of a kind are changed, and Kuma changes 16; declare fewer',
    ],
  },
  {
    name: 'backslashes in new paths, by which Envoy would take what follows for a reference',
    declared: { routes: [{ ...onPath, rewrite: Rewrite.path('/\\1') }, { matches: [{ path: PathMatch.exact('/z') }], redirect: { path: '/\\2' } }] },
    findings: [
      '[shop/web] rewrite-invalid at routes[0].rewrite: Kuma cannot write the backslash in "/\\1"; encode it as "%5C"',
      '[shop/web] redirect-invalid at routes[1].redirect: Kuma cannot write the backslash in "/\\2"; encode it as "%5C"',
    ],
  },
  {
    name: 'an expression whose requests a later prefix would take',
    declared: { routes: [{ matches: [{ path: PathMatch.regex('/a.*') }], weights: { v2: 1 } }, { matches: [{ path: PathMatch.prefix('/ab') }], weights: { v3: 1 } }] },
    findings: ['[shop/web] order-inexpressible at routes[0]: Kuma has no order of rules, and some requests that routes[0] takes first would be taken by routes[1]; '
      + 'let their conditions exclude each other, or declare routes[1] first'],
  },
  {
    name: 'more matches than an order is worked out for',
    declared: { routes: [{ matches: Array.from({ length: 129 }, (_, index) => ({ path: PathMatch.exact(`/${index}`) })), weights: { v2: 1 } }] },
    findings: ['[shop/web] capability-missing at routes: 130 matches for port "http", and the order of 128 at most is worked out for Kuma; declare fewer'],
  },
])('refused: $name', ({ declared, findings }) => {
  expect(findingsOf(declared)).toEqual(findings);
});
