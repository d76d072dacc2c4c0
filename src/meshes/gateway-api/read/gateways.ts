import { GatewayView } from './gateway-view';
import { Implementation } from './implementation';
import { GROUP } from './routes';
import { Entry, GatewayReader } from '../../../evaluation/reader';
import { RouteTable } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { groupedBy } from '../../../manifests/grouped';
import { KubeObject } from '../../../manifests/kube-object';
import { perCluster } from '../../../manifests/per-cluster';

/**
 * Gateways of the Gateway API.
 *
 * @param implementations those that are known; the last one is taken for all other classes
 */
export function gatewayApiGateways(implementations: readonly Implementation[]): GatewayReader {
  const views = perCluster(() => new Map<KubeObject, GatewayView>());
  const viewOf = (cluster: Cluster, gateway: KubeObject): GatewayView => {
    let view = views(cluster).get(gateway);
    if (!view) views(cluster).set(gateway, view = new GatewayView(cluster, gateway, implementationOf(cluster, gateway, implementations)));
    return view;
  };
  return {
    name: 'gateway-api',
    gateways: (cluster) => cluster.ofKind(GROUP, 'Gateway'),
    gatewayRoutes(cluster, request): RouteTable | undefined {
      if (request.source.kind !== 'gateway') return undefined;
      const gateway = cluster.find(GROUP, 'Gateway', request.source.namespace, request.source.name);
      return gateway && viewOf(cluster, gateway).tableFor(request);
    },
    entries: (cluster) => cluster.ofKind(GROUP, 'Gateway').flatMap((gateway) => entriesOf(gateway, viewOf(cluster, gateway))),
  };
}

function implementationOf(cluster: Cluster, gateway: KubeObject, implementations: readonly Implementation[]): Implementation {
  const name = gateway.spec.at('gatewayClassName').text() ?? '';
  const controller = cluster.find(GROUP, 'GatewayClass', '', name)?.spec.at('controllerName').text();
  return implementations.find(({ takes }) => takes({ name, controller })) ?? implementations[implementations.length - 1];
}

function entriesOf(gateway: KubeObject, { listeners }: GatewayView): Entry[] {
  const from = `${gateway.namespace}/${gateway.name}`;
  return listeners.flatMap(({ routes, port, speaks }) => {
    const named = groupedBy(routes.flatMap(({ route, hostnames }) => hostnames.map(({ name }) => ({ name, route }))), ({ name }) => name);
    return speaks === 'UDP' ? [] : [...named].map(([host, all]): Entry => {
      const grpc = speaks === 'HTTP' && all.every(({ route }) => route.kind === 'GRPCRoute');
      return { from, host, port, protocol: grpc ? 'GRPC' : speaks, objects: all.map(({ route }) => route.object) };
    });
  });
}
