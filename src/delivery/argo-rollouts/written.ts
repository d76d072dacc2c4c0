import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Controlled } from '../controlled';
import { writtenOutside } from '../outside';
import { objectsBelow } from '../routes';

/** Id of the construct that the mesh writes its objects below. */
export const ROUTES = 'Routes';

/** What the mesh and the gateways have written for the service. */
export function writtenFor(scope: Construct, { outside }: Controlled): ApiObject[] {
  return [...objectsBelow(scope.node.tryFindChild(ROUTES)), ...writtenOutside(outside)];
}
