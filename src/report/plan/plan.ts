import { Deployed, deployedOf } from './deployed';
import { innerServices } from './inner-services';
import { loadsOf, PlannedLoad } from './loads';
import { lossesOf } from './losses';
import { ObjectChange, objectChanges } from './object-changes';
import { plainRows, PlannedRow, trafficRows } from './rows';
import { StageSet, WrittenStage } from './stage-set';
import { LintFound } from '../../lint/lint-rule';
import { whereText } from '../lint-text';

/** A rollout as a person reviews it: plain values, the same for the same manifests. */
export interface Plan {
  /** Name of the mesh that the manifests are for; empty for none. */
  readonly mesh: string;
  /** All versions, in the order in which they come up. */
  readonly versions: readonly string[];
  /** Kinds whose say in the traffic is not in the plan, since nobody reads them: `HTTPProxy (projectcontour.io)`. */
  readonly notRead: readonly string[];
  /** What makes all of it uncertain, such as manifests that several meshes could follow. */
  readonly doubts: readonly string[];
  readonly stages: readonly PlannedStage[];
  /** What is deployed, beside the stages, where that was asked. */
  readonly deployed?: Deployed;
}

export interface PlannedSet {
  readonly name: string;
  readonly traffic: readonly PlannedRow[];
  readonly plain: readonly PlannedRow[];
  readonly loads: readonly PlannedLoad[];
  /** Against the set before it; empty for the first. */
  readonly changes: readonly ObjectChange[];
  /** Requests that get nowhere, or no longer do. */
  readonly losses: readonly string[];
  readonly risks: readonly Risk[];
}

export interface PlannedStage extends PlannedSet {
  /** Sets of the way back to the first stage, in their order. */
  readonly back: readonly PlannedSet[];
}

export interface Risk {
  readonly severity: string;
  readonly code: string;
  readonly where: string;
  readonly place: string;
  readonly message: string;
  readonly remedy: string;
}

/** @param deployed what is in the cluster now */
export function planOf(stages: readonly WrittenStage[], deployed?: StageSet, tell: (done: number, all: number) => void = () => {}): Plan {
  const sets = [...stages.flatMap((stage) => [stage, ...stage.back]), ...deployed ? [deployed] : []];
  const inner = innerServices(sets.map(({ evaluator }) => evaluator));
  const planned = stages.map((stage, index): PlannedStage => {
    tell(index, stages.length);
    const back = stage.back.map((set, at) => plannedSet(set, stage.back[at - 1] ?? stage, inner));
    return { ...plannedSet(stage, stages[index - 1], inner), back };
  });
  return {
    mesh: sets.map(({ evaluator }) => evaluator.mesh?.name).find((name) => name !== undefined) ?? '',
    versions: [...new Set(planned.flatMap(({ loads }) => loads.map(({ version }) => version)))],
    notRead: [...new Set(sets.flatMap(({ evaluator }) => evaluator.unknownKinds()))].sort(),
    doubts: [...new Set(sets.flatMap(({ evaluator }) => evaluator.doubts))],
    stages: planned,
    ...deployed ? { deployed: deployedOf(deployed, stages, inner) } : {},
  };
}

/** Whether something is wrong at any stage, or on any way back. */
export function isBroken({ stages, deployed }: Plan): boolean {
  const sets = stages.flatMap((stage) => [stage, ...stage.back]);
  return sets.some(({ losses, risks }) => losses.length > 0 || risks.some(({ severity }) => severity === 'error')) || (deployed?.losses.length ?? 0) > 0;
}

function plannedSet(set: StageSet, before: StageSet | undefined, inner: ReadonlySet<string>): PlannedSet {
  const { name, evaluator, found } = set;
  const traffic = trafficRows(evaluator, inner);
  return {
    name,
    traffic,
    plain: plainRows(evaluator, inner),
    loads: loadsOf(evaluator.cluster),
    changes: before ? objectChanges(before.evaluator.cluster, evaluator.cluster) : [],
    losses: lossesOf(traffic, before?.evaluator, evaluator, inner),
    risks: found.map(riskOf),
  };
}

function riskOf(found: LintFound): Risk {
  const { severity, code, place, message, remedy } = found;
  return { severity, code, where: whereText(found), place, message, remedy };
}
