import { mergeAlternatives } from './alternatives';
import { PREFIX } from './annotations';
import { canaryOf } from './canary';
import { sharedDoubts } from './doubts';
import { ordered } from './locations';
import { NOT_FOUND, rulesOf } from './rules';
import { ANY_HOST, serversOf } from './servers';
import { upstreamsOf } from './upstreams';
import { RouteTable } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { perCluster } from '../../../manifests/per-cluster';
import { IngressClass } from '../../plain-ingress/read/classes';
import { IngressController } from '../../plain-ingress/read/gateways';
import { hostsFor } from '../../plain-ingress/read/hosts';
import { Ingress } from '../../plain-ingress/read/ingress';

const CONTROLLER = 'k8s.io/ingress-nginx';

/**
 * ingress-nginx 1.15, its last version. It is known by its class, or by its annotations where nothing says who serves a class. Certificates, and
 * the redirects to them, are left aside: requests are taken as they come over TLS.
 * @see https://github.com/kubernetes/ingress-nginx/tree/controller-v1.15.1
 */
export const INGRESS_NGINX: IngressController = {
  name: 'ingress-nginx',
  takes: ({ name, controller, ingresses }) => (controller === undefined ? name === 'nginx' || ingresses.some(isAnnotated) : controller === CONTROLLER),
  tableFor(cluster, ingresses, request) {
    const tables = served(cluster)(ingresses);
    return hostsFor(request.host).map((name) => tables.get(name)).find((table) => table !== undefined) ?? tables.get(ANY_HOST)!;
  },
};

function isAnnotated({ object }: Ingress): boolean {
  return Object.keys(object.annotations).some((key) => key.startsWith(PREFIX));
}

/** Tables by host, made once for a class. */
const served = perCluster((cluster) => {
  const made = new Map<IngressClass, ReadonlyMap<string, RouteTable>>();
  return (one: IngressClass): ReadonlyMap<string, RouteTable> => {
    let found = made.get(one);
    if (!found) made.set(one, found = tablesOf(cluster, one));
    return found;
  };
});

function tablesOf(cluster: Cluster, { ingresses }: IngressClass): Map<string, RouteTable> {
  const upstreams = upstreamsOf(cluster, ingresses);
  const servers = serversOf(ingresses, upstreams);
  if (ingresses.some(({ object }) => !canaryOf(object))) mergeAlternatives(ingresses, upstreams, servers);
  const doubts = sharedDoubts(ingresses, upstreams);
  return new Map([...servers].map(([host, locations]) =>
    [host, { rules: ordered(locations).flatMap((tried) => rulesOf(tried, upstreams)), otherwise: NOT_FOUND, doubts }]));
}
