import { Duration } from 'cdk8s';
import { Declared, findingsOf, manifestsOf, specsOf } from './manifests';
import { GatewayApiChannel, GatewayApiImplementation as Implementation, PathMatch, Protocol, Retries } from '../../../src';

// The experimental field `retry` of HTTPRoutes: https://gateway-api.sigs.k8s.io/geps/gep-1731/; one attempt is limited by `timeouts.backendRequest`,
// https://gateway-api.sigs.k8s.io/geps/gep-1742/.

const options = { implementation: Implementation.ISTIO, channel: GatewayApiChannel.EXPERIMENTAL };
const retries = Retries.attempts(3, { retryOn: ['503', '429'], perTryTimeout: Duration.seconds(1), backoff: Duration.millis(100) });
const written = { attempts: 3, codes: [503, 429], backoff: '100ms' };

test('retries stand in the rule, and the time of one attempt beside that of the request', () => {
  const manifests = manifestsOf({ options, routes: [{ matches: [{ path: PathMatch.prefix('/pay') }], retries, timeout: Duration.seconds(5) }] });
  expect(specsOf(manifests, 'HTTPRoute')).toMatchObject({ web: { rules: [{ timeouts: { request: '5s', backendRequest: '1s' }, retry: written }, {}] } });
});

test('no limit for the request is written out beside the limit for one attempt, which may be longer than 0', () => {
  const conformant = { ...options, implementation: Implementation.CONFORMANT };
  expect(specsOf(manifestsOf({ options: conformant, retries }), 'HTTPRoute'))
    .toMatchObject({ web: { rules: [{ timeouts: { request: '0s', backendRequest: '1s' }, retry: written }] } });
});

test('a gateway retries too', () => {
  const listeners = [{ port: 80, protocol: Protocol.HTTP }];
  const gateway = { implementation: Implementation.ENVOY_GATEWAY, channel: GatewayApiChannel.EXPERIMENTAL, listeners };
  const manifests = manifestsOf({ options, retries }, { gateway, exposure: { name: 'web-edge' } });
  expect(specsOf(manifests, 'HTTPRoute')).toMatchObject({ 'web-edge': { rules: [{ retry: written }] } });
});

const lacks = (place: string, text: string) => `[shop/web] capability-missing at ${place}: ${text}`;
const cannot = 'cannot retry requests as declared (HTTPRouteRetry)';
const channel = 'give `channel: GatewayApiChannel.EXPERIMENTAL` if the cluster has the experimental CRDs: the standard ones drop the field without a word';
const onStatuses = Retries.attempts(1, { retryOn: ['503'] });

test.each<{ name: string; declared: Declared; findings: string[] }>([
  {
    name: 'retries with the standard CRDs',
    declared: { options: { implementation: Implementation.ISTIO }, retries: onStatuses },
    findings: [lacks('retries', `the mesh "gateway-api" ${cannot}; ${channel}`)],
  },
  {
    name: 'retries of an implementation that has none',
    declared: { options: { ...options, implementation: Implementation.CILIUM }, retries: onStatuses },
    findings: [lacks('retries', `the mesh "gateway-api" ${cannot}; leave it out, or choose a mesh that can`)],
  },
  {
    name: 'conditions that are no statuses',
    declared: { options, retries: Retries.attempts(1, { retryOn: ['5xx', '503', '302'] }) },
    findings: [lacks('retries.retryOn', 'routes of the Gateway API retry on statuses from 400 to 599, not on "5xx", "302"; '
      + "name statuses, such as `retryOn: ['502', '503', '504']`")],
  },
  {
    name: 'no retries at all',
    declared: { options, retries: Retries.none() },
    findings: [lacks('retries', 'a route cannot switch off what the implementation retries by itself; leave it out')],
  },
  {
    name: 'more time for one attempt than for all',
    declared: { options, timeout: Duration.seconds(1), retries: Retries.attempts(1, { retryOn: ['503'], perTryTimeout: Duration.seconds(2) }) },
    findings: ['[shop/web] retries-invalid at retries.perTryTimeout: one attempt may take 2000 ms, and all of them 1000 ms; give it less than the `timeout`'],
  },
  {
    name: 'retries of gRPC calls',
    declared: { options, ports: [{ port: 90, protocol: Protocol.GRPC }], retries: onStatuses },
    findings: [lacks('retries', 'a GRPCRoute has no retries; limit the rule to another `port`, or drop it')],
  },
])('fails if asked for $name', ({ declared, findings }) => {
  expect(findingsOf(declared)).toEqual(findings);
});

test('fails if a gateway with the standard CRDs is to retry', () => {
  const gateway = { implementation: Implementation.ENVOY_GATEWAY, listeners: [{ port: 80, protocol: Protocol.HTTP }] };
  expect(findingsOf({ options, retries: onStatuses }, { gateway })).toEqual([
    `[shop/web/Exposure1] capability-missing at retries: the gateway "edge" (ENVOY_GATEWAY) sends straight to the pods and ${cannot}; ${channel}`,
  ]);
});
