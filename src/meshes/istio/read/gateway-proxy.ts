import { byAge } from './age';
import { ROOT_NAMESPACE } from './destination-rules';
import { gatewayRefusal, Server, servers } from './gateway-server';
import { Cluster } from '../../../manifests/cluster';
import { KubeObject } from '../../../manifests/kube-object';
import { carries } from '../../../manifests/label-selector';
import { portOf } from '../../../manifests/service';

/** The pods that run a gateway: what all Gateways ask of them is one. */
export interface GatewayProxy {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  /** Gateways that these pods serve, oldest first. */
  readonly gateways: readonly KubeObject[];
  readonly doubts: readonly string[];
}

/** What `istioctl install` makes, which manifests of users rarely hold. */
const DEFAULT_PORTS: Readonly<Record<number, number>> = { 80: 8080, 443: 8443 };
const DEFAULT_LABELS = { app: 'istio-ingressgateway', istio: 'ingressgateway' };
const DEFAULT_ACCOUNT = 'istio-ingressgateway-service-account';

export function gatewayProxy(cluster: Cluster, gateway: KubeObject, all: readonly KubeObject[]): GatewayProxy {
  const selector = gateway.spec.at('selector').textMap();
  const workload = cluster.workloads.find(({ labels, pods }) => pods > 0 && carries(labels, selector));
  const usual = carries(DEFAULT_LABELS, selector);
  const labels = workload?.labels ?? (usual ? DEFAULT_LABELS : selector);
  const gateways = all
    .filter((one) => gatewayRefusal(one) === undefined && carries(labels, one.spec.at('selector').textMap()))
    .sort(byAge);
  return {
    namespace: workload?.namespace ?? ROOT_NAMESPACE,
    labels,
    serviceAccount: workload?.serviceAccount ?? DEFAULT_ACCOUNT,
    gateways,
    doubts: workload || usual ? [] : [`no pods of the manifests are those that ${gateway.title} selects: they are taken to run in ${ROOT_NAMESPACE}`],
  };
}

/** Port that the pods listen on for a port of the Service in front of them, as policies name it. */
export function listeningPort(cluster: Cluster, { namespace, labels }: GatewayProxy, port: number): number {
  const fronts = cluster.services.filter((service) => service.namespace === namespace && service.selector && carries(labels, service.selector));
  const target = fronts.flatMap((service) => portOf(service, port) ?? [])[0]?.targetPort;
  if (typeof target === 'number') return target;
  return fronts.length === 0 ? DEFAULT_PORTS[port] ?? port : port;
}

/**
 * Servers of a port that go together: the first decides whether the port is encrypted, and what does not fit is left out.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/model/gateway.go (mergeGateways)
 */
export function serversOn({ gateways }: GatewayProxy, port: number): Server[] {
  const taken: Server[] = [];
  const names = new Set<string>();
  for (const server of gateways.flatMap(servers).filter((one) => one.port === port)) {
    const hosts = server.tls ? server.hosts.map((host) => `${server.bind} ${host}`) : [];
    if (hosts.some((host) => names.has(host))) continue;
    hosts.forEach((host) => names.add(host));
    if (fits(server, taken)) taken.push(server);
  }
  return taken;
}

function fits(server: Server, taken: readonly Server[]): boolean {
  const plain = taken.find(({ protocol }) => protocol !== 'tls');
  if (!plain) return true;
  return plain.protocol === 'http' && server.protocol === 'http';
}
