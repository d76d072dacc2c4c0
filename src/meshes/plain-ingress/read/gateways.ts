import { classCalled, classesOf, IngressClass } from './classes';
import { Entry, GatewayReader } from '../../../evaluation/reader';
import { Request } from '../../../evaluation/request';
import { RouteTable } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { groupedBy } from '../../../manifests/grouped';

/** What serves Ingresses, and what it makes of them. */
export interface IngressController {
  readonly name: string;
  /** Whether the Ingresses of a class are its own. */
  takes(ingresses: IngressClass): boolean;
  tableFor(cluster: Cluster, ingresses: IngressClass, request: Request): RouteTable;
}

/**
 * Ingresses as gateways, a reader for each controller.
 *
 * @param controllers those that are known; the last one is taken for all other classes
 */
export function ingressGateways(controllers: readonly IngressController[]): GatewayReader[] {
  const takerOf = (one: IngressClass) => controllers.find((controller) => controller.takes(one));
  const ownOf = (cluster: Cluster, controller: IngressController) => classesOf(cluster).filter((one) => takerOf(one) === controller);
  return controllers.map((controller): GatewayReader => ({
    name: controller.name,
    gateways: (cluster) => ownOf(cluster, controller).flatMap(({ ingresses }) => ingresses.map(({ object }) => object)),
    gatewayRoutes(cluster, request) {
      if (request.source.kind !== 'gateway') return undefined;
      const called = classCalled(cluster, request.source.namespace, request.source.name);
      return called && takerOf(called) === controller ? controller.tableFor(cluster, called, request) : undefined;
    },
    entries: (cluster) => ownOf(cluster, controller).flatMap(entriesOf),
  }));
}

/** Each host of a class; a default backend is for any. */
function entriesOf({ ingresses }: IngressClass): Entry[] {
  const hosts = ingresses.flatMap(({ object, rules, defaultBackend }) => {
    const named = rules.map(({ host }) => host || '*');
    return [...named, ...defaultBackend ? ['*'] : []].map((host) => ({ host, object }));
  });
  return [...groupedBy(hosts, ({ host }) => host)].map(([host, found]): Entry => {
    const objects = [...new Set(found.map(({ object }) => object))];
    return { from: `${objects[0].namespace}/${objects[0].name}`, host, port: 80, protocol: 'HTTP', objects };
  });
}
