import { planSteps } from './plan-steps';
import { PlannedStep, RolloutModel } from './rollout-model';
import { Stage } from './stage';
import { Traffic, unique, usedVersions } from './traffic';

/** A stage before it is known what its neighbours need. */
type Draft = Omit<Stage, 'loads' | 'returning' | 'untouched'>;

/**
 * The stages of a rollout. A version is deployed a stage before a step sends anything to it; one that is left without traffic runs on until the
 * end, when first its pods go and then, in a stage of its own, what routes could still name.
 */
export function deriveStages(model: RolloutModel): Stage[] {
  const versions = namedVersions(planSteps(model));
  const drafts: Draft[] = [];
  for (const step of model.by === 'pods' ? withGrowth(planSteps(model)) : planSteps(model)) addStep(drafts, step, model, versions);
  if (model.retire) addRetirement(drafts, model, versions);
  return drafts.map((draft, index) => ({
    ...draft,
    returning: [],
    untouched: untouched(draft.present, drafts.slice(0, index + 1)),
    loads: model.by === 'pods' ? [draft.traffic] : uniqueLoads([drafts[index - 1], draft, drafts[index + 1]]),
  }));
}

/** Every version that a step names, in the order of naming. */
export function namedVersions(steps: readonly PlannedStep[]): string[] {
  return unique(steps.flatMap(({ traffic }) => {
    const { weights = {}, replicas, deployed } = traffic;
    return [...Object.keys(weights), ...usedVersions(traffic), ...Object.keys(replicas), ...deployed];
  }));
}

/** The versions that have pods because of the traffic. Without weights every pod gets some. */
export function runningFor(traffic: Traffic, by: RolloutModel['by'], versions: readonly string[]): string[] {
  if (by === 'weights' && !traffic.weights) return [...versions];
  return unique([...usedVersions(traffic), ...traffic.deployed]);
}

function addStep(drafts: Draft[], { name, traffic, declared }: PlannedStep, { by }: RolloutModel, versions: readonly string[]): void {
  const before = drafts.at(-1);
  const needed = runningFor(traffic, by, versions);
  const missing = needed.filter((version) => before && !before.running.includes(version));
  if (before && by === 'weights' && missing.length > 0 && !isPreparation(before, traffic)) {
    const running = unique([...before.running, ...missing]);
    drafts.push({ name: `deploy-${missing.join('-')}`, traffic: before.traffic, running, present: unique([...before.present, ...missing]), gates: [] });
  }
  const present = unique([...(drafts.at(-1)?.present ?? []), ...needed]);
  drafts.push({ name, traffic, running: by === 'pods' ? needed : present, present, gates: declared.gates ?? [] });
}

/** A step that just deploys is a preparation itself. */
function isPreparation(before: Draft, next: Traffic): boolean {
  return usedVersions(next).every((version) => before.running.includes(version)) && next.weights !== undefined;
}

function addRetirement(drafts: Draft[], { by }: RolloutModel, versions: readonly string[]): void {
  const last = drafts.at(-1);
  if (!last) return;
  const needed = runningFor(last.traffic, by, versions);
  const idle = last.present.filter((version) => !needed.includes(version));
  if (idle.length === 0) return;
  const names = idle.join('-');
  if (last.running.length > needed.length) drafts.push({ ...last, name: `retire-${names}`, running: needed, gates: [] });
  drafts.push({ ...last, name: `remove-${names}`, running: needed, present: needed, gates: [] });
}

/** Where pods are the shares, new ones stand ready before old ones go, and before routes send to them: a step that needs both becomes two. */
function withGrowth(steps: readonly PlannedStep[]): PlannedStep[] {
  return steps.flatMap((step, index) => {
    const before = steps[index - 1];
    if (!before || !(isExchange(before.traffic.replicas, step.traffic.replicas) || sendsToNew(before, step))) return [step];
    return [growth(before, step), step];
  });
}

/** Whether conditions, copies or a lane of a step send to a version that has no pods before it. */
function sendsToNew(before: PlannedStep, { traffic }: PlannedStep): boolean {
  return usedVersions({ ...traffic, weights: {} }).some((version) => !(before.traffic.replicas[version] > 0));
}

/** Versions that none of the stages sends anything to. Shares by pods reach every version. */
export function untouched(versions: readonly string[], stages: readonly Pick<Stage, 'traffic'>[]): string[] {
  const used = stages.flatMap(({ traffic }) => (traffic.weights ? usedVersions(traffic) : versions));
  return versions.filter((version) => !used.includes(version));
}

/** Whether one version grows and another shrinks. */
export function isExchange(before: Traffic['replicas'], after: Traffic['replicas']): boolean {
  const changes = unique([...Object.keys(before), ...Object.keys(after)]).map((name) => (after[name] ?? 0) - (before[name] ?? 0));
  return changes.some((change) => change > 0) && changes.some((change) => change < 0);
}

/** The greater number of each version. */
export function grownPods(before: Traffic['replicas'], after: Traffic['replicas']): Traffic['replicas'] {
  const names = unique([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(names.map((name) => [name, Math.max(before[name] ?? 0, after[name] ?? 0)]));
}

/** Nothing but pods changes. */
function growth({ traffic }: PlannedStep, step: PlannedStep): PlannedStep {
  const replicas = grownPods(traffic.replicas, step.traffic.replicas);
  return { name: `grow-${step.name}`, traffic: { ...traffic, replicas, weights: replicas, deployed: step.traffic.deployed }, declared: { place: step.declared.place } };
}

function uniqueLoads(drafts: readonly (Draft | undefined)[]): Traffic[] {
  return [...new Set(drafts.flatMap((draft) => (draft ? [draft.traffic] : [])))];
}
