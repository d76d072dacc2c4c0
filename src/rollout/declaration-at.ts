import { podsAt } from './pods';
import { Rollout } from './rollout';
import { Stage } from './stage';
import { laneRoutes } from './stage-routes';
import { Traffic } from './traffic';
import { NOWHERE, TrafficPlaces } from './traffic-places';
import { ExistingDeployment } from '../declaration/existing-deployment';
import { Mirror } from '../declaration/mirror';
import { RouteProps } from '../declaration/route';
import { ServiceDeclaration } from '../declaration/service-declaration';
import { RulePlaces, StagedDeclaration, StagedRoute } from '../declaration/staged-route';
import { StagedVersion } from '../declaration/staged-version';
import { VersionProps } from '../declaration/version';
import { Places } from '../model/routing-model';
import { partPlace } from '../model/validate/place';

type Weights = Readonly<Record<string, number>>;

/**
 * What a service is at a stage of its rollout, declared as if there were no rollout.
 *
 * @param madeByPods where numbers of pods make the weights. Elsewhere a rollout of pods leaves the shares to the pods that are ready: weights would
 * send to new ones before that.
 */
export function declarationAt(declaration: ServiceDeclaration, rollout: Rollout, stage: Stage, madeByPods: boolean): StagedDeclaration {
  const { traffic } = stage;
  const { places = NOWHERE } = traffic;
  const weights = rollout._staged().model.by === 'pods' && !madeByPods ? undefined : traffic.weights;
  const nameOf = (version: string) => rollout._nameOf(version);
  const staged: StagedDeclaration = {
    ...declaration,
    versions: declaration.versions.flatMap((version) => versionAt(version, rollout, stage)),
    weights: weights && named(weights, stage, nameOf),
    splitByPods: weights === undefined ? true : undefined,
    mirrors: traffic.mirrors?.map((mirror) => renamedMirror(mirror, nameOf)) ?? declaration.mirrors,
    fault: traffic.fault ?? declaration.fault,
    places: ownPlaces(traffic, places, nameOf),
  };
  const routes = [...traffic.routes.map((route) => renamedRoute(route, places.routes[route.name ?? ''], nameOf)), ...(declaration.routes ?? []).map(placedRoute)];
  const { lane } = rollout._staged().model;
  const marked = lane && traffic.lane !== undefined ? laneRoutes({ lane, version: nameOf(traffic.lane), place: places.lane }, staged, routes) : [];
  return marked.length + routes.length > 0 ? { ...staged, routes: [...marked, ...routes] } : staged;
}

/** A version as it is at a stage; nothing before it is deployed and after it is removed. Its pod template is the same at every stage. */
function versionAt(version: VersionProps, rollout: Rollout, stage: Stage): StagedVersion[] {
  const is = (name: string) => rollout._nameOf(name) === version.name;
  const name = stage.present.find(is);
  if (name === undefined) return [];
  return [{ ...withPods(version, name, rollout, stage), ...(isIdle(name, stage) && { idle: true, untouched: stage.untouched.includes(name) }) }];
}

/** Nobody calls a version by its name that has no pods, or only got them back. */
function isIdle(name: string, { running, returning }: Stage): boolean {
  return !running.includes(name) || returning.includes(name);
}

function withPods(version: VersionProps, name: string, rollout: Rollout, stage: Stage): StagedVersion {
  if (version.existing) return { ...version, existing: existingAt(version.existing, name, rollout, stage) };
  if (version.autoscaling) return stage.running.includes(name) ? version : withoutDeployment(version);
  if (!stage.running.includes(name)) return { ...version, replicas: 0 };
  const replicas = podsAt(stage, name, version.replicas, rollout._staged().model.capacity._toModel());
  return replicas === undefined ? version : { ...version, replicas };
}

/**
 * A Deployment with an autoscaler never has a number of pods, not even 0: one that lost its number again would get 1 from the API server, and its
 * pods would be killed just when traffic comes back. So it goes altogether, and what looks after its pods.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling
 */
function withoutDeployment(version: VersionProps): StagedVersion {
  return { ...version, replicas: 0, autoscaling: undefined, disruptionBudget: undefined, undeployed: true };
}

/** What was taken over stays as it was given as long as it need not have another number of pods. */
function existingAt(existing: ExistingDeployment, name: string, rollout: Rollout, stage: Stage): ExistingDeployment {
  const own = existing._read()?.replicas;
  const replicas = stage.running.includes(name) ? podsAt(stage, name, own, rollout._staged().model.capacity._toModel()) : 0;
  return existing._ours && replicas !== undefined && replicas !== own ? existing._withReplicas(replicas) : existing;
}

/** Weights of versions that are there. What is not there has the weight 0. */
function named(weights: Weights, stage: Stage, nameOf: (version: string) => string): Record<string, number> {
  const there = Object.entries(weights).filter(([version]) => stage.present.includes(version));
  return Object.fromEntries(there.map(([version, weight]) => [nameOf(version), weight]));
}

/** Steps may have routes that stand before those of the service. */
function placedRoute(route: RouteProps, index: number): StagedRoute {
  return { ...route, declaredAt: { place: `routes[${index}]` } };
}

function ownPlaces({ weights }: Traffic, places: TrafficPlaces, nameOf: (version: string) => string): Places {
  return { ...renamedWeights(places.weights, weights, nameOf), ...places.mirrors, ...places.fault };
}

/** Findings are about versions of the service, and stand where the rollout names them as it does. */
function renamedWeights(places: Places, weights: Weights = {}, nameOf: (version: string) => string): Places {
  const renamed = Object.keys(weights).map((version) => [`weights.${nameOf(version)}`, partPlace(places, `weights.${version}`)]);
  return { ...places, ...Object.fromEntries(renamed.filter(([, place]) => place !== undefined)) };
}

function renamedRoute(route: RouteProps, { place, places = {} }: RulePlaces, nameOf: (version: string) => string): StagedRoute {
  return {
    ...route,
    declaredAt: { place, places: route.weights ? renamedWeights({ weights: `${place}.weights`, ...places }, route.weights, nameOf) : places },
    ...(route.weights && { weights: Object.fromEntries(Object.entries(route.weights).map(([version, weight]) => [nameOf(version), weight])) }),
    ...(route.mirrors && { mirrors: route.mirrors.map((mirror) => renamedMirror(mirror, nameOf)) }),
  };
}

function renamedMirror(mirror: Mirror, nameOf: (version: string) => string): Mirror {
  const { version, percent } = mirror._toModel();
  return Mirror.to(nameOf(version), percent);
}
