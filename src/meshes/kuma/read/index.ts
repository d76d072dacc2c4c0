import { GROUP, INJECTION, isShown, meshObject, meshOf } from './kuma';
import { itemsAbout } from './policies';
import { tableFor } from './routes';
import { speaksHttp } from './services';
import { Admission, ADMITTED, Entry, MeshReader } from '../../../evaluation/reader';
import { Cluster, Endpoint } from '../../../manifests/cluster';
import { perCluster } from '../../../manifests/per-cluster';
import { portOf, Service } from '../../../manifests/service';

/** Kuma 2.14, by what its control plane makes of its policies. @see https://github.com/kumahq/kuma/tree/v2.14.3/pkg/plugins/policies */
export const KUMA: MeshReader = {
  name: 'kuma',
  evidence: (cluster) => (isShown(cluster) ? 2 : 0),
  meshRoutes(cluster, { source, port: number }, service) {
    const port = service && portOf(service, number);
    if (!service || !port || service.externalName !== undefined) return undefined;
    const table = tableFor({ cluster, source, service, port });
    return { ...table, doubts: [...table.doubts, ...unread(cluster)] };
  },
  admit: (cluster, _, endpoint) => admission(cluster, endpoint),
  injection: INJECTION,
  entries: (cluster) => cluster.services.flatMap((service) => entriesOf(cluster, service)),
};

/** Policies that change what requests get, and are not followed. */
const unread = perCluster((cluster) => ['MeshFaultInjection', 'MeshProxyPatch', 'TrafficRoute'].flatMap((kind) => cluster.ofKind(GROUP, kind))
  .map(({ title }) => `${title} is not followed`));

const permissions = perCluster((cluster) => cluster.ofKind(GROUP, 'MeshTrafficPermission').map(({ title }) => title));

/** Without mutual TLS in the Mesh nobody is asked who they are. */
function admission(cluster: Cluster, { workload }: Endpoint): Admission {
  const mesh = meshObject(cluster, meshOf(cluster, workload.namespace));
  const asked = mesh ? mesh.spec.at('mtls').at('enabledBackend').exists : permissions(cluster).length > 0;
  if (!asked) return ADMITTED;
  const by = permissions(cluster).length > 0 ? permissions(cluster).join(' and ') : 'MeshTrafficPermissions, of which there are none,';
  return { allowed: true, doubt: `${by} may let the client in or not: they are not followed` };
}

/** Each port of a Service that routes are about, for all clients or for those of one namespace. */
function entriesOf(cluster: Cluster, service: Service): Entry[] {
  return service.ports.flatMap((port) => {
    const items = [...itemsAbout('MeshHTTPRoute', cluster, service, port), ...itemsAbout('MeshTCPRoute', cluster, service, port)];
    const namespaces = new Set(items.map(({ role, policy }) => (role === 'consumer' ? policy.namespace : undefined)));
    return [...namespaces].map((namespace): Entry => ({
      from: 'mesh',
      namespace,
      host: `${service.name}.${service.namespace}`,
      port: port.number,
      protocol: !speaksHttp(port) ? 'TCP' : port.appProtocol === 'grpc' ? 'GRPC' : 'HTTP',
      objects: [...new Set(items.filter(({ role, policy }) => role !== 'consumer' || policy.namespace === namespace).map(({ policy }) => policy))],
    }));
  });
}
