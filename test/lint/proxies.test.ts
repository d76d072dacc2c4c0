import { Lint, RequestSource, Traffic } from '../../src';

const SERVICE = `---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080, appProtocol: http }] }
`;

function workload(name: string, marks = ''): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: web, version: ${name} } }
  template:
    metadata: { labels: { app: web, version: ${name}${marks.startsWith('labels ') ? `, ${marks.slice(7)}` : ''} }${marks.startsWith('annotations ') ? `, annotations: { ${marks.slice(12)} }` : ''} }
    spec: { containers: [{ name: web, ports: [{ containerPort: 8080 }] }] }
`;
}

function namespace(metadata = ''): string {
  return `---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop${metadata ? `, ${metadata}` : ''} }\n`;
}

const ROUTES: Readonly<Record<string, string>> = {
  'istio': `---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: shop }
spec: { hosts: [web], http: [{ route: [{ destination: { host: web } }] }] }
`,
  'linkerd': `---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { parentRefs: [{ group: "", kind: Service, name: web, port: 80 }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
`,
  'kuma': `---
apiVersion: kuma.io/v1alpha1
kind: MeshHTTPRoute
metadata: { name: web, namespace: shop, labels: { kuma.io/mesh: default } }
spec: { targetRef: { kind: Mesh }, to: [{ targetRef: { kind: MeshService, name: web }, rules: [{ matches: [{}], default: { backendRefs: [{ kind: MeshService, name: web, port: 80 }] } }] }] }
`,
  'open-service-mesh': `---
apiVersion: split.smi-spec.io/v1alpha2
kind: TrafficSplit
metadata: { name: web, namespace: shop }
spec: { service: web, backends: [{ service: web, weight: 1 }] }
`,
};

function found(mesh: string, ...documents: string[]): string[] {
  const text = [SERVICE, ROUTES[mesh], ...documents].join('');
  return Lint.check(Traffic.fromYaml(text, { mesh })).filter(({ code }) => code === 'pods-without-proxy').map(({ where, message }) => `${where.split(' (')[0]}: ${message}`);
}

const NEITHER = (rule: string, ...pods: string[]) => [`Namespace shop: neither it nor its pods ask for a proxy, so that none of them follows ${rule}: ${pods.join(', ')}`];

test.each([
  { mesh: 'istio', rule: 'VirtualService shop/web' },
  { mesh: 'linkerd', rule: 'HTTPRoute shop/web' },
  { mesh: 'kuma', rule: 'MeshHTTPRoute shop/web' },
  { mesh: 'open-service-mesh', rule: 'TrafficSplit shop/web' },
])('$mesh: pods of a namespace that asks for no proxies follow no rule', ({ mesh, rule }) => {
  expect(found(mesh, namespace(), workload('v1'), workload('v2'))).toEqual(NEITHER(rule, 'v1', 'v2'));
});

// https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/, https://istio.io/latest/docs/ambient/usage/add-workloads/,
// https://linkerd.io/2/features/proxy-injection/, https://kuma.io/docs/2.14.x/production/dp-config/dpp-on-kubernetes/
// https://release-v1-2.docs.openservicemesh.io/docs/guides/app_onboarding/sidecar_injection/
test.each([
  { mesh: 'istio', says: 'labels: { istio-injection: enabled }' },
  { mesh: 'istio', says: 'labels: { istio-injection: disabled }' },
  { mesh: 'istio', says: 'labels: { istio.io/rev: stable }' },
  { mesh: 'istio', says: 'labels: { istio.io/dataplane-mode: ambient }' },
  { mesh: 'linkerd', says: 'annotations: { linkerd.io/inject: enabled }' },
  { mesh: 'linkerd', says: 'annotations: { linkerd.io/inject: ingress }' },
  { mesh: 'linkerd', says: 'annotations: { linkerd.io/inject: disabled }' },
  { mesh: 'kuma', says: 'labels: { kuma.io/sidecar-injection: enabled }' },
  { mesh: 'kuma', says: 'labels: { kuma.io/sidecar-injection: "true" }' },
  { mesh: 'kuma', says: 'labels: { kuma.io/sidecar-injection: disabled }' },
  { mesh: 'open-service-mesh', says: 'labels: { openservicemesh.io/monitored-by: osm }, annotations: { openservicemesh.io/sidecar-injection: enabled }' },
  { mesh: 'open-service-mesh', says: 'annotations: { openservicemesh.io/sidecar-injection: disabled }' },
])('$mesh: with $says it is as somebody wants it', ({ mesh, says }) => {
  expect(found(mesh, namespace(says), workload('v1'))).toEqual([]);
});

test('one of the two marks of Open Service Mesh alone asks for nothing', () => {
  expect(found('open-service-mesh', namespace('labels: { openservicemesh.io/monitored-by: osm }'), workload('v1'))).toEqual(NEITHER('TrafficSplit shop/web', 'v1'));
});

test.each([
  { what: 'pods that ask by themselves', documents: [namespace(), workload('v1', 'labels sidecar.istio.io/inject: "true"'), workload('v2')] },
  { what: 'pods that decline by themselves', documents: [namespace(), workload('v1', 'annotations sidecar.istio.io/inject: "false"')] },
  { what: 'a namespace that is elsewhere', documents: [workload('v1')] },
  { what: 'a namespace without pods', documents: [namespace()] },
])('nothing is said of $what', ({ documents }) => {
  expect(found('istio', ...documents)).toEqual([]);
});

const INGRESS = `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: edge, namespace: shop }
spec: { ingressClassName: nginx, rules: [{ host: web.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
`;

function strict(spec: string): string {
  return `---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: { name: strict, namespace: shop }\nspec: { ${spec} }\n`;
}

// https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication-MutualTLS-Mode
test.each([
  { what: 'STRICT for the namespace', documents: [strict('mtls: { mode: STRICT }')], refused: true },
  { what: 'PERMISSIVE', documents: [strict('mtls: { mode: PERMISSIVE }')], refused: false },
  { what: 'nothing', documents: [], refused: false },
  { what: 'STRICT but for the port', documents: [strict('selector: { matchLabels: { app: web } }, mtls: { mode: STRICT }, portLevelMtls: { "8080": { mode: PERMISSIVE } }')], refused: false },
  { what: 'STRICT, and the pods have no sidecar', documents: [strict('mtls: { mode: STRICT }'), namespace('labels: { istio-injection: disabled }')], refused: false },
])('an ingress controller before pods that ask for $what', ({ documents, refused }) => {
  const traffic = Traffic.fromYaml([SERVICE, workload('v1'), INGRESS, ...documents].join(''), { mesh: 'istio' });
  const codes = Lint.check(traffic).filter(({ code }) => code === 'gateway-not-admitted');
  expect(codes.map(({ severity, where }) => `${severity} ${where.split(' (')[0]}`)).toEqual(refused ? ['warning Ingress shop/edge'] : []);
  const { denied, doubts } = traffic.decide({ host: 'web.example.com', from: RequestSource.gateway('edge') });
  expect([denied, doubts]).toEqual(refused ? [1, ['the gateway is taken to have no sidecar: nothing in the manifests says whether it has one']] : [0, []]);
});
