import { Construct } from 'constructs';
import { ArgoContext } from './context';
import { managedRoutes } from './steps';
import { writtenBelow } from './written';
import { OwnedFields } from '../owned-fields';

export function ownedFields(scope: Construct, { routing, service }: ArgoContext): OwnedFields[] {
  return routing?.owned(writtenBelow(scope), managedRoutes(service)) ?? [];
}
