import { Construct } from 'constructs';
import { RoutingModel } from '../model/routing-model';
import { renderAutoscaler } from '../workload/autoscaler';
import { renderDisruptionBudget } from '../workload/disruption-budget';

/** What an autoscaler scales, and the app label of the pods that a budget protects. */
export interface Around {
  readonly target: { readonly apiVersion: string; readonly kind: string };
  readonly app: string;
}

/** The autoscaler and the disruption budget of the pods that a controller looks after. */
export function renderAround(scope: Construct, model: RoutingModel, { target, app }: Around): void {
  const [version] = model.versions;
  const { autoscaling, disruptionBudget } = version;
  const around = { namespace: model.namespace, labels: { ...model.labels }, version };
  if (autoscaling) renderAutoscaler(scope, 'Autoscaler', { ...around, autoscaling, target });
  if (disruptionBudget) renderDisruptionBudget(scope, 'DisruptionBudget', { ...around, budget: disruptionBudget, selector: { [model.app.key]: app } });
}
