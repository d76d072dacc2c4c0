import { Chart } from 'cdk8s';
import { Abilities } from './declaration';
import { holds, ROUTES, trafficOf } from './harness';
import { CanaryService, Gateway, GatewayApiGateway, GatewayApiImplementation, IstioGateway, Mesh, NginxIngressGateway, Protocol, RequestSource } from '../../src';

interface GatewayContract extends Abilities {
  readonly name: string;
  readonly gateway: (chart: Chart) => Gateway;
  /** What requests are said to come through. */
  readonly through: string;
}

const HTTP = [{ port: 80, protocol: Protocol.HTTP }];
const EDGE: Abilities = { ...ROUTES, protocols: ['HTTP'] };

function gatewayApi(implementation: GatewayApiImplementation, gatewayClassName: string): GatewayContract {
  const gateway = (chart: Chart) => new GatewayApiGateway(chart, 'edge', { name: 'edge', gatewayClassName, implementation, listeners: HTTP });
  return { name: `gateway-api of class ${gatewayClassName}`, gateway, through: 'edge', ...EDGE };
}

const GATEWAYS: readonly GatewayContract[] = [
  { name: 'istio', gateway: (chart) => new IstioGateway(chart, 'edge', { name: 'edge', listeners: HTTP }), through: 'edge', ...EDGE },
  gatewayApi(GatewayApiImplementation.ENVOY_GATEWAY, 'eg'),
  gatewayApi(GatewayApiImplementation.CONTOUR, 'contour'),
  gatewayApi(GatewayApiImplementation.TRAEFIK, 'traefik'),
  gatewayApi(GatewayApiImplementation.CILIUM, 'cilium'),
  gatewayApi(GatewayApiImplementation.ISTIO, 'istio'),
  { name: 'ingress-nginx', gateway: (chart) => new NginxIngressGateway(chart, 'edge'), through: 'nginx', ...EDGE, routes: false },
];

test.each(GATEWAYS)('$name lets in as declared', (contract) => {
  const expose = (chart: Chart, service: CanaryService) => service.exposeViaGateway(contract.gateway(chart), { hosts: ['web.example.com'] });
  holds(contract, (draft) => trafficOf(Mesh.istio(), draft, expose), ({ path, method, headers }) => ({
    host: 'web.example.com', port: 80, path, method, headers: { ...headers }, from: RequestSource.gateway(contract.through, { namespace: 'shop' }),
  }));
});
