import { Rollout } from './rollout';
import { DeclaredStep } from './rollout-model';
import { unique } from './traffic';
import { Mirror } from '../declaration/mirror';

/** Where a rollout names a version: by which name of its own, and at which place. */
interface Naming {
  readonly version: string;
  readonly place: string;
}

/** Places where a version gets its name: in the rollout itself, or where it is given another one for a service. */
export function versionPlaces(rollout: Rollout, version: string): string[] {
  if (rollout._renamed().includes(version)) return [`rollout.withVersions.${version}`];
  const { pair, steps } = rollout._staged().model;
  const roles = (['stable', 'candidate'] as const).map((role) => ({ version: pair?.[role], place: `rollout.${role}` }));
  const declared = steps.filter(({ place }) => place !== 'rollout').flatMap(stepNamings);
  return unique([...roles, ...declared].filter((naming) => naming.version === version).map(({ place }) => place));
}

function stepNamings({ place, weights, replicas, deploy = [], mirrors, addRoutes = [], openLane }: DeclaredStep): Naming[] {
  return [
    ...keys(weights, `${place}.weights`),
    ...keys(replicas, `${place}.replicas`),
    ...deploy.map((version, index) => ({ version, place: `${place}.deploy[${index}]` })),
    ...copies(mirrors, place),
    ...addRoutes.flatMap((route, index) => [
      ...keys(route.weights, `${place}.addRoutes[${index}].weights`), ...copies(route.mirrors, `${place}.addRoutes[${index}]`),
    ]),
    ...(openLane === undefined ? [] : [{ version: openLane, place: `${place}.openLane` }]),
  ];
}

function keys(map: { readonly [version: string]: number } = {}, place: string): Naming[] {
  return Object.keys(map).map((version) => ({ version, place: `${place}.${version}` }));
}

function copies(mirrors: readonly Mirror[] = [], place: string): Naming[] {
  return mirrors.map((mirror, index) => ({ version: mirror._toModel().version, place: `${place}.mirrors[${index}]` }));
}
