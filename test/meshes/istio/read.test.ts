import { RequestSource, Traffic, TrafficRequest } from '../../../src';

/** A Service `web` of namespace `shop` with three versions, of which v3 has no pods, and `api` in namespace `bank`. */
const WORLD = `
${service('shop', 'web', '{name: http, port: 80, targetPort: 8080}')}
${service('bank', 'api', '{name: http, port: 80}, {name: http-admin, port: 8080}')}
${deployment('shop', 'web', 'v1', 3)}
${deployment('shop', 'web', 'v2', 1)}
${deployment('shop', 'web', 'v3', 0)}
${deployment('bank', 'api', 'v1', 1)}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: web, namespace: shop}
spec:
  host: web
  subsets:
  - {name: v1, labels: {version: v1}}
  - {name: v2, labels: {version: v2}}
  - {name: v3, labels: {version: v3}}
  - {name: typo, labels: {version: v22}}
`;

function service(namespace: string, name: string, ports: string): string {
  return `---
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}}
spec: {selector: {app: ${name}}, ports: [${ports}]}`;
}

function deployment(namespace: string, app: string, version: string, replicas: number): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${app}-${version}, namespace: ${namespace}}
spec:
  replicas: ${replicas}
  template:
    metadata: {labels: {app: ${app}, version: ${version}}}
    spec: {containers: [{name: app}]}`;
}

function virtualService(spec: string, { name = 'web', namespace = 'shop', created = '' } = {}): string {
  return `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name}, namespace: ${namespace}${created ? `, creationTimestamp: "${created}"` : ''}}
spec: ${spec}
`;
}

/** What becomes of a request of a pod with a sidecar in namespace `shop`: shares of versions and of statuses. */
function outcome(objects: string, request: Partial<TrafficRequest> = {}): Record<string, number> {
  const decision = Traffic.fromYaml(WORLD + objects).decide({ host: 'web', port: 80, ...request });
  const shares: Record<string, number> = {};
  for (const { version, status, outside, share } of decision.outcomes) {
    const what = version ?? status ?? outside ?? '';
    shares[what] = (shares[what] ?? 0) + share;
  }
  return shares;
}

const BY_PODS = { v1: 0.75, v2: 0.25 };
const to = (subset: string, weight?: number) => `{destination: {host: web, subset: ${subset}}${weight === undefined ? '' : `, weight: ${weight}`}}`;

interface Row {
  readonly says: string;
  readonly spec: string;
  readonly asks?: Partial<TrafficRequest>;
  readonly gets: Record<string, number>;
}

/** Sources are files of istio/istio, release 1.31, below `pilot/pkg/`. */
test.each<Row>([
  // networking/core/route/route.go, applyHTTPRouteDestination
  { says: 'weights are shares of their sum', spec: `{hosts: [web], http: [{route: [${to('v1', 1)}, ${to('v2', 3)}]}]}`, gets: { v1: 0.25, v2: 0.75 } },
  { says: 'a lone destination gets everything, whatever its weight', spec: `{hosts: [web], http: [{route: [${to('v2', 0)}]}]}`, gets: { v2: 1 } },
  { says: 'of several destinations the one without weight gets nothing', spec: `{hosts: [web], http: [{route: [${to('v1')}, ${to('v2', 5)}]}]}`, gets: { v2: 1 } },
  // ../../pkg/config/validation/validation.go, validateHTTPRouteDestinations
  { says: 'weights that add up to 0 are refused, and the object has no effect', spec: `{hosts: [web], http: [{route: [${to('v1', 0)}, ${to('v2')}]}]}`, gets: BY_PODS },
  { says: 'a weight that is a text is refused', spec: '{hosts: [web], http: [{route: [{destination: {host: web, subset: v1}, weight: "1"}]}]}', gets: BY_PODS },
  { says: 'a subset that nobody defines is lost', spec: `{hosts: [web], http: [{route: [${to('v9')}]}]}`, gets: { 503: 1 } },
  { says: 'a subset that selects no pod is lost', spec: `{hosts: [web], http: [{route: [${to('typo', 1)}, ${to('v3', 1)}, ${to('v1', 2)}]}]}`, gets: { 503: 0.5, v1: 0.5 } },
  // model/config.go, ResolveShortnameToFQDN
  { says: 'a host with a dot is no short name', spec: `{hosts: [web.shop], http: [{route: [${to('v2')}]}]}`, gets: BY_PODS },
  { says: 'a destination with a dot is no short name', spec: '{hosts: [web], http: [{route: [{destination: {host: web.shop}}]}]}', gets: { 503: 1 } },
  // networking/core/httproute.go: names that are no host of the registry are served on port 80
  { says: 'a host with a dot takes the calls that use that very word', spec: `{hosts: [web.shop], http: [{route: [${to('v2')}]}]}`, asks: { host: 'web.shop' }, gets: { v2: 1 } },
  // networking/core/route/route.go, GetDestinationCluster: a sidecar knows only the ports of the listener
  { says: 'a destination without a port is called on the port of the caller', spec: '{hosts: [web], http: [{route: [{destination: {host: api.bank.svc.cluster.local}}]}]}', gets: { v1: 1 } },
  // networking/core/route/route.go, TranslateRouteMatch
  { says: 'a prefix is of characters', spec: `{hosts: [web], http: [{match: [{uri: {prefix: /v2}}], route: [${to('v2')}]}, {route: [${to('v1')}]}]}`, asks: { path: '/v20' }, gets: { v2: 1 } },
  { says: 'a regular expression has to cover the path', spec: `{hosts: [web], http: [{match: [{uri: {regex: /a}}], route: [${to('v2')}]}, {route: [${to('v1')}]}]}`, asks: { path: '/a/b' }, gets: { v1: 1 } },
  { says: 'no match, no answer', spec: `{hosts: [web], http: [{match: [{uri: {prefix: /v2}}], route: [${to('v2')}]}]}`, gets: { 404: 1 } },
  { says: 'an empty test asks for the header', spec: `{hosts: [web], http: [{match: [{headers: {x-user: {}}}], route: [${to('v2')}]}, {route: [${to('v1')}]}]}`, asks: { headers: { 'X-User': '' } }, gets: { v2: 1 } },
  { says: 'a missing header is not the one that is ruled out', spec: `{hosts: [web], http: [{match: [{withoutHeaders: {x-user: {exact: eve}}}], route: [${to('v2')}]}]}`, gets: { v2: 1 } },
  { says: 'the host header has the port with it', spec: `{hosts: [api.bank.svc.cluster.local], http: [{match: [{authority: {prefix: "api.bank:8080"}}], route: [${to('v2')}]}]}`, asks: { host: 'api.bank', port: 8080 }, gets: { 503: 1 } },
  // sourceMatchHTTP
  { says: 'rules for other clients leave the Service as it is', spec: `{hosts: [web], http: [{match: [{sourceLabels: {app: cli}}], route: [${to('v2')}]}]}`, gets: BY_PODS },
  { says: 'rules for other ports leave the Service as it is', spec: `{hosts: [web], http: [{match: [{port: 8080}], route: [${to('v2')}]}]}`, gets: BY_PODS },
  {
    says: 'a match that names gateways does not look at the client',
    spec: `{hosts: [web], http: [{match: [{gateways: [mesh], sourceLabels: {app: cli}}], route: [${to('v2')}]}]}`,
    gets: { v2: 1 },
  },
  // TranslateFault
  { says: 'a fault without a share hits nobody', spec: `{hosts: [web], http: [{fault: {abort: {httpStatus: 500}}, route: [${to('v1')}]}]}`, gets: { v1: 1 } },
  { says: 'an abort takes its share of everything', spec: `{hosts: [web], http: [{fault: {abort: {httpStatus: 500, percentage: {value: 10}}}, route: [${to('v1')}]}]}`, gets: { 500: 0.1, v1: 0.9 } },
  { says: 'a rule for a gateway is none for the mesh', spec: `{hosts: [web], gateways: [edge], http: [{route: [${to('v2')}]}]}`, gets: BY_PODS },
  { says: 'a plain client meets no rules', spec: `{hosts: [web], http: [{route: [${to('v2')}]}]}`, asks: { from: RequestSource.plain() }, gets: BY_PODS },
])('$says', ({ spec, asks, gets }) => {
  expect(outcome(virtualService(spec), asks)).toEqual(gets);
});

test('of two VirtualServices for one host the older counts, and the doubt says so where nobody knows', () => {
  const rule = (subset: string) => `{hosts: [web], http: [{route: [${to(subset)}]}]}`;
  expect(outcome(virtualService(rule('v1'), { name: 'a', created: '2026-02-01T00:00:00Z' }) + virtualService(rule('v2'), { name: 'b', created: '2026-01-01T00:00:00Z' }))).toEqual({ v2: 1 });

  const { shares, doubts } = Traffic.fromYaml(WORLD + virtualService(rule('v1'), { name: 'a' }) + virtualService(rule('v2'), { name: 'b' })).decide({ host: 'web' });
  expect({ shares, doubts }).toEqual({
    shares: { v1: 1 },
    doubts: ['VirtualService shop/a and VirtualService shop/b are both for "web.shop.svc.cluster.local": the older one counts, and a is taken for it by its name'],
  });
});

test('what Istio refuses takes no part, and the decision says why', () => {
  const { shares, doubts } = Traffic.fromYaml(WORLD + virtualService(`{hosts: [web], http: [{route: [${to('v1', 0)}, ${to('v2', 0)}]}]}`)).decide({ host: 'web' });
  expect({ shares, doubts }).toEqual({
    shares: BY_PODS,
    doubts: ['VirtualService shop/web takes no part: Istio refuses it, because the weights of spec.http[0].route add up to 0'],
  });
});
