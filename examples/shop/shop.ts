import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  CanaryService, Capacity, DisruptionBudget, Gate, IstioGateway, Lane, Mesh, MeshNamespace, Protocol, Rollout, VersionProps,
} from 'cdk8s-canary';

/** What differs from one environment to the other. */
export interface Environment {
  readonly namespace: string;
  /** Host that the world calls. */
  readonly host: string;
  /** Pods that a version needs for all of the traffic. */
  readonly pods: number;
}

export const STAGING: Environment = { namespace: 'shop-staging', host: 'staging.shop.example.com', pods: 1 };
export const PRODUCTION: Environment = { namespace: 'shop', host: 'shop.example.com', pods: 4 };

/** A front end, a cart and a payment service. The first two get a new version together; the payment stays as it is. */
export function shop(app: App, { namespace, host, pods }: Environment): void {
  Mesh.setDefault(app, Mesh.istio());
  const chart = new Chart(app, 'shop', { namespace });
  new MeshNamespace(chart, namespace);

  // One rollout for both. Requests with the header `x-lane: next` stay on new versions all the way, as long as the services hand the header on.
  const release = Rollout.canary({
    stable: 'v1',
    candidate: 'v2',
    lane: Lane.header('x-lane', 'next'),
    capacity: Capacity.proportional({ warm: 1 }), // enough for the few requests of the lane
    steps: [
      { weight: 5, gates: [Gate.duration(Duration.minutes(10)), Gate.approval('no new kind of error in the logs of web and cart')] },
      { weight: 25, gates: [Gate.metric({ name: 'error-rate', query: errorRate(namespace), max: 0.01 })] },
    ],
  });
  const version = (service: string, name: string): VersionProps => ({
    name,
    image: `example/${service}:${name}`,
    replicas: pods,
    resources: { cpu: { request: kplus.Cpu.millis(100) } },
    disruptionBudget: DisruptionBudget.maxUnavailable(1),
  });

  const web = new CanaryService(chart, 'web', {
    ports: [{ port: 80, targetPort: 8080 }],
    versions: [version('web', 'v1'), version('web', 'v2')],
    rollout: release,
    allowFrom: [],
  });
  // The versions of the cart have names of their own.
  const cart = new CanaryService(chart, 'cart', {
    ports: [{ port: 80, targetPort: 8080 }],
    versions: [version('cart', 'r7'), version('cart', 'r8')],
    rollout: release.withVersions({ v1: 'r7', v2: 'r8' }),
    allowFrom: web.clients,
  });
  new CanaryService(chart, 'payment', {
    ports: [{ port: 80, targetPort: 8080 }],
    versions: [version('payment', 'v3')],
    allowFrom: cart.clients,
  });

  const gateway = new IstioGateway(chart, 'edge', { listeners: [{ port: 80, protocol: Protocol.HTTP }] });
  web.exposeViaGateway(gateway, { hosts: [host] });
}

/** Share of the requests that the mesh answered with an error, over the last five minutes. */
function errorRate(namespace: string): string {
  const requests = (more: string) => `sum(rate(istio_requests_total{destination_workload_namespace="${namespace}"${more}}[5m]))`;
  return `${requests(',response_code=~"5.."')} / ${requests('')}`;
}
