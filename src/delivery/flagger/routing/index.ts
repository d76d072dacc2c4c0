import { ApiObject } from 'cdk8s';
import { GATEWAY_API, gatewayApi, gatewayApiOutside } from './gateway-api';
import { istio } from './istio';
import { kubernetes } from './kubernetes';
import { NGINX, nginx } from './nginx';
import { Routing, RoutingOf } from './routing';
import { smi } from './smi';
import { RoutingModel } from '../../../model/routing-model';
import { Controlled } from '../../controlled';
import { isSwitch } from '../../move';
import { Outside } from '../../outside';
import { routesOf } from '../../routes';
import { open } from '../access';

const ROUTINGS: readonly RoutingOf[] = [istio, gatewayApi, smi];

/** Systems of gateways whose traffic can be split where no mesh splits any. */
const OUTSIDE: Readonly<Record<string, Routing>> = { [GATEWAY_API]: gatewayApiOutside, [NGINX]: nginx };

/** Flagger's provider for a service: by what the mesh reads, or by the Ingress or the gateways that are to be split. Gateways may be added later. */
export function routingOf({ driver, moves, outside, props: { ingress } }: Controlled, model: RoutingModel): () => Routing | undefined {
  if (ingress !== undefined) return () => nginx;
  if (driver?.replicas && isSwitch(moves)) return () => kubernetes;
  if (driver?.replicas) return () => outside.map(ofOutside).find((found) => found !== undefined) ?? kubernetes;
  const written: ApiObject[] = routesOf(driver, open(model));
  const found = ROUTINGS.map((routing) => routing(written)).find((routing) => routing !== undefined);
  return () => found;
}

function ofOutside({ exposure }: Outside): Routing | undefined {
  return OUTSIDE[exposure.gateway.system];
}
