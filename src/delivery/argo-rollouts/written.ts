import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { objectsBelow } from '../routes';

/** Id of the construct that the mesh writes its objects below. */
export const ROUTES = 'Routes';

/** What the mesh has written for the service. */
export function writtenBelow(scope: Construct): ApiObject[] {
  return objectsBelow(scope.node.tryFindChild(ROUTES));
}
