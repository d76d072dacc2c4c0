import { Construct } from 'constructs';
import { previewName } from './blue-green';
import { ArgoContext } from './context';
import { ArgoSplitLevel } from './options';
import { HASH } from './roles';
import { managedRoutes } from './steps';
import { writtenFor } from './written';
import { RoutingModel } from '../../model/routing-model';
import { OwnedFields } from '../owned-fields';

export function ownedFields(scope: Construct, { routing, service, model }: ArgoContext): OwnedFields[] {
  if (!routing) return [];
  const leaves = routing.level === ArgoSplitLevel.HOST ? model.versions.map(({ leaf }) => leaf) : [];
  const switched = routing.weights || service.rollout.by === 'pods' ? [] : [model.root.name, previewName(model)];
  return [...selectors(model, [...leaves, ...switched]), ...routing.owned(writtenFor(scope, service), managedRoutes(service))];
}

function selectors({ namespace }: RoutingModel, services: readonly string[]): OwnedFields[] {
  return services.map((name) => ({
    group: '', kind: 'Service', name, namespace, jq: [`.spec.selector["${HASH}"]`], pointers: [`/spec/selector/${HASH}`],
  }));
}
