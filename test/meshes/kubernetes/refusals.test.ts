import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Declared, refusals, versions, web } from './web';
import {
  Client, Fault, HeaderMatch, IstioGateway, LoadBalancing, Mesh, Mirror, PathMatch, Protocol, ReplicaSplit, Retries, RootSelector, SourceMatch,
} from '../../../src';
import { CAPABILITIES, Capability } from '../../../src/model/capabilities';
import { findingsOf } from '../../findings';

interface Row {
  readonly name: string;
  readonly declared: Declared;
  readonly findings: string[];
}

const cannot = (place: string, capability: Capability) =>
  `[test/web] capability-missing at ${place}: the mesh "kubernetes" cannot ${CAPABILITIES[capability].does} (${capability}); leave it out, or choose a mesh that can`;
const IDLE_V2 = '[test/web] replicas-invalid at versions.v2.replicas: the weight of "v2" is 0, and without a mesh every ready pod gets traffic; '
  + 'give it 0 replicas, or a weight above 0';
const NINETY_NINE = { v1: 99, v2: 1 };

test.each<Row>([
  {
    name: '1 % of 3 pods',
    declared: { versions: versions(2, 1), weights: NINETY_NINE },
    findings: [
      '[test/web] replicas-invalid at weights: the replicas give "v1" 66.67 % instead of 99 %, "v2" 33.33 % instead of 1 %; '
      + 'give "v1" 99, "v2" 1, the fewest for just these weights, or use `ReplicaSplit.maxError`',
    ],
  },
  {
    name: 'the default of one pod each for other weights',
    declared: { weights: { v1: 2, v2: 1 } },
    findings: [
      '[test/web] replicas-invalid at weights: the replicas give "v1" 50 % instead of 66.67 %, "v2" 50 % instead of 33.33 %; '
      + 'give "v1" 2, "v2" 1, the fewest for just these weights, or use `ReplicaSplit.maxError`',
    ],
  },
  {
    name: 'shares that are off by next to nothing',
    declared: { versions: versions(999, 1), weights: { v1: 99_899, v2: 101 } },
    findings: [
      '[test/web] replicas-invalid at weights: the replicas give "v1" 99.9 % instead of 99.9 %, "v2" 0.1 % instead of 0.101 %; '
      + 'give "v1" 99899, "v2" 101, the fewest for just these weights, or use `ReplicaSplit.maxError`',
    ],
  },
  {
    name: 'pods of a version without traffic',
    declared: { versions: versions(3, 3), weights: { v1: 1, v2: 0 } },
    findings: [IDLE_V2],
  },
  {
    name: 'the default of one pod for a version that has no weight',
    declared: { weights: { v1: 1 } },
    findings: [IDLE_V2],
  },
  {
    name: 'no pods for a version with a weight, said once',
    declared: { versions: versions(3, 0), weights: { v1: 3, v2: 1 } },
    findings: ['[test/web] version-without-replicas at weights.v2: the version "v2" gets traffic and has 0 replicas; give it replicas, or the weight 0'],
  },
  {
    name: 'wrong weights, said once',
    declared: { versions: versions(2, 1), weights: { v1: 1.5, v2: 1 } },
    findings: ['[test/web] weight-invalid at weights.v1: the weight is 1.5; give a whole number from 0 to 1000000'],
  },
  {
    name: 'replicas that are no number, said once',
    declared: { versions: versions(-1, 1), weights: { v1: 3, v2: 1 } },
    findings: ['[test/web] replicas-invalid at versions.v1.replicas: the value is -1; give a whole number from 0 to 2147483647'],
  },
])('replicas as declared: $name', ({ declared, findings }) => {
  expect(refusals(declared)).toEqual(findings);
});

test.each<Row>([
  {
    name: '1 % of 3 pods',
    declared: { split: ReplicaSplit.total(3), weights: NINETY_NINE },
    findings: [
      '[test/web] version-without-replicas at weights.v2: 1 % of 3 pods rounds to none, and one pod would get 33.33 %; '
      + 'use `ReplicaSplit.total(100)`, the fewest pods for just these weights, or weights that 3 pods can make',
    ],
  },
  {
    name: 'fewer pods than versions with a weight',
    declared: { split: ReplicaSplit.total(1), weights: { v1: 1, v2: 1 } },
    findings: ['[test/web] replicas-invalid at mesh.replicaSplit: the value is 1; give a whole number from 2 to 150000'],
  },
  {
    name: 'half a pod',
    declared: { split: ReplicaSplit.total(2.5), weights: { v1: 1, v2: 0 } },
    findings: ['[test/web] replicas-invalid at mesh.replicaSplit: the value is 2.5; give a whole number from 1 to 150000'],
  },
  {
    name: 'a total that is none, for a service without weights',
    declared: { split: ReplicaSplit.total(NaN), splitByPods: true },
    findings: ['[test/web] replicas-invalid at mesh.replicaSplit: the value is NaN; give a whole number from 1 to 150000'],
  },
  {
    name: 'an error that is no percentage',
    declared: { split: ReplicaSplit.maxError(-1), weights: { v1: 1, v2: 1 } },
    findings: ['[test/web] replicas-invalid at mesh.replicaSplit: the share is -1; give a percentage from 0 to 100'],
  },
  {
    name: 'an error that no cluster can keep',
    declared: { split: ReplicaSplit.maxError(0), weights: { v1: 999_999, v2: 1 } },
    findings: [
      '[test/web] replicas-invalid at mesh.replicaSplit: 150000 pods are too few to come that close to the weights; '
      + 'allow a greater error, or give weights in smaller numbers',
    ],
  },
  {
    name: 'other replicas on a version',
    declared: { split: ReplicaSplit.total(4), versions: versions(2), weights: { v1: 3, v2: 1 } },
    findings: ['[test/web] replicas-invalid at versions.v1.replicas: 2 are declared, and the weights make it 3; make it 3, or use `ReplicaSplit.asDeclared()`'],
  },
  {
    name: 'replicas on a version without traffic',
    declared: { split: ReplicaSplit.maxError(5), versions: versions(undefined, 3), weights: { v1: 1, v2: 0 } },
    findings: ['[test/web] replicas-invalid at versions.v2.replicas: 3 are declared, and the weights make it 0; make it 0, or use `ReplicaSplit.asDeclared()`'],
  },
  {
    name: 'no replicas on a version with traffic, said once',
    declared: { split: ReplicaSplit.total(4), versions: versions(undefined, 0), weights: { v1: 3, v2: 1 } },
    findings: ['[test/web] version-without-replicas at weights.v2: the version "v2" gets traffic and has 0 replicas; give it replicas, or the weight 0'],
  },
  {
    name: 'a version that is not declared, said once',
    declared: { split: ReplicaSplit.total(4), weights: { v1: 3, v3: 1 } },
    findings: ['[test/web] version-unknown at weights.v3: no version is named "v3", declared are "v1", "v2"; did you mean "v1"?'],
  },
  {
    name: 'no weights, said once',
    declared: { split: ReplicaSplit.total(4), weights: {} },
    findings: [
      '[test/web] weights-missing at weights: nothing says how the versions ("v1", "v2") share the traffic; '
      + 'give `weights`, or `splitByPods: true` to leave the shares to the number of pods',
    ],
  },
])('derived replicas: $name', ({ declared, findings }) => {
  expect(refusals(declared)).toEqual(findings);
});

test.each([1, 2])('derived replicas: an existing Deployment with another number than the derived one, %d', (replicas) => {
  const found = findingsOf((chart) => {
    const deployment = new kplus.Deployment(chart, 'old', { replicas, containers: [{ image: 'web:1', portNumber: 80 }] });
    web(chart, { split: ReplicaSplit.total(4), versions: [{ name: 'v1', deployment }, versions()[1]], weights: { v1: 3, v2: 1 } });
  });
  expect(found).toEqual([
    `[test/web] replicas-invalid at versions.v1.replicas: ${replicas} are declared, and the weights make it 3; make it 3, or use \`ReplicaSplit.asDeclared()\``,
  ]);
});

test.each<Row>([
  {
    name: 'routes by path',
    declared: { routes: [{ matches: [{ path: PathMatch.prefix('/a') }], weights: { v2: 1 } }] },
    findings: [cannot('routes[0].matches[0]', 'HTTPRoutePathMatching')],
  },
  {
    name: 'routes by header and source',
    declared: { routes: [{ matches: [{ headers: [HeaderMatch.exact('x-user', 'a')], source: SourceMatch.namespace('shop') }], weights: { v2: 1 } }] },
    findings: [cannot('routes[0].matches[0]', 'SourceMatching'), cannot('routes[0].matches[0]', 'HTTPRouteHeaderMatching')],
  },
  {
    name: 'routes for one port',
    declared: { ports: [{ port: 80 }, { port: 81 }], routes: [{ port: 81, weights: { v2: 1 } }] },
    findings: [cannot('routes[0].port', 'HTTPRouteParentRefPort')],
  },
  {
    name: 'redirects',
    declared: { routes: [{ matches: [{ path: PathMatch.exact('/a') }], redirect: { path: '/b' } }] },
    findings: [cannot('routes[0].matches[0]', 'HTTPRoutePathMatching'), cannot('routes[0].redirect', 'HTTPRouteRedirect')],
  },
  { name: 'faults', declared: { fault: Fault.abort(503, { allTraffic: true }) }, findings: [cannot('fault', 'FaultAbort')] },
  {
    name: 'mirrors to a version without traffic, which cannot have pods either',
    declared: { weights: { v1: 1 }, mirrors: [Mirror.to('v2')] },
    findings: [cannot('mirrors', 'HTTPRouteRequestMirror'), IDLE_V2],
  },
  { name: 'header changes', declared: { requestHeaders: { set: { 'x-a': 'b' } } }, findings: [cannot('requestHeaders', 'HTTPRouteRequestHeaderModification')] },
  { name: 'timeouts', declared: { timeout: Duration.seconds(1) }, findings: [cannot('timeout', 'HTTPRouteRequestTimeout')] },
  { name: 'retries', declared: { retries: Retries.attempts(2) }, findings: [cannot('retries', 'HTTPRouteRetry')] },
  { name: 'load balancing', declared: { trafficPolicy: { loadBalancing: LoadBalancing.hashSourceIp() } }, findings: [cannot('trafficPolicy.loadBalancing', 'ConsistentHash')] },
  { name: 'connection pools', declared: { trafficPolicy: { connectionPool: { maxConnections: 1 } } }, findings: [cannot('trafficPolicy.connectionPool', 'ConnectionPool')] },
  { name: 'service accounts', declared: { allowFrom: [Client.serviceAccount('cart')] }, findings: [cannot('allowFrom[0]', 'ServiceAccountAccess')] },
  {
    name: 'single requests',
    declared: { allowFrom: [Client.namespace('cart', { requests: [{ path: PathMatch.exact('/a') }] })] },
    findings: [cannot('allowFrom[0].requests', 'RequestAccess')],
  },
  {
    name: 'server names',
    declared: { ports: [{ port: 443, protocol: Protocol.TLS, sniHosts: ['a.example'] }] },
    findings: [cannot('ports[0]', 'TLSRoute')],
  },
  {
    name: 'a root that leaves a version out',
    declared: { rootSelector: RootSelector.version('v1') },
    findings: [
      '[test/web] root-selector-unfit at rootSelector: without a mesh, traffic is shared out by the root Service, whose selector leaves out "v2"; '
      + 'use `RootSelector.allVersions()`',
    ],
  },
  {
    name: 'a domain that is none',
    declared: { mesh: Mesh.kubernetes({ clusterDomain: 'Corp!' }) },
    findings: ['[test/web] name-invalid at mesh.clusterDomain: "Corp!" is not made of a DNS name, of labels with 63 characters at most; give a DNS name'],
  },
])('what needs a mesh is refused: $name', ({ declared, findings }) => {
  expect(refusals(declared)).toEqual(findings);
});

test('what needs a mesh is refused: a gateway of one', () => {
  const found = findingsOf((chart) => web(chart, {}).exposeViaGateway(new IstioGateway(chart, 'edge', { listeners: [{ port: 80, protocol: Protocol.HTTP }] })));
  expect(found).toEqual([
    '[test/web/Exposure1] exposure-invalid at gateway: a gateway of Istio sends to subsets of Istio, and the mesh of the service is "kubernetes"; '
    + 'use a gateway that goes with the mesh, or `Mesh.istio()`',
  ]);
});
