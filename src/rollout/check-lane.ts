import { Lane } from './lane';
import { DeclaredStep, PlannedStep, RolloutModel } from './rollout-model';
import { Report } from '../model/report';
import { checkHeaderName } from '../model/validate/matches';

/** What is wrong with a lane, and with opening and closing it. */
export function checkLane(report: Report, { lane, pair }: RolloutModel, steps: readonly PlannedStep[]): void {
  steps.filter(({ declared: { place } }) => place !== 'rollout').forEach(({ declared }, index) => {
    if (pair) checkFixed(report, declared);
    else checkStep(report, declared, lane, steps[index - 1]);
  });
  if (!lane) return;
  checkMark(report, lane);
  if (!steps.some(({ traffic }) => traffic.lane !== undefined)) report.add('rollout-invalid', 'rollout.lane', 'no step opens the lane', 'give a step `openLane`, or drop it');
}

function checkFixed(report: Report, step: DeclaredStep): void {
  for (const setting of (['openLane', 'closeLane'] as const).filter((one) => step[one] !== undefined && step[one] !== false)) {
    report.add('rollout-invalid', `${step.place}.${setting}`, 'a rollout with a candidate opens and closes its lane itself', 'give it `lane`, or use `Rollout.stages`');
  }
}

function checkStep(report: Report, { openLane, closeLane, place }: DeclaredStep, lane: Lane | undefined, before: PlannedStep | undefined): void {
  if (openLane !== undefined && !lane) report.add('rollout-invalid', `${place}.openLane`, 'the rollout has no lane', 'give it `lane`');
  if (!closeLane) return;
  if (openLane !== undefined) report.add('rollout-invalid', `${place}.closeLane`, 'the lane is opened and closed', 'drop one of the two');
  else if (before?.traffic.lane === undefined) report.add('rollout-invalid', `${place}.closeLane`, 'no step before has opened the lane', 'drop it');
}

function checkMark(report: Report, lane: Lane): void {
  const { kind, name, value } = lane._toModel();
  if (name === '') report.add('lane-invalid', 'rollout.lane', `the lane has no ${kind}`, `name the ${kind}`);
  if (value === '') report.add('lane-invalid', 'rollout.lane', `the ${kind} of the lane has no value`, 'give a value');
  if (name === '' || value === '') return;
  for (const header of lane._headers()) checkHeaderName(report, header._toModel().name, 'rollout.lane');
  for (const { code, message, remedy } of lane._cookies().flatMap((cookie) => cookie._problem() ?? [])) report.add(code, 'rollout.lane', message, remedy);
}
