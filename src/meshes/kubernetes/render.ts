import { Construct } from 'constructs';
import { networkPolicy } from './access';
import { typeOf } from './kinds';
import { RoutingModel } from '../../model/routing-model';
import { writeFor } from '../mesh-objects';

/** Services and numbers of pods say everything about the shares; who may call is left. */
export function render(scope: Construct, model: RoutingModel): void {
  if (!model.clients) return;
  writeFor(model, scope, { ...typeOf('NetworkPolicy'), name: model.root.name, manifest: () => networkPolicy(model) });
}
