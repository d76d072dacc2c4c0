import { ApiObject, App, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { MeshDriver } from '../meshes/mesh-driver';
import { RoutingModel } from '../model/routing-model';

/** What a mesh writes for a service. By its kinds a controller knows how the mesh is told of shares. */
export function routesOf(driver: MeshDriver | undefined, model: RoutingModel): ApiObject[] {
  const chart = new Chart(new App(), 'routes');
  driver?.render(chart, model);
  return objectsBelow(chart);
}

export function objectsBelow(scope: IConstruct | undefined): ApiObject[] {
  return (scope?.node.findAll() ?? []).filter((construct) => ApiObject.isApiObject(construct)).map((object) => object as ApiObject);
}
