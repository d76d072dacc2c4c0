import { Declared } from '../../declaration/to-model';
import { Forward, RoutingModel, Rule } from '../../model/routing-model';
import { ControlledService } from '../controlled-service';

/** The two sets of pods, by what they are and not by their version: after a rollout the candidate is the stable one. */
export const STABLE = 'stable';
export const CANARY = 'canary';

/** The service before a rollout, with the two roles as its versions: the model that Services and routes are written from. */
export function rolesModel({ declaration, stable, modelOf }: ControlledService): RoutingModel {
  const role = (name: string) => ({ ...stable, name, deployment: undefined, deploymentName: undefined, leafName: undefined, versionLabel: undefined });
  const { model }: Declared = modelOf({ ...declaration, versions: [role(STABLE), role(CANARY)], weights: { [STABLE]: 100, [CANARY]: 0 }, splitByPods: undefined });
  // Both roles have the same labels: the controller adds the one that tells them apart.
  return {
    ...model,
    versionKey: model.app.key,
    versions: model.versions.map((version) => ({ ...version, label: model.app.value, podLabels: { ...version.podLabels, [model.app.key]: model.app.value } })),
    rules: model.rules.map((rule, index) => ({ ...rule, name: rule.name ?? nameOf(rule, index), action: rule.action.kind === 'forward' ? managed(rule.action) : rule.action })),
  };
}

/** The controller finds routes by their names. */
function nameOf({ place }: Rule, index: number): string {
  return place === 'weights' ? 'primary' : `route-${index + 1}`;
}

function managed(action: Forward): Forward {
  return action.split.kind === 'weights' ? { ...action, split: { ...action.split, managed: true } } : action;
}
