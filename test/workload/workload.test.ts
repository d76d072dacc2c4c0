import { App, Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { CanaryService, CanaryServiceProps, Mesh, Protocol, RootSelector, VersionProps } from '../../src';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Record<string, string> };
  readonly spec: { readonly [field: string]: unknown };
}

interface Synthesized {
  readonly manifests: Manifest[];
  readonly service: CanaryService;
}

function synth(props: Partial<CanaryServiceProps>, more?: (chart: Chart) => Partial<CanaryServiceProps>): Synthesized {
  const chart = new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
  const service = new CanaryService(chart, 'web', {
    mesh: Mesh.istio(), ports: [{ port: 80 }], versions: [{ name: 'v1', image: 'web:1' }], ...props, ...more?.(chart),
  });
  return { manifests: Testing.synth(chart) as Manifest[], service };
}

function named(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  return manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name)!;
}

test('a version given by its image has nothing that nobody declared', () => {
  expect(named(synth({}).manifests, 'Deployment', 'web-v1').spec).toEqual({
    replicas: 1,
    selector: { matchLabels: { app: 'web', version: 'v1' } },
    template: {
      metadata: { labels: { app: 'web', version: 'v1' } },
      spec: { containers: [{ image: 'web:1', name: 'web', ports: [{ containerPort: 80, name: 'http' }] }], serviceAccountName: 'web-v1' },
    },
  });
});

test('every setting of a version reaches its pods', () => {
  const version: VersionProps = {
    name: 'v1',
    image: 'web:1',
    replicas: 3,
    command: ['/web'],
    args: ['--fast'],
    env: { STARS: kplus.EnvValue.fromValue('red') },
    resources: { cpu: { request: kplus.Cpu.millis(100) } },
    readiness: kplus.Probe.fromHttpGet('/ready', { port: 80 }),
    imagePullPolicy: kplus.ImagePullPolicy.ALWAYS,
    imagePullSecrets: ['regcred'],
    tty: true,
    podLabels: { team: 'shop' },
    podAnnotations: { note: 'x' },
    strategy: kplus.DeploymentStrategy.rollingUpdate({
      maxSurge: kplus.PercentOrAbsolute.absolute(1),
      maxUnavailable: kplus.PercentOrAbsolute.percent(50),
    }),
    minReady: Duration.seconds(5),
  };
  expect(named(synth({ versions: [version] }).manifests, 'Deployment', 'web-v1').spec).toEqual({
    minReadySeconds: 5,
    replicas: 3,
    selector: { matchLabels: { app: 'web', version: 'v1' } },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '50%' } },
    template: {
      metadata: { labels: { app: 'web', version: 'v1', team: 'shop' }, annotations: { note: 'x' } },
      spec: {
        containers: [{
          image: 'web:1',
          name: 'web',
          command: ['/web'],
          args: ['--fast'],
          env: [{ name: 'STARS', value: 'red' }],
          imagePullPolicy: 'Always',
          ports: [{ containerPort: 80, name: 'http' }],
          readinessProbe: { failureThreshold: 3, httpGet: { path: '/ready', port: 80, scheme: 'HTTP' } },
          resources: { requests: { cpu: '100m' } },
          tty: true,
        }],
        imagePullSecrets: [{ name: 'regcred' }],
        serviceAccountName: 'web-v1',
      },
    },
  });
});

test('containers of cdk8s-plus keep their settings, get no resources by themselves, and the first one the ports of the service', () => {
  const { spec } = named(synth({ versions: [{ name: 'v1', containers: [{ image: 'web:1' }, { image: 'log:1', name: 'log' }] }] }).manifests, 'Deployment', 'web-v1');
  const { containers } = (spec as { template: { spec: { containers: object[] } } }).template.spec;
  expect(containers).toMatchObject([{ image: 'web:1', ports: [{ containerPort: 80, name: 'http' }] }, { image: 'log:1', name: 'log' }]);
  expect(containers.map((container) => 'resources' in container)).toEqual([false, false]);
});

test.each([
  { protocol: Protocol.HTTP, name: 'http', appProtocol: 'http' },
  { protocol: Protocol.HTTP2, name: 'http2', appProtocol: 'kubernetes.io/h2c' },
  { protocol: Protocol.GRPC, name: 'grpc', appProtocol: 'grpc' },
  { protocol: Protocol.TCP, name: 'tcp', appProtocol: 'tcp' },
  { protocol: Protocol.TLS, name: 'tls', appProtocol: 'tcp' },
])('a port of protocol $protocol is named $name and announced as $appProtocol', ({ protocol, name, appProtocol }) => {
  const { manifests } = synth({ ports: [{ port: 90, targetPort: 9090, protocol }] });
  const ports = [{ name, port: 90, targetPort: 9090, protocol: 'TCP', appProtocol }];
  expect(named(manifests, 'Service', 'web').spec).toEqual({ type: 'ClusterIP', selector: { app: 'web' }, ports });
  expect(named(manifests, 'Service', 'web-v1').spec).toEqual({ type: 'ClusterIP', selector: { app: 'web', version: 'v1' }, ports });
});

test('several ports of one protocol are told apart by their number', () => {
  const { manifests } = synth({ ports: [{ port: 80 }, { port: 8080 }, { port: 90, protocol: Protocol.GRPC }] });
  expect((named(manifests, 'Service', 'web').spec.ports as { name: string }[]).map(({ name }) => name)).toEqual(['http-80', 'http-8080', 'grpc']);
});

test('only the root Service has the declared type and node ports', () => {
  const { manifests } = synth({ ports: [{ port: 80, nodePort: 30080 }], serviceType: kplus.ServiceType.NODE_PORT });
  expect(named(manifests, 'Service', 'web').spec).toMatchObject({ type: 'NodePort', ports: [{ nodePort: 30080 }] });
  expect(JSON.stringify(named(manifests, 'Service', 'web-v1').spec)).not.toContain('odePort');
});

test('every name and label can be set', () => {
  const { manifests, service } = synth({
    name: 'web-apex',
    app: 'emojivoto',
    appLabelKey: 'app.kubernetes.io/name',
    versionLabelKey: 'app.kubernetes.io/version',
    labels: { 'app.kubernetes.io/part-of': 'emojivoto' },
    versions: [{
      name: 'linux-training-v2', image: 'web:2', versionLabel: '2.0', leafName: 'web-svc-2', deploymentName: 'web-2', serviceAccountName: 'web-2-account',
    }],
  });
  const identity = { 'app.kubernetes.io/name': 'emojivoto', 'app.kubernetes.io/version': '2.0' };
  expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'ServiceAccount web-2-account', 'Service web-apex', 'Service web-svc-2', 'Deployment web-2', 'DestinationRule web-apex', 'VirtualService web-apex',
  ]);
  expect(named(manifests, 'Deployment', 'web-2').spec.selector).toEqual({ matchLabels: identity });
  expect(named(manifests, 'Service', 'web-svc-2').metadata.labels).toEqual({ ...identity, 'app.kubernetes.io/part-of': 'emojivoto' });
  expect(service.host).toBe('web-apex.shop.svc.cluster.local');
  expect(service.version('linux-training-v2').host).toBe('web-svc-2.shop.svc.cluster.local');
});

test('versions may share a service account, which is made once', () => {
  const versions = [{ name: 'v1', image: 'web:1' }, { name: 'v2', image: 'web:2' }];
  const { manifests } = synth({ versions, weights: { v1: 1 }, serviceAccountName: 'web' });
  expect(manifests.filter(({ kind }) => kind === 'ServiceAccount').map(({ metadata }) => metadata)).toEqual([
    { name: 'web', namespace: 'shop', labels: { app: 'web' } },
  ]);
});

test('an existing service account is used and not made', () => {
  const { manifests, service } = synth({}, (chart) => ({
    versions: [{ name: 'v1', image: 'web:1', serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'Account', 'legacy') }],
  }));
  expect(manifests.filter(({ kind }) => kind === 'ServiceAccount')).toEqual([]);
  expect(named(manifests, 'Deployment', 'web-v1').spec).toMatchObject({ template: { spec: { serviceAccountName: 'legacy' } } });
  expect(service.version('v1').serviceAccountName).toBe('legacy');
});

test('an existing Deployment becomes a version: its selector stays, its pods get the labels of the version', () => {
  let existing: kplus.Deployment | undefined;
  const { manifests, service } = synth({}, (chart) => {
    existing = new kplus.Deployment(chart, 'Legacy', { metadata: { name: 'legacy' }, replicas: 2, containers: [{ image: 'web:0', portNumber: 80 }] });
    return { versions: [{ name: 'v0', deployment: existing }, { name: 'v1', image: 'web:1' }], weights: { v0: 9, v1: 1 } };
  });
  const { spec } = named(manifests, 'Deployment', 'legacy') as unknown as { spec: { selector: { matchLabels: object }; template: { metadata: { labels: object } } } };
  expect(Object.keys(spec.selector.matchLabels)).toEqual(['cdk8s.io/metadata.addr']);
  expect(spec.template.metadata.labels).toMatchObject({ app: 'web', version: 'v0' });
  expect(service.version('v0').deployment).toBe(existing);
  expect(manifests.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name)).toEqual(['legacy', 'web-v1']);
});

test.each([
  { name: 'all versions', rootSelector: RootSelector.allVersions(), expected: { app: 'web' } },
  { name: 'one version', rootSelector: RootSelector.version('v1'), expected: { app: 'web', version: 'v1' } },
  { name: 'labels of the user', rootSelector: RootSelector.labels({ app: 'web' }), expected: { app: 'web' } },
])('the root selects $name', ({ rootSelector, expected }) => {
  expect(named(synth({ rootSelector }).manifests, 'Service', 'web').spec.selector).toEqual(expected);
});

test('an unknown version is an error that lists the known ones', () => {
  expect(() => synth({}).service.version('v9')).toThrow('"shop/web" has no version "v9", declared are "v1"');
});

test('the ids of constructs are a contract', () => {
  const paths = synth({}).service.node.findAll().map((construct) => construct.node.path).filter((path) => path.split('/').length === 3);
  expect(paths).toEqual(['shop/web/v1-ServiceAccount', 'shop/web/Root', 'shop/web/v1', 'shop/web/v1-Deployment', 'shop/web/DestinationRule', 'shop/web/VirtualService']);
});

test('the root Service works with the constructs of cdk8s-plus', () => {
  const chart = new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
  const service = new CanaryService(chart, 'web', { mesh: Mesh.istio(), ports: [{ port: 80 }], versions: [{ name: 'v1', image: 'web:1' }] });
  new kplus.Ingress(chart, 'Ingress', { metadata: { name: 'web' } }).addRule('/', kplus.IngressBackend.fromService(service.root));
  const ingress = named(Testing.synth(chart) as Manifest[], 'Ingress', 'web');
  expect(JSON.stringify(ingress.spec)).toContain('"service":{"name":"web","port":{"number":80}}');
});
