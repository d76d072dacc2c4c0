import { GATEWAY_API, gatewayApi, gatewayApiOutside } from './gateway-api';
import { istio } from './istio';
import { kubernetes } from './kubernetes';
import { NGINX, nginx } from './nginx';
import { Routing, RoutingOf } from './routing';
import { smi } from './smi';
import { RoutingModel } from '../../../model/routing-model';
import { Controlled } from '../../controlled';
import { Outside } from '../../outside';
import { routesOf } from '../../routes';
import { isBehindRoot } from '../roles';

const ROUTINGS: readonly RoutingOf[] = [istio, gatewayApi, smi];

/** Systems of gateways whose traffic can be split where no mesh splits any. */
const OUTSIDE: Readonly<Record<string, Routing>> = { [GATEWAY_API]: gatewayApiOutside, [NGINX]: nginx() };

/**
 * How Argo Rollouts moves the traffic of a service: by what the mesh reads, or by the Ingress or the gateways that are to be split. Gateways may be
 * added later.
 */
export function routingOf(service: Controlled, model: RoutingModel): () => Routing | undefined {
  const { driver, outside, props: { ingress } } = service;
  if (ingress !== undefined) return () => nginx(ingress);
  if (isBehindRoot(service)) return () => kubernetes;
  if (driver?.replicas) return () => outside.map(ofOutside).find((found) => found !== undefined) ?? kubernetes;
  const written = routesOf(driver, model);
  const found = ROUTINGS.map((routing) => routing(written, model)).find((routing) => routing !== undefined);
  return () => found;
}

function ofOutside({ exposure }: Outside): Routing | undefined {
  return OUTSIDE[exposure.gateway.system];
}
