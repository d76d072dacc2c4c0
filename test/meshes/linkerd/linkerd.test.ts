import { Duration } from 'cdk8s';
import { findingsOf, manifestsOf, specs } from './manifests';
import { CanaryServiceProps, Client, Fault, HeaderMatch, LinkerdApi, LinkerdInjection, LinkerdOptions, Protocol } from '../../../src';

// Forms from https://linkerd.io/2/reference/authorization-policy/, .../httproute/ and Linkerd's CRDs.

/** Written whole: what Linkerd and its CRDs fill in is not what the specification says. */
const service = { group: '', kind: 'Service', namespace: 'shop' };

test('a route of the Gateway API hangs on the root, in declared order, with a rule that takes every path', () => {
  const routes = [{ matches: [{ headers: [HeaderMatch.exact('x-tester', 'yes')] }], weights: { v2: 1 }, timeout: Duration.seconds(2) }];
  expect(specs(manifestsOf({}, { routes }), 'HTTPRoute')).toEqual([{
    parentRefs: [{ ...service, name: 'web', port: 80 }],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/' }, headers: [{ type: 'Exact', name: 'x-tester', value: 'yes' }] }],
        timeouts: { request: '2s' },
        backendRefs: [{ ...service, name: 'web-v2', port: 80, weight: 1 }],
      },
      {
        matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        backendRefs: [{ ...service, name: 'web-v1', port: 80, weight: 3 }, { ...service, name: 'web-v2', port: 80, weight: 1 }],
      },
    ],
  }]);
});

test('the extension linkerd-smi gets a TrafficSplit in the version that it takes', () => {
  const manifests = manifestsOf({ api: LinkerdApi.SMI, trafficSplitName: 'split' });
  expect(manifests.filter(({ kind }) => kind === 'TrafficSplit')).toMatchObject([{
    apiVersion: 'split.smi-spec.io/v1alpha2',
    metadata: { name: 'split' },
    spec: { service: 'web', backends: [{ service: 'web-v1', weight: 3 }, { service: 'web-v2', weight: 1 }] },
  }]);
  expect(specs(manifests, 'HTTPRoute')).toEqual([]);
});

test('connections that are not looked into are opaque, which is where a TCPRoute holds', () => {
  const manifests = manifestsOf({}, { ports: [{ port: 5432, protocol: Protocol.TCP }] });
  expect(specs(manifests, 'Service')).toMatchObject([1, 2, 3].map(() => ({ ports: [{ appProtocol: 'linkerd.io/opaque' }] })));
  expect(manifests.filter(({ kind }) => kind === 'TCPRoute').map(({ apiVersion }) => apiVersion)).toEqual(['gateway.networking.k8s.io/v1alpha2']);
});

test('access: policies come before the Servers, which close the ports of all versions to everybody else', () => {
  const allowFrom = [Client.serviceAccount('cart'), Client.serviceAccount('pay', { namespace: 'bank' }), Client.namespace('tests')];
  const ports = [{ port: 80, targetPort: 8080 }, { port: 90, protocol: Protocol.GRPC }];
  const manifests = manifestsOf({}, { allowFrom, ports });
  expect(specs(manifests, 'MeshTLSAuthentication')).toEqual([{
    identityRefs: [
      { kind: 'ServiceAccount', name: 'cart', namespace: 'shop' },
      { kind: 'ServiceAccount', name: 'pay', namespace: 'bank' },
      { kind: 'Namespace', name: 'tests' },
    ],
  }]);
  const policyFor = (name: string) => ({
    targetRef: { group: 'policy.linkerd.io', kind: 'Server', name },
    requiredAuthenticationRefs: [{ group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name: 'web' }],
  });
  expect(specs(manifests, 'AuthorizationPolicy')).toEqual([policyFor('web-http'), policyFor('web-grpc')]);
  const podSelector = { matchLabels: { app: 'web' } };
  expect(specs(manifests, 'Server')).toEqual([{ podSelector, port: 8080, proxyProtocol: 'HTTP/1' }, { podSelector, port: 90, proxyProtocol: 'gRPC' }]);
  const kinds = manifests.map(({ kind }) => kind);
  expect(kinds.indexOf('Server')).toBeGreaterThan(kinds.lastIndexOf('AuthorizationPolicy'));
  expect(kinds.indexOf('HTTPRoute')).toBeGreaterThan(kinds.lastIndexOf('Server'));
});

test('an empty list of clients leaves the Servers, which let nobody in', () => {
  const manifests = manifestsOf({}, { allowFrom: [] });
  expect(specs(manifests, 'Server').length).toBe(1);
  expect([...specs(manifests, 'AuthorizationPolicy'), ...specs(manifests, 'MeshTLSAuthentication')]).toEqual([]);
});

test.each([
  { injection: LinkerdInjection.PODS, namespace: undefined, pods: { 'linkerd.io/inject': 'enabled' } },
  { injection: LinkerdInjection.NAMESPACE, namespace: { 'linkerd.io/inject': 'enabled' }, pods: undefined },
  { injection: LinkerdInjection.NONE, namespace: undefined, pods: undefined },
])('injection by $injection', ({ injection, namespace, pods }) => {
  const manifests = manifestsOf({ injection });
  const annotations = (kind: string) => manifests.filter((manifest) => manifest.kind === kind)
    .map(({ metadata, spec }) => (kind === 'Namespace' ? metadata : (spec as { template: { metadata: object } }).template.metadata) as { annotations?: object });
  expect(annotations('Namespace').map((metadata) => metadata.annotations)).toEqual([namespace]);
  expect(annotations('Deployment').map((metadata) => metadata.annotations)).toEqual([pods, pods]);
});

test.each<{ name: string; props: Partial<CanaryServiceProps>; options?: LinkerdOptions; findings: string[] }>([
  {
    name: 'a fault',
    props: { fault: Fault.abort(503, { allTraffic: true }) },
    findings: ['[test/web] capability-missing at fault: the mesh "linkerd" cannot abort requests (FaultAbort); leave it out, or choose a mesh that can'],
  },
  {
    name: 'access to pods that take TLS of their own',
    props: { ports: [{ port: 443, protocol: Protocol.TLS }], allowFrom: [Client.serviceAccount('cart')] },
    findings: [
      '[test/web] access-invalid at ports[0]: the pods take TLS of their own, in which Linkerd sees no identity; drop `allowFrom`, or declare TCP and let Linkerd encrypt',
    ],
  },
  {
    name: 'conditions on linkerd-smi',
    options: { api: LinkerdApi.SMI },
    props: { routes: [{ matches: [{ headers: [HeaderMatch.exact('x-a', '1')] }], weights: { v2: 1 } }] },
    findings: [
      '[test/web] capability-missing at routes[0].matches[0]: the mesh "linkerd" cannot match headers (HTTPRouteHeaderMatching); leave it out, or choose a mesh that can',
    ],
  },
])('fails if asked for $name', ({ props, options = {}, findings }) => {
  expect(findingsOf(options, props)).toEqual(findings);
});
