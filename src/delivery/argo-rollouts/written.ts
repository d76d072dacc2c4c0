import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

/** Id of the construct that the mesh writes its objects below. */
export const ROUTES = 'Routes';

/** What the mesh has written for the service. */
export function writtenBelow(scope: Construct): ApiObject[] {
  const routes = scope.node.tryFindChild(ROUTES);
  return (routes?.node.findAll() ?? []).filter((construct) => ApiObject.isApiObject(construct)).map((object) => object as ApiObject);
}
