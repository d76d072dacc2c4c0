import { checkGate } from './check-gate';
import { checkLane } from './check-lane';
import { namedVersions } from './derive-stages';
import { planSteps } from './plan-steps';
import { DeclaredStep, PlannedStep, RolloutModel } from './rollout-model';
import { Stage } from './stage';
import { isSameTraffic } from './traffic';
import { matchModel } from '../declaration/match-to-model';
import { Finding } from '../model/finding';
import { coversMatch, EVERYTHING } from '../model/match';
import { listed, suggestion } from '../model/nearest';
import { Report } from '../model/report';
import { MAX_WEIGHT } from '../model/weights';

const MAX_STAGES = 100;

/** What is wrong with a rollout, whatever the service. The path is that of the service, and comes later. */
export function checkRollout(model: RolloutModel, stages: readonly Stage[]): Omit<Finding, 'path'>[] {
  const report = new Report('');
  const steps = planSteps(model);
  checkPair(report, model);
  if (!model.pair && steps.length < 2) report.add('rollout-invalid', 'rollout', `it has ${steps.length} steps, and so nothing to move`, 'give at least two');
  if (stages.length > MAX_STAGES) report.add('rollout-invalid', 'rollout', `it has ${stages.length} stages`, `use ${MAX_STAGES} at most`);
  model.steps.forEach((step, index) => checkStep(report, model, step, steps.slice(0, index)));
  checkNames(report, steps, stages);
  if (!model.pair || model.pair.stable !== model.pair.candidate) checkMoves(report, steps);
  checkLane(report, model, steps);
  checkStart(report, model);
  checkCapacity(report, model, namedVersions(steps));
  return report.findings;
}

function checkPair(report: Report, { pair }: RolloutModel): void {
  if (pair && pair.stable === pair.candidate) {
    report.add('rollout-invalid', 'rollout.candidate', `the candidate "${pair.candidate}" is the stable version`, 'name another version');
  }
}

function checkStep(report: Report, model: RolloutModel, step: DeclaredStep, before: readonly PlannedStep[]): void {
  const splits = (['weight', 'weights', 'splitByPods'] as const).filter((part) => step[part] !== undefined && step[part] !== false);
  if (splits.length > 1) report.add('rollout-invalid', step.place, `it says the shares twice: ${splits.join(', ')}`, 'give one of them');
  if (model.by === 'pods' && splits.length > 0) report.add('rollout-invalid', `${step.place}.${splits[0]}`, 'the pods are the shares', 'give `replicas`');
  if (model.by === 'weights' && before.length === 0 && splits.length === 0) {
    report.add('rollout-invalid', step.place, 'nothing says how the traffic is shared at first', 'give `weights` or `splitByPods`');
  }
  checkWeight(report, model, step);
  for (const [version, weight] of Object.entries(step.weights ?? {})) report.wholeNumber('weight-invalid', `${step.place}.weights.${version}`, weight, 0, MAX_WEIGHT);
  if (step.weights && !Object.values(step.weights).some((weight) => weight !== 0)) {
    report.add('weights-zero', `${step.place}.weights`, 'all weights are 0', 'give at least one version a weight above 0');
  }
  for (const [version, pods] of Object.entries((step.place !== 'rollout' && step.replicas) || {})) report.wholeNumber('replicas-invalid', `${step.place}.replicas.${version}`, pods, 0, 2 ** 31 - 1);
  checkRoutes(report, step, before.at(-1)?.traffic.routes.map(({ name }) => name ?? '') ?? []);
  if (step.fault && step.dropFault) report.add('rollout-invalid', `${step.place}.dropFault`, 'the fault begins and ends', 'drop one of the two');
  if (step.dropFault && !before.at(-1)?.traffic.fault) report.add('rollout-invalid', `${step.place}.dropFault`, 'no step before has a fault', 'drop it');
  (step.gates ?? []).forEach((gate, index) => checkGate(report, gate, step.gatePlaces?.[index] ?? `${step.place}.gates[${index}]`));
}

function checkWeight(report: Report, { pair }: RolloutModel, { weight, place }: DeclaredStep): void {
  if (weight === undefined) return;
  const at = `${place}.weight`;
  if (!pair) {
    report.add('rollout-invalid', at, 'the rollout has no candidate whose share this could be', 'give `weights`');
  } else if (!(Number.isInteger(weight) && weight >= 0 && weight <= 100)) {
    report.add('weight-invalid', at, `the share of the candidate is ${weight} percent`, 'give a whole number from 0 to 100, or finer shares with `weights`');
  }
}

function checkRoutes(report: Report, { place, addRoutes = [], dropRoutes = [] }: DeclaredStep, known: readonly string[]): void {
  addRoutes.forEach(({ name }, index) => {
    if (!name) report.add('rollout-invalid', `${place}.addRoutes[${index}].name`, 'the route has no name, so that no step could drop it', 'give it a `name`');
    else if (addRoutes.findIndex((other) => other.name === name) < index) report.add('rollout-invalid', `${place}.addRoutes[${index}].name`, `the route "${name}" is added twice`, 'give each route a name of its own');
  });
  dropRoutes.forEach((name, index) => {
    if (known.includes(name)) return;
    report.add('rollout-invalid', `${place}.dropRoutes[${index}]`, `no step before added a route "${name}", there are ${listed(known)}`, suggestion(name, known, 'drop it'));
  });
}

/** Stages are chosen by number or by name. */
function checkNames(report: Report, steps: readonly PlannedStep[], stages: readonly Stage[]): void {
  for (const { name, declared } of steps) {
    const place = `${declared.place}.name`;
    if (declared.name === undefined) continue;
    if (/^[0-9]+$/.test(name)) report.add('rollout-invalid', place, `"${name}" could be the number of a stage`, 'give a name with a letter');
    else report.name(place, name, 'dns-1123-label', 'give the step a valid `name`');
  }
  const names = stages.map(({ name }) => name);
  for (const name of new Set(names.filter((one, index) => names.indexOf(one) < index))) {
    const at = [...steps].reverse().find((step) => step.name === name)?.declared.place ?? 'rollout';
    report.add('rollout-invalid', `${at}.name`, `two stages are named "${name}"`, 'give each step a name of its own');
  }
}

/** A step that changes nothing, or that leads back to where the rollout was, is a slip: the way back is the rollback. */
function checkMoves(report: Report, steps: readonly PlannedStep[]): void {
  steps.forEach((step, index) => {
    const twin = steps.slice(0, index).findIndex((before) => isSameTraffic(before.traffic, step.traffic));
    if (twin < 0) return;
    const text = twin === index - 1 ? `it changes nothing after "${steps[twin].name}"` : `it leads back to "${steps[twin].name}"`;
    report.add('step-idle', step.declared.place, text, twin === index - 1 ? 'change something, or move its gates to the step before' : 'drop it: every stage has a rollback of its own');
  });
}

/** What kinds of rollouts are told of their own. */
function checkStart(report: Report, { matches, pods, retire, retireGates }: RolloutModel): void {
  if (matches?.length === 0) report.add('rollout-invalid', 'rollout.matches', 'nobody gets the candidate first', 'give a condition');
  matches?.forEach((match, index) => {
    if (coversMatch(matchModel(new Report(''), match, ''), EVERYTHING)) {
      report.add('rollout-invalid', `rollout.matches[${index}]`, 'it holds for every request, so that nobody is left for the stable version', 'give a condition, or use `Rollout.canary`');
    }
  });
  report.wholeNumber('replicas-invalid', 'rollout.pods', pods, 1, 2 ** 31 - 1);
  if (retireGates && !retire) report.add('rollout-invalid', 'rollout.retireGates', 'no version is taken away', 'drop them, or drop `retire: false`');
}

function checkCapacity(report: Report, { capacity }: RolloutModel, known: readonly string[]): void {
  const model = capacity._toModel();
  if (model.kind === 'proportional') report.wholeNumber('capacity-invalid', 'rollout.capacity.warm', model.warm, 1, 2 ** 31 - 1);
  if (model.kind !== 'fixed') return;
  for (const [version, pods] of Object.entries(model.replicas)) {
    const place = `rollout.capacity.${version}`;
    report.wholeNumber('capacity-invalid', place, pods, 1, 2 ** 31 - 1);
    if (known.includes(version)) continue;
    report.add('version-unknown', place, `the rollout knows no version "${version}", it knows ${listed(known)}`, suggestion(version, known, 'drop it'));
  }
}
