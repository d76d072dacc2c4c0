import { grownPods, isExchange, untouched } from './derive-stages';
import { RolloutModel } from './rollout-model';
import { Stage } from './stage';
import { isSameTraffic, Traffic, unique, usedVersions } from './traffic';

/**
 * The way back from a stage to the first one, in sets that each can be applied on the one before: the pods that the first stage needs come up,
 * then the traffic moves back, then pods go, then what is left of them. A set that would change nothing is left out.
 */
export function rollback(stages: readonly Stage[], from: number, model: RolloutModel): Stage[] {
  const { by } = model;
  const [first] = stages;
  const here = stages[from];
  if (from === 0) return [];
  const present = unique([...here.present, ...first.present]);
  const ready = by === 'pods' ? grown(here, first, present) : restored(here, first, present, model);
  const last = ready ?? here;
  const sets = [...(ready ? [ready] : []), ...(by === 'pods' ? exchanged(here, first, last, present) : moved(first, last, present)), { ...first, loads: [first.traffic] }];
  const unused = untouched(present, stages.slice(0, from + 1));
  const counted = isCounted(model, [...stages, ...sets]);
  const same = (one: Stage, other: Stage) => isSameSet(counted ? one : { ...one, loads: [] }, counted ? other : { ...other, loads: [] });
  return sets.filter((set, index) => !same(set, sets[index - 1] ?? here)).map((set) => ({ ...set, untouched: unused }));
}

/** The traffic moves back, then pods go. */
function moved(first: Stage, last: Stage, present: readonly string[]): Stage[] {
  const back: Stage = { ...last, name: 'back', traffic: first.traffic, gates: [], present };
  const retired: Stage = { ...back, name: 'retire', running: first.running, loads: [first.traffic] };
  return [...(isSameTraffic(last.traffic, first.traffic) ? [] : [back]), retired];
}

/** Where pods are the shares, their going moves the traffic back. What routes sent to them moves before. */
function exchanged(here: Stage, first: Stage, last: Stage, present: readonly string[]): Stage[] {
  const gone: Stage = { ...last, name: 'back', traffic: first.traffic, running: first.running, loads: [first.traffic], gates: [], present };
  if (isSameTraffic(last.traffic, first.traffic)) return [];
  if (!usedVersions({ ...here.traffic, weights: {} }).some((version) => !first.running.includes(version))) return [gone];
  const { replicas } = last.traffic;
  const rerouted: Traffic = { ...first.traffic, replicas, weights: replicas };
  return [{ ...gone, traffic: rerouted, running: last.running, loads: [rerouted] }, { ...gone, name: 'retire' }];
}

/** The versions of the first stage get their pods back while the traffic stays as it is, if they lack any. */
function restored(here: Stage, first: Stage, present: readonly string[], { capacity }: RolloutModel): Stage | undefined {
  const missing = first.running.filter((version) => !here.running.includes(version));
  const counted = isCounted({ capacity }, [here, first]);
  const carried = here.loads.some((load) => isSameTraffic(load, first.traffic));
  if (missing.length === 0 && (carried || !counted)) return undefined;
  return {
    ...here,
    name: 'restore',
    present,
    running: unique([...here.running, ...missing]),
    returning: missing,
    loads: [...here.loads, first.traffic],
    gates: [],
  };
}

/** Whether numbers of pods follow from what a set has to carry. */
function isCounted({ capacity }: Pick<RolloutModel, 'capacity'>, sets: readonly Stage[]): boolean {
  return capacity._toModel().kind === 'proportional' || sets.some(({ loads }) => loads.some(({ replicas }) => Object.keys(replicas).length > 0));
}

/** Where pods are the shares: the pods of both, before the ones that are not needed go. */
function grown(here: Stage, first: Stage, present: readonly string[]): Stage | undefined {
  if (!isExchange(here.traffic.replicas, first.traffic.replicas)) return undefined;
  const replicas = grownPods(here.traffic.replicas, first.traffic.replicas);
  const traffic: Traffic = { ...here.traffic, replicas, weights: replicas };
  const returning = first.running.filter((version) => !here.running.includes(version));
  return { ...here, name: 'restore', present, traffic, loads: [traffic], running: unique([...here.running, ...returning]), returning, gates: [] };
}

/** Whether two sets are the same whatever the service. Fewer loads can mean fewer pods. */
export function isSameSet(one: Stage, other: Stage): boolean {
  const namesOf = ({ present, running, returning }: Stage) => [present, running, returning];
  const versions = (stage: Stage) => JSON.stringify(namesOf(stage).map((names) => [...names].sort()));
  const carries = (stage: Stage, loads: Stage['loads']) => loads.every((load) => stage.loads.some((known) => isSameTraffic(load, known)));
  return isSameTraffic(one.traffic, other.traffic) && versions(one) === versions(other) && carries(one, other.loads) && carries(other, one.loads);
}
