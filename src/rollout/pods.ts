import { CapacityModel } from './capacity';
import { Stage } from './stage';
import { shareOf, Traffic } from './traffic';

/**
 * Number of pods of a version that runs at a stage: enough for all traffic that it has to carry while stages follow each other.
 *
 * @param declared pods that it needs for all of the traffic; `undefined`: it says nothing
 * @returns `undefined` leaves it to the declaration
 */
export function podsAt(stage: Stage, version: string, declared: number | undefined, capacity: CapacityModel): number | undefined {
  const numbers = stage.loads.map((load) => load.replicas[version] ?? podsFor(load, version, declared, capacity));
  const known = numbers.filter((number) => number !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

function podsFor(load: Traffic, version: string, declared: number | undefined, capacity: CapacityModel): number | undefined {
  switch (capacity.kind) {
    case 'full': return declared;
    case 'fixed': return capacity.replicas[version] ?? declared;
    case 'proportional': return Math.max(neededOf(load, version, declared ?? 1), Math.min(capacity.warm, declared ?? 1));
  }
}

/** Its part of the pods for everything, rounded up; all of them where weights do not decide. What routes take is not known: `warm` is for them. */
function neededOf(load: Traffic, version: string, pods: number): number {
  const share = shareOf(load, version);
  if (!share) return pods;
  const copied = (load.mirrors ?? []).map((mirror) => mirror._toModel()).filter((mirror) => mirror.version === version).map(({ percent }) => percent);
  return Math.ceil(Math.max(pods * share.weight / share.total, ...copied.map((percent) => pods * percent / 100)));
}
