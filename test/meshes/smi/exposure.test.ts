import { App, Chart, Testing } from 'cdk8s';
import {
  AllowedRoutes, CanaryService, CanaryServiceProps, Client, GatewayApiGateway, GatewayApiGatewayProps, Mesh, Protocol, TrafficSplitVersion,
} from '../../../src';
import { findingsOf } from '../../findings';
import { Manifest } from '../../manifests';

const declaration: CanaryServiceProps = {
  ports: [{ port: 80, targetPort: 8080 }],
  versions: [{ name: 'v1', image: 'web:1' }, { name: 'v2', image: 'web:2' }],
  weights: { v1: 3, v2: 1 },
};

function gateway(chart: Chart, id: string, props: Partial<GatewayApiGatewayProps>): GatewayApiGateway {
  const listeners = [{ port: 80, protocol: Protocol.HTTP }, { port: 9000, protocol: Protocol.TCP }];
  return new GatewayApiGateway(chart, id, { gatewayClassName: 'eg', listeners, allowedRoutes: AllowedRoutes.ALL, ...props });
}

const EDGE: Partial<GatewayApiGatewayProps> = { serviceName: 'envoy-edge', podNamespace: 'gateways' };

/** The form of https://github.com/openservicemesh/osm/blob/v1.2.4/cmd/osm-bootstrap/crds/policy_ingress_backend.yaml; a backend is a target port. */
test('gateways get in to Open Service Mesh by one IngressBackend, which names their Services, the leaves and the port of the pods', () => {
  const chart = new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
  const service = new CanaryService(chart, 'web', { ...declaration, mesh: Mesh.openServiceMesh() });
  service.exposeViaGateway(gateway(chart, 'edge', EDGE), { hosts: ['a.example.com'] });
  service.exposeViaGateway(gateway(chart, 'inner', { serviceName: 'envoy-inner', podNamespace: 'gateways' }), { hosts: ['a.example.com'] });
  service.exposeViaGateway(gateway(chart, 'again', EDGE), { hosts: ['b.example.com'] });
  const backends = (Testing.synth(chart) as Manifest[]).filter(({ kind }) => kind === 'IngressBackend');
  expect(backends).toEqual([{
    apiVersion: 'policy.openservicemesh.io/v1alpha1',
    kind: 'IngressBackend',
    metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
    spec: {
      backends: [{ name: 'web-v1', port: { number: 8080, protocol: 'http' } }, { name: 'web-v2', port: { number: 8080, protocol: 'http' } }],
      sources: [{ kind: 'Service', namespace: 'gateways', name: 'envoy-edge' }, { kind: 'Service', namespace: 'gateways', name: 'envoy-inner' }],
    },
  }]);
});

test('without an exposure there is no IngressBackend, and none on other meshes of SMI', () => {
  const chart = new Chart(Testing.app() as App, 'shop', { namespace: 'shop' });
  new CanaryService(chart, 'web', { ...declaration, mesh: Mesh.openServiceMesh() });
  new CanaryService(chart, 'api', { ...declaration, mesh: Mesh.smi() }).exposeViaGateway(gateway(chart, 'edge', {}));
  expect((Testing.synth(chart) as Manifest[]).filter(({ kind }) => kind === 'IngressBackend')).toEqual([]);
});

const ACCOUNT = { serviceAccountName: 'envoy', podNamespace: 'gateways' };
const smi = Mesh.smi({ trafficSplitVersion: TrafficSplitVersion.V1ALPHA4 });
const isNone = '[test/web/Exposure1] exposure-invalid at gateway: the service lets in named clients only, and the gateway "edge" is none of them; name the account of its pods in `allowFrom`, for all requests';

test.each<{ name: string; props: Partial<CanaryServiceProps>; edge: Partial<GatewayApiGatewayProps>; ports?: number[]; findings: string[] }>([
  {
    name: 'a gateway without a Service on Open Service Mesh',
    props: { mesh: Mesh.openServiceMesh() },
    edge: {},
    findings: [
      '[test/web/Exposure1] exposure-invalid at gateway: Open Service Mesh lets in the gateway "edge" only if an IngressBackend can name its Service; use a `GatewayApiGateway` with `serviceName`',
    ],
  },
  {
    name: 'a port without HTTP on Open Service Mesh',
    props: { mesh: Mesh.openServiceMesh(), ports: [{ port: 5432, protocol: Protocol.TCP }] },
    edge: EDGE,
    findings: [
      '[test/web/Exposure1] exposure-invalid at port: an IngressBackend of Open Service Mesh takes HTTP alone, and port 5432 is TCP; expose a port with HTTP',
    ],
  },
  {
    name: 'two ports on Open Service Mesh, which sends all that comes from gateways to one',
    props: { mesh: Mesh.openServiceMesh(), ports: [{ port: 80 }, { port: 81 }] },
    edge: EDGE,
    ports: [80, 81],
    findings: [
      '[test/web/Exposure2] exposure-invalid at port: Open Service Mesh sends what comes from gateways to one port of a pod, and another one is exposed already; expose one port',
    ],
  },
  {
    name: 'a Service that cannot be',
    props: { mesh: Mesh.openServiceMesh() },
    edge: { serviceName: 'Edge' },
    findings: [
      '[test/edge] name-invalid at serviceName: "Edge" is not made of lower-case letters, digits and "-", beginning with a letter and ending with a letter or digit; give the name of a Service',
    ],
  },
  { name: 'a gateway that is no client where clients are named', props: { mesh: smi, allowFrom: [Client.serviceAccount('cart')] }, edge: ACCOUNT, findings: [isNone] },
  { name: 'a gateway where nobody may call', props: { mesh: smi, allowFrom: [] }, edge: ACCOUNT, findings: [isNone] },
])('fails if asked for $name', ({ props, edge, ports = [undefined], findings }) => {
  expect(findingsOf((chart) => {
    const service = new CanaryService(chart, 'web', { ...declaration, ...props });
    const entry = gateway(chart, 'edge', edge);
    ports.forEach((port, index) => service.exposeViaGateway(entry, { port, hosts: props.ports?.[0].protocol ? undefined : [`h${index}.example.com`], name: `web-${index}` }));
  })).toEqual(findings);
});

test('a gateway that is named among the clients gets in', () => {
  expect(findingsOf((chart) => {
    const service = new CanaryService(chart, 'web', { ...declaration, mesh: smi, allowFrom: [Client.serviceAccount('envoy', { namespace: 'gateways' })] });
    service.exposeViaGateway(gateway(chart, 'edge', ACCOUNT));
  })).toEqual([]);
});
