import { Duration } from 'cdk8s';
import { annotations, findingsOf, manifestsOf } from './manifests';
import { CanaryServiceProps, LinkerdApi, PathMatch, Protocol, Retries } from '../../../src';
import { linkerd } from '../../../src/meshes/linkerd';
import { Capability } from '../../../src/model/capabilities';
import { BASE, SAMPLES } from '../capability-samples';

// Linkerd's own HTTPRoute: fields and limits of its CRD (linkerd2, charts/linkerd-crds/templates/policy/httproute.yaml, v1beta3).

const options = { api: LinkerdApi.POLICY };
const service = { group: '', kind: 'Service', namespace: 'shop' };
const routesOf = (props: Partial<CanaryServiceProps>) => manifestsOf(options, props).filter(({ kind }) => kind.endsWith('Route'));

test('group, kind and namespace of parents and backends are written: the defaults of the CRD are others', () => {
  const timeout = Duration.seconds(90);
  expect(routesOf({ routes: [{ matches: [{ path: PathMatch.prefix('/api') }], weights: { v2: 1 }, timeout }] })).toMatchObject([{
    apiVersion: 'policy.linkerd.io/v1beta3',
    kind: 'HTTPRoute',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      parentRefs: [{ ...service, name: 'web', port: 80 }],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
          timeouts: { request: '90s' },
          backendRefs: [{ ...service, name: 'web-v2', port: 80, weight: 1 }],
        },
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [{ ...service, name: 'web-v1', port: 80, weight: 3 }, { ...service, name: 'web-v2', port: 80, weight: 1 }],
        },
      ],
    },
  }]);
});

test('a gRPC call is a request to the path of its method', () => {
  const retries = Retries.attempts(2, { retryOn: ['503'] });
  const manifests = manifestsOf(options, {
    ports: [{ port: 80, protocol: Protocol.GRPC }], retries, routes: [{ matches: [{ path: PathMatch.exact('/shop.Cart/Add') }], weights: { v2: 1 } }],
  });
  expect(annotations(manifests, 'HTTPRoute')).toEqual({ web: { 'retry.linkerd.io/http': '503', 'retry.linkerd.io/limit': '2' } });
  expect(manifests.filter(({ kind }) => kind === 'GRPCRoute')).toEqual([]);
  expect(routesOf({ ports: [{ port: 80, protocol: Protocol.GRPC }], routes: [{ matches: [{ path: PathMatch.exact('/shop.Cart/Add') }], weights: { v2: 1 } }] }))
    .toMatchObject([{ spec: { rules: [{ matches: [{ path: { type: 'Exact', value: '/shop.Cart/Add' } }] }, {}] } }]);
});

const lacks = (place: string, text: string) => `[test/web] capability-missing at ${place}: ${text}`;
const none = 'leave it out, or choose a mesh that can';

test.each<{ name: string; props: Partial<CanaryServiceProps>; findings: string[] }>([
  {
    name: 'a TCP port',
    props: { ports: [{ port: 5432, protocol: Protocol.TCP }] },
    findings: [lacks('ports[0]', `the mesh "linkerd" cannot route TCP connections (TCPRoute); ${none}`)],
  },
  {
    name: 'changed response headers',
    props: { responseHeaders: { remove: ['server'] } },
    findings: [lacks('responseHeaders', `the mesh "linkerd" cannot change response headers (HTTPRouteResponseHeaderModification); ${none}`)],
  },
  {
    name: 'a named rule',
    props: { routes: [{ name: 'api', matches: [{ path: PathMatch.prefix('/api') }], weights: { v2: 1 } }] },
    findings: [lacks('routes[0].name', 'rules of policy.linkerd.io have no names; drop the `name`')],
  },
  {
    name: 'a permanent redirect that keeps the method',
    props: { routes: [{ matches: [{ path: PathMatch.exact('/old') }], redirect: { path: '/new', statusCode: 308 } }] },
    findings: [lacks('routes[0].redirect', 'policy.linkerd.io redirects with 301 or 302, not with 308; use one of those')],
  },
  {
    name: 'nine matches in a rule',
    props: { routes: [{ matches: [...'abcdefghi'].map((letter) => ({ path: PathMatch.exact(`/${letter}`) })), weights: { v2: 1 } }] },
    findings: [lacks('routes[0].matches', '9 matches, and a rule of a HTTPRoute holds 8; declare fewer')],
  },
  {
    name: 'seventeen rules',
    props: { routes: Array.from({ length: 16 }, (_, index) => ({ matches: [{ path: PathMatch.exact(`/${index}`) }], weights: { v2: 1 } })) },
    findings: [lacks('routes', '17 rules for one HTTPRoute, which holds 16; declare fewer')],
  },
])('fails if asked for $name', ({ props, findings }) => {
  expect(findingsOf(options, props)).toEqual(findings);
});

test.each(Object.keys(SAMPLES) as Capability[])('%s is rendered or refused', (capability) => {
  const findings = findingsOf(options, { ...BASE, ...SAMPLES[capability] });
  const refused = findings.some((finding) => finding.includes(' capability-missing at ') && finding.includes(`(${capability})`));
  expect(refused).toBe(!linkerd(options).capabilities.has(capability));
});
