import { ApiObject } from 'cdk8s';
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

/** Flagger's provider for a service: by what the mesh reads, or by the Ingress that is to be split. */
export function routingFor(driver: MeshDriver | undefined, model: RoutingModel, ingress: string | undefined): Routing | undefined {
  if (ingress !== undefined) return nginx;
  if (driver?.replicas) return kubernetes;
  const written: ApiObject[] = routesOf(driver, model);
  return ROUTINGS.map((routing) => routing(written)).find((found) => found !== undefined);
}
