import { istio } from './istio';
import { Routing } from './routing';
import { MeshDriver } from '../../../meshes/mesh-driver';

/** The ways of Argo Rollouts to move traffic, by the meshes that they are for. */
const ROUTINGS: Readonly<Record<string, Routing>> = { istio };

export function routingFor(driver: MeshDriver | undefined): Routing | undefined {
  return driver && Object.hasOwn(ROUTINGS, driver.name) ? ROUTINGS[driver.name] : undefined;
}

export function routedMeshes(): string[] {
  return Object.keys(ROUTINGS);
}
