import { gatewayApi } from './gateway-api';
import { istio } from './istio';
import { kubernetes } from './kubernetes';
import { nginx } from './nginx';
import { Routing, RoutingOf } from './routing';
import { smi } from './smi';
import { MeshDriver } from '../../../meshes/mesh-driver';
import { RoutingModel } from '../../../model/routing-model';
import { routesOf } from '../../routes';

const ROUTINGS: readonly RoutingOf[] = [istio, gatewayApi, smi];

/** How Argo Rollouts moves the traffic of a service: by what the mesh reads, or by the Ingress that is to be split. */
export function routingFor(driver: MeshDriver | undefined, model: RoutingModel, ingress: string | undefined): Routing | undefined {
  if (ingress !== undefined) return nginx(ingress);
  if (driver?.replicas) return kubernetes;
  const written = routesOf(driver, model);
  return ROUTINGS.map((routing) => routing(written, model)).find((found) => found !== undefined);
}
