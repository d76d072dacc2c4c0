import { newlyLost } from './losses';
import { ObjectChange, objectChanges } from './object-changes';
import { StageSet } from './stage-set';

/** What is deployed, beside each stage. */
export interface Deployed {
  /** Stage that differs least; the earliest of several. */
  readonly nearest: string;
  /** It does not differ at all. */
  readonly equal: boolean;
  readonly stages: readonly StageDistance[];
  /** Requests that get nowhere any more if the nearest stage is applied. */
  readonly losses: readonly string[];
}

export interface StageDistance {
  readonly stage: string;
  /** What applying the stage would change. */
  readonly changes: readonly ObjectChange[];
}

/** @param stages at least one */
export function deployedOf(deployed: StageSet, stages: readonly StageSet[], inner: ReadonlySet<string>): Deployed {
  const all = stages.map((stage) => ({ stage, changes: objectChanges(deployed.evaluator.cluster, stage.evaluator.cluster) }));
  const nearest = all.reduce((best, one) => (isNearer(one.changes, best.changes) ? one : best));
  return {
    nearest: nearest.stage.name,
    equal: nearest.changes.length === 0,
    stages: all.map(({ stage, changes }) => ({ stage: stage.name, changes })),
    losses: newlyLost(deployed.evaluator, nearest.stage.evaluator, inner),
  };
}

/** Objects count before values: what is missing is further away than what says something else. */
function isNearer(one: readonly ObjectChange[], other: readonly ObjectChange[]): boolean {
  return one.length === other.length ? values(one) < values(other) : one.length < other.length;
}

function values(changes: readonly ObjectChange[]): number {
  return changes.flatMap(({ fields }) => fields).reduce((sum, { from, to }) => sum + Math.max(size(from), size(to)), 0);
}

/** Values inside of a value that hold no others. */
function size(value: unknown): number {
  return typeof value === 'object' && value !== null ? Object.values(value).reduce((sum: number, inner) => sum + size(inner), 0) : 1;
}
