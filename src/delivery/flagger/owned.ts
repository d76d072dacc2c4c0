import { RoutingModel } from '../../model/routing-model';
import { OwnedFields } from '../owned-fields';

/** Flagger gives the target as many pods as it needs, and none between two rollouts. */
export function ownedFields({ root, namespace }: RoutingModel): OwnedFields[] {
  return [{ group: 'apps', kind: 'Deployment', name: root.name, namespace, jq: ['.spec.replicas'], pointers: ['/spec/replicas'] }];
}
