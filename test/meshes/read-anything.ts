/*
 * One object of every kind that a mesh's reader looks at, with every field that it reads.
 */

const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'blue' }, annotations: { 'linkerd.io/inject': 'enabled' } } };

const PODS = ['web', 'v2'].flatMap((name) => [
  { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      replicas: 1,
      template: {
        metadata: { labels: { app: name, version: name } },
        spec: { serviceAccountName: name, containers: [{ ports: [{ containerPort: 8080 }] }] },
      },
    },
  },
]);

const BACKENDS = [{ name: 'web', port: 80, weight: 1, filters: [] }, { group: '', kind: 'Service', name: 'v2', namespace: 'shop', port: 80 }];

const MATCHES = [{
  path: { type: 'RegularExpression', value: '/v2.*' }, method: 'GET', headers: [{ type: 'Exact', name: 'x', value: 'y' }], queryParams: [{ name: 'q', value: '1' }],
}, {}];

const FILTERS = [
  { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'a', value: 'b' }], add: [], remove: ['c'] } },
  { type: 'RequestMirror', requestMirror: { backendRef: { name: 'v2', port: 80 }, fraction: { numerator: 1, denominator: 3 } } },
  { type: 'URLRewrite', urlRewrite: { hostname: 'a', path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/x' } } },
  { type: 'ExtensionRef', extensionRef: { kind: 'Widget', name: 'w' } },
];

const REDIRECT = { type: 'RequestRedirect', requestRedirect: { scheme: 'https', hostname: 'b', port: 443, statusCode: 301, path: { type: 'ReplaceFullPath', replaceFullPath: '/' } } };

function route(kind: string, parent: unknown, spec: unknown, group = 'gateway.networking.k8s.io') {
  const metadata = { name: `${kind.toLowerCase()}-${group.length}`, namespace: 'shop', creationTimestamp: '2026-01-01T00:00:00Z', annotations: { 'timeout.linkerd.io/request': '1s' } };
  return { apiVersion: `${group}/v1`, kind, metadata, spec: { parentRefs: [parent], hostnames: ['web.shop', '*.shop'], ...spec as object } };
}

function routes(parent: unknown, group?: string) {
  return [
    route('HTTPRoute', parent, {
      rules: [
        { name: 'first', matches: MATCHES, backendRefs: BACKENDS, filters: FILTERS, timeouts: { request: '1s', backendRequest: '500ms' }, retry: { attempts: 2, codes: [503] } },
        { filters: [REDIRECT] },
      ],
    }, group),
    route('GRPCRoute', parent, { rules: [{ matches: [{ method: { type: 'Exact', service: 'a.B', method: 'C' }, headers: [] }], backendRefs: BACKENDS }] }, group),
    route('TCPRoute', parent, { rules: [{ backendRefs: BACKENDS }] }, group),
    route('TLSRoute', parent, { rules: [{ backendRefs: BACKENDS }] }, group),
  ];
}

const GATEWAY = [
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: 'some' }, spec: { controllerName: 'istio.io/gateway-controller' } },
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'edge', namespace: 'shop' },
    spec: {
      gatewayClassName: 'some',
      listeners: [
        {
          name: 'a',
          port: 80,
          protocol: 'HTTP',
          hostname: '*.shop',
          allowedRoutes: { kinds: [{ kind: 'HTTPRoute' }], namespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'team', operator: 'In', values: ['blue'] }] } } },
        },
        { name: 'b', port: 80, protocol: 'TLS', tls: { mode: 'Passthrough' } },
      ],
    },
  },
  {
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { name: 'g', namespace: 'shop' },
    spec: { from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }], to: [{ group: '', kind: 'Service', name: 'v2' }] },
  },
  ...routes({ name: 'edge', namespace: 'shop', sectionName: 'a', port: 80 }),
];

const ON_SERVICE = { group: '', kind: 'Service', name: 'web', namespace: 'shop', port: 80 };

const SPLIT = {
  apiVersion: 'split.smi-spec.io/v1alpha2',
  kind: 'TrafficSplit',
  metadata: { name: 's', namespace: 'shop' },
  spec: { service: 'web', backends: [{ service: 'web', weight: 1 }, { service: 'v2', weight: '500m' }], matches: [{ kind: 'HTTPRouteGroup', name: 'group' }] },
};

function policy(kind: string, name: string, spec: unknown) {
  return { apiVersion: 'policy.linkerd.io/v1beta3', kind, metadata: { name, namespace: 'shop' }, spec };
}

const LINKERD = [
  policy('Server', 'web', { podSelector: { matchLabels: { app: 'web' } }, port: 8080, accessPolicy: 'deny' }),
  policy('AuthorizationPolicy', 'p', { targetRef: { kind: 'Server', name: 'web' }, requiredAuthenticationRefs: [{ kind: 'MeshTLSAuthentication', name: 'm' }, { kind: 'NetworkAuthentication', name: 'n' }] }),
  policy('MeshTLSAuthentication', 'm', { identities: ['*'], identityRefs: [{ kind: 'ServiceAccount', name: 'default', namespace: 'shop' }] }),
  policy('NetworkAuthentication', 'n', { networks: [{ cidr: '0.0.0.0/0', except: [] }] }),
  policy('ServerAuthorization', 'a', { server: { name: 'web', selector: { matchLabels: {} } }, client: { unauthenticated: false, meshTLS: { identities: ['*'], serviceAccounts: [{ name: 'default' }] } } }),
  route('HTTPRoute', { group: 'policy.linkerd.io', kind: 'Server', name: 'web' }, { rules: [{ matches: MATCHES }] }, 'policy.linkerd.io'),
];

const PROFILE = {
  apiVersion: 'linkerd.io/v1alpha2',
  kind: 'ServiceProfile',
  metadata: { name: 'web.shop.svc.cluster.local', namespace: 'shop' },
  spec: { routes: [], dstOverrides: [{ authority: 'v2.shop.svc.cluster.local:80', weight: '1' }] },
};

const ACCESS = [
  { apiVersion: 'specs.smi-spec.io/v1alpha4', kind: 'HTTPRouteGroup', metadata: { name: 'group', namespace: 'shop' }, spec: { matches: [{ name: 'm', pathRegex: '/.*', methods: ['GET'], headers: [{ x: 'y' }] }] } },
  { apiVersion: 'specs.smi-spec.io/v1alpha4', kind: 'TCPRoute', metadata: { name: 'tcp', namespace: 'shop' }, spec: { matches: { ports: [8080] } } },
  {
    apiVersion: 'access.smi-spec.io/v1alpha3',
    kind: 'TrafficTarget',
    metadata: { name: 't', namespace: 'shop' },
    spec: {
      destination: { kind: 'ServiceAccount', name: 'web', namespace: 'shop' },
      rules: [{ kind: 'HTTPRouteGroup', name: 'group', matches: ['m'] }, { kind: 'TCPRoute', name: 'tcp' }],
      sources: [{ kind: 'ServiceAccount', name: 'default', namespace: 'shop' }],
    },
  },
  { apiVersion: 'config.openservicemesh.io/v1alpha2', kind: 'MeshConfig', metadata: { name: 'osm' }, spec: { traffic: { enablePermissiveTrafficPolicyMode: false } } },
];

function ingress(apiVersion: string, name: string, annotations: unknown, backend: unknown) {
  const at = (pathType: string, path: string) => ({ path, pathType, backend });
  const rules = [{ host: 'web.shop', http: { paths: [at('Exact', '/v2/x'), at('Prefix', '/v2'), at('ImplementationSpecific', '/')] } }, { http: { paths: [at('Prefix', '/')] } }];
  return { apiVersion, kind: 'Ingress', metadata: { name, namespace: 'shop', annotations }, spec: { ingressClassName: 'edge', defaultBackend: backend, tls: [{ hosts: ['web.shop'] }], rules } };
}

const INGRESSES = [
  { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'edge', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } }, spec: { controller: 'k8s.io/ingress-nginx' } },
  ingress('networking.k8s.io/v1', 'main', { 'nginx.ingress.kubernetes.io/rewrite-target': '/$1', 'nginx.ingress.kubernetes.io/proxy-next-upstream-tries': '2' },
    { service: { name: 'web', port: { number: 80 } } }),
  ingress('networking.k8s.io/v1', 'canary', {
    'nginx.ingress.kubernetes.io/canary': 'true',
    'nginx.ingress.kubernetes.io/canary-by-header': 'x',
    'nginx.ingress.kubernetes.io/canary-by-header-pattern': 'y',
    'nginx.ingress.kubernetes.io/canary-by-cookie': 'c',
    'nginx.ingress.kubernetes.io/canary-weight': '10',
    'nginx.ingress.kubernetes.io/canary-weight-total': '200',
  }, { service: { name: 'v2', port: { name: 'http' } } }),
  ingress('extensions/v1beta1', 'old', { 'nginx.ingress.kubernetes.io/permanent-redirect': 'https://a.example.com/x' }, { serviceName: 'web', servicePort: 80 }),
];

const NETWORK = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'limit', namespace: 'shop' },
  spec: {
    podSelector: { matchLabels: { app: 'web' } },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'blue' } }, podSelector: {} }, { ipBlock: { cidr: '10.0.0.0/8', except: [] } }], ports: [{ protocol: 'TCP', port: 8080, endPort: 8090 }] }],
    egress: [{ to: [{ podSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] } }] }],
  },
};

function kuma(kind: string, item: object) {
  const target = { targetRef: { kind: 'MeshService', name: 'web', namespace: 'shop', sectionName: 'http', labels: {} } };
  const targetRef = { kind: 'Dataplane', labels: {}, proxyTypes: ['Sidecar'] };
  return { apiVersion: 'kuma.io/v1alpha1', kind, metadata: { name: 'k', namespace: 'shop', labels: { 'kuma.io/mesh': 'default' } }, spec: { targetRef, to: [{ ...target, ...item }] } };
}

const MESH_REFS = [{ kind: 'MeshService', name: 'v2', namespace: 'shop', port: 80, weight: 1, tags: {} }, { kind: 'MeshService', name: 'web_shop_svc_80', weight: 2 }];

const KUMA = [
  { apiVersion: 'kuma.io/v1alpha1', kind: 'Mesh', metadata: { name: 'default' }, spec: { meshServices: { mode: 'Everywhere' }, skipCreatingInitialPolicies: ['MeshRetry'] } },
  kuma('MeshHTTPRoute', {
    rules: [{
      matches: [{ path: { type: 'PathPrefix', value: '/v2' }, method: 'GET', headers: [{ type: 'Prefix', name: 'x', value: '' }], queryParams: [{ type: 'Exact', name: 'q', value: '1' }] }, {}],
      default: {
        backendRefs: MESH_REFS,
        filters: [
          { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'a', value: 'b' }], remove: ['c'] } },
          { type: 'URLRewrite', urlRewrite: { hostname: 'a', path: { type: 'ReplaceFullPath', replaceFullPath: '/x' } } },
          { type: 'RequestMirror', requestMirror: { percentage: '1.5', backendRef: { kind: 'MeshService', name: 'v2_shop_svc_80' } } },
        ],
      },
    }, { matches: [{ path: { type: 'Exact', value: '/' } }], default: { filters: [{ type: 'RequestRedirect', requestRedirect: { statusCode: 301 } }] } }],
  }),
  kuma('MeshTCPRoute', { rules: [{ default: { backendRefs: MESH_REFS } }] }),
  kuma('MeshTimeout', { default: { http: { requestTimeout: '1m2s' } } }),
  kuma('MeshRetry', { default: { http: { numRetries: 1, perTryTimeout: '1s', retryOn: ['5xx'] } } }),
];

/** By the name of the mesh. */
export const KINDS: Readonly<Record<string, readonly object[]>> = {
  'gateway-api': [NAMESPACE, ...PODS, ...GATEWAY, ...routes(ON_SERVICE, 'gateway.networking.k8s.io').map((one) => ({ ...one, metadata: { ...one.metadata, name: `s-${one.metadata.name}` } }))],
  'no mesh, but ingress-nginx': [NAMESPACE, ...PODS, ...INGRESSES, NETWORK],
  'no mesh, but Ingresses': [NAMESPACE, ...PODS, ...INGRESSES.slice(1).map((one) => ({ ...one, metadata: { ...one.metadata, annotations: {} } })), NETWORK],
  'kuma': [NAMESPACE, ...PODS.map((one) => JSON.parse(JSON.stringify(one).replace('"port":80', '"port":80,"appProtocol":"http"')) as object), ...KUMA],
  'smi': [NAMESPACE, ...PODS, SPLIT, ...ACCESS],
  'open-service-mesh': [NAMESPACE, ...PODS, SPLIT, { ...SPLIT, metadata: { name: 'second', namespace: 'shop' } }, ...ACCESS],
  'linkerd': [NAMESPACE, ...PODS, ...routes(ON_SERVICE, 'policy.linkerd.io'), ...LINKERD, PROFILE, SPLIT],
};
