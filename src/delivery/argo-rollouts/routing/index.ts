import { GATEWAY_API, gatewayApi, gatewayApiOutside } from './gateway-api';
import { istio } from './istio';
import { kubernetes } from './kubernetes';
import { NGINX, nginx } from './nginx';
import { Routing } from './routing';
import { smi } from './smi';
import { RoutingModel } from '../../../model/routing-model';
import { chooseRouting, Ways } from '../../choose-routing';
import { Controlled } from '../../controlled';

const WAYS: Ways<Routing> = {
  pods: kubernetes,
  ofMesh: [istio, gatewayApi, smi],
  ofGateways: { [GATEWAY_API]: gatewayApiOutside, [NGINX]: nginx() },
  ofIngress: nginx,
};

/** How Argo Rollouts moves the traffic of a service. */
export function routingOf(service: Controlled, model: RoutingModel): () => Routing | undefined {
  return chooseRouting(service, model, WAYS);
}
