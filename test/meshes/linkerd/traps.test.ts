import { ApiObject, Chart } from 'cdk8s';
import { findingsOf, manifestsOf, specs } from './manifests';
import { CanaryServiceProps, LinkerdApi, Mirror, Protocol, Rewrite } from '../../../src';

// Where Linkerd does something else than its objects seem to say, without a word in their status.

const profile = (chart: Chart, spec: object, name = 'web.default.svc.cluster.local') => {
  new ApiObject(chart, 'profile', { apiVersion: 'linkerd.io/v1alpha2', kind: 'ServiceProfile', metadata: { name }, spec });
};

const overrules = (fields: string) => `[test/web] object-overrules at name: "test/profile" is a ServiceProfile with ${fields}, `
  + 'beside which Linkerd ignores the routes and policies of this service; drop it, or what it says there';

// linkerd2-proxy linkerd/service-profiles/src/lib.rs (has_routes_or_targets)
test.each<{ name: string; spec: object; props?: Partial<CanaryServiceProps>; api?: LinkerdApi; of?: string; findings: string[] }>([
  { name: 'with routes is refused', spec: { routes: [{ name: 'GET /', condition: { pathRegex: '/' } }] }, findings: [overrules('routes')] },
  {
    name: 'with routes and overrides is refused, also beside routes of Linkerd itself',
    api: LinkerdApi.POLICY,
    spec: { routes: [{ name: 'a', condition: { method: 'GET' } }], dstOverrides: [{ authority: 'web-v2.default.svc.cluster.local', weight: '1' }] },
    findings: [overrules('routes and dstOverrides')],
  },
  { name: 'with empty lists changes nothing', spec: { routes: [], dstOverrides: [] }, findings: [] },
  { name: 'of another service changes nothing', of: 'api.default.svc.cluster.local', spec: { routes: [{ name: 'a', condition: {} }] }, findings: [] },
  {
    name: 'takes nothing from a service without rules',
    spec: { routes: [{ name: 'a', condition: {} }] },
    props: { weights: undefined, splitByPods: true },
    findings: [],
  },
])('a ServiceProfile $name', ({ spec, props = {}, api, of, findings }) => {
  expect(findingsOf({ api }, props, (chart) => profile(chart, spec, of))).toEqual(findings);
});

// linkerd2-proxy linkerd/distribute/src/params.rs (random_available): one backend gets everything, whatever its weight.
test('a version of weight 0 never stands in a route, not even alone', () => {
  const [{ rules }] = specs(manifestsOf({}, { weights: { v1: 0, v2: 1 } }), 'HTTPRoute') as { rules: { backendRefs: { name: string; weight: number }[] }[] }[];
  expect(rules.map(({ backendRefs }) => backendRefs.map(({ name, weight }) => [name, weight]))).toEqual([[['web-v2', 1]]]);
});

// linkerd2-proxy linkerd/app/outbound/src/http/logical/policy/router.rs: weights that are all 0 make the proxy panic.
test('fails if all weights are 0', () => {
  expect(findingsOf({}, { weights: { v1: 0, v2: 0 } })).toEqual([expect.stringContaining('weights-zero')]);
});

// linkerd2 policy-controller/k8s/index/src/outbound/index/http.rs (convert_gateway_filter): such a filter loses the whole route.
test.each<{ name: string; props: Partial<CanaryServiceProps>; capability: string }>([
  { name: 'a mirror', props: { mirrors: [Mirror.to('v2')], weights: { v1: 1 } }, capability: 'HTTPRouteRequestMirror' },
  { name: 'a rewritten host', props: { rewrite: Rewrite.hostname('other.example.com') }, capability: 'HTTPRouteHostRewrite' },
  { name: 'a rewritten path', props: { rewrite: Rewrite.path('/new') }, capability: 'HTTPRoutePathRewrite' },
])('fails if asked for $name', ({ props, capability }) => {
  expect(findingsOf({}, props)).toEqual([expect.stringContaining(`(${capability})`)]);
});

// linkerd2 policy-controller/k8s/status/src/index.rs (parent_has_conflicting_routes): on one port a GRPCRoute takes everything from an HTTPRoute.
test('each port has routes of one kind, and each route names its port', () => {
  const ports = [{ port: 80 }, { port: 90, protocol: Protocol.GRPC }, { port: 5432, protocol: Protocol.TCP }];
  const routes = manifestsOf({}, { ports }).filter(({ kind }) => kind.endsWith('Route'));
  expect(routes.map(({ kind, spec }) => [kind, (spec as { parentRefs: { port: number }[] }).parentRefs.map(({ port }) => port)]))
    .toEqual([['HTTPRoute', [80]], ['GRPCRoute', [90]], ['TCPRoute', [5432]]]);
});
