import { ArgoSplitLevel } from './options';
import { Declared } from '../../declaration/to-model';
import { RoutingModel, Rule } from '../../model/routing-model';
import { isBehindRoot } from '../choose-routing';
import { Controlled } from '../controlled';

/** The two sets of pods, by what they are and not by their version: after a rollout the candidate is the stable one. */
export const STABLE = 'stable';
export const CANARY = 'canary';

/** Label by which the controller tells their pods apart. */
export const HASH = 'rollouts-pod-template-hash';

/** The service before a rollout, with the two roles as its versions: the model that Services and routes are written from. */
export function rolesModel(service: Controlled, level: ArgoSplitLevel | undefined): RoutingModel {
  const { declaration, stable, modelOf } = service;
  const changed = isBehindRoot(service) ? wholeRoot : managed;
  const unnamed = { deployment: undefined, existing: undefined, deploymentName: undefined, leafName: undefined, versionLabel: undefined };
  const versions = [STABLE, CANARY].map((name) => ({ ...stable, ...unnamed, name }));
  const { model }: Declared = modelOf({ ...declaration, versions, weights: { [STABLE]: 100, [CANARY]: 0 }, splitByPods: undefined });
  // Both roles have the same labels: the controller adds the one that tells them apart.
  const shared = { [model.app.key]: model.app.value };
  return {
    ...model,
    versionKey: model.app.key,
    byLeaves: level === ArgoSplitLevel.HOST ? true : undefined,
    versions: model.versions.map((version) => ({ ...version, label: model.app.value, identity: shared, mark: shared })),
    rules: model.rules.map((rule, index) => ({ ...rule, name: rule.name ?? nameOf(rule, index), action: changed(rule.action) })),
  };
}

/** The controller finds routes by their names. */
function nameOf({ place }: Rule, index: number): string {
  return place === 'weights' ? 'primary' : `route-${index + 1}`;
}

function wholeRoot(action: Rule['action']): Rule['action'] {
  return action.kind === 'forward' ? { ...action, split: { kind: 'endpoints' } } : action;
}

function managed(action: Rule['action']): Rule['action'] {
  return action.kind === 'forward' && action.split.kind === 'weights' ? { ...action, split: { ...action.split, managed: true } } : action;
}
