import { admit } from './access';
import { PANIC, split } from './availability';
import { INJECT, INJECTION } from './injection';
import { annotated } from './reliability';
import { LINKERD_ROUTES, POLICY_GROUP } from './routes';
import { profileEntries, profileTable } from './service-profile';
import { MeshReader } from '../../../evaluation/reader';
import { Request } from '../../../evaluation/request';
import { everything, RouteTable } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { perCluster } from '../../../manifests/per-cluster';
import { portOf, Service } from '../../../manifests/service';
import { serviceRoutes } from '../../gateway-api/read/service-routes';

const routes = serviceRoutes(LINKERD_ROUTES);

const isShown = perCluster(({ objects, workloads }) =>
  objects.some(({ group, annotations }) => group === POLICY_GROUP || group === 'linkerd.io' || INJECT in annotations)
  || workloads.some(({ annotations }) => INJECT in annotations));

/** Linkerd, by what its policy controller and its proxies do. @see https://linkerd.io */
export const LINKERD: MeshReader = {
  name: 'linkerd',
  evidence: (cluster) => (isShown(cluster) ? 2 : 0),
  meshRoutes(cluster, request, called) {
    if (!called || called.externalName !== undefined || !portOf(called, request.port)) return undefined;
    const table = profileTable(cluster, request, called) ?? routes.tableFor(cluster, request, called) ?? unrouted(cluster, request, called);
    return annotated(sound(table, request), called);
  },
  admit,
  injection: INJECTION,
  entries: (cluster) => [...routes.entries(cluster), ...profileEntries(cluster)],
};

function unrouted(cluster: Cluster, { port, protocol }: Request, service: Service): RouteTable {
  return everything(split([{ weight: 1, to: { kind: 'pods', service, port } }], protocol === 'TCP' || protocol === 'TLS', cluster));
}

/** What becomes of all requests where one rule breaks the proxy, or where it takes the port for another protocol. */
function sound(table: RouteTable, { protocol }: Request): RouteTable {
  const actions = [...table.rules.map(({ action }) => action), table.otherwise];
  if (actions.some((action) => action.kind === 'answer' && action.reason === PANIC)) {
    const doubt = 'a proxy that runs keeps its last shares for a while; a new one panics';
    return { rules: [], otherwise: { kind: 'answer', status: 'closed', reason: PANIC }, doubts: [...table.doubts, doubt] };
  }
  if (protocol === 'HTTP' && table.rules.some(({ object }) => object?.kind === 'GRPCRoute')) {
    return everything({ kind: 'answer', status: 'closed', reason: 'with a GRPCRoute on it the port takes HTTP/2 only' }, table.doubts);
  }
  return table;
}
