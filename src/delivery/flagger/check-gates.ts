import { Duration } from 'cdk8s';
import { askable, intervalOf } from './analysis';
import { FlaggerContext } from './context';
import { NAME } from './name';
import { approvalsOf, durationsOf, FlaggerSteps, heldSteps, metricsOf } from './steps';
import { Report } from '../../model/report';
import { isSameMetric } from '../metrics';
import { stepText } from '../move';

/** One look, one time and one question for all steps. */
export function checkGates(report: Report, steps: FlaggerSteps, context: FlaggerContext): void {
  const { props } = context;
  const held = heldSteps(steps);
  const given = props.analysis ?? {};
  const interval = intervalOf(steps, given.interval);
  for (const move of steps.kind === 'weights' ? held : []) {
    const other = durationsOf(move).find((duration) => duration !== interval);
    if (other !== undefined) {
      report.add('controller-unfit', move.gatesPlace, `${NAME} waits the same time at every step, and ${stepText(move)} waits ${other / 1000} s instead of ${interval / 1000} s`, 'give all steps one duration');
    }
  }
  const measured = held.filter((move) => metricsOf(move).length > 0);
  if (measured.length > 0 && given.prometheus === undefined && !given.metricProvider) {
    report.add('analysis-missing', 'analysis.prometheus', `${stepText(measured[0])} measures "${metricsOf(measured[0])[0].name}", and nothing says where`, 'give the address of a Prometheus, or a `metricProvider`');
  }
  const last = held.at(-1);
  const usual = last ? metricsOf(last) : [];
  for (const move of measured.length > 0 ? held : []) {
    const own = metricsOf(move);
    if (own.length === usual.length && own.every((metric, index) => isSameMetric(metric, usual[index]))) continue;
    report.add('controller-unfit', move.gatesPlace, `${NAME} measures the same at every step, and ${stepText(move)} differs from the last one`, 'give all steps the same metrics');
  }
  checkApprovals(report, steps, given.approvalUrl);
  checkTimes(report, steps, given.interval);
  checkAffinity(report, steps, context);
}

function checkApprovals(report: Report, steps: FlaggerSteps, url: string | undefined): void {
  const { opening, kind } = steps;
  const held = askable(steps);
  if (kind === 'weights' && opening && approvalsOf(opening).length > 0) {
    report.add('controller-unfit', opening.gatesPlace, `${NAME} asks nobody while it copies requests, which ${stepText(opening)} wants`, 'ask at the steps with weights');
  }
  const asked = held.filter((move) => approvalsOf(move).length > 0);
  if (asked.length === 0) return;
  if (url === undefined) report.add('analysis-missing', 'analysis.approvalUrl', `${stepText(asked[0])} waits for a person, and ${NAME} asks a URL`, 'give `approvalUrl`');
  const all = asked.length === held.length;
  if (!all && !(asked.length === 1 && asked[0] === held.at(-1))) {
    const odd = asked.find((move) => move !== held.at(-1)) ?? asked[0];
    report.add('controller-unfit', odd.gatesPlace, `${NAME} asks at every step or before the promotion, and ${stepText(odd)} is one of several`, 'ask at every step, or at the last one alone');
  }
}

function checkAffinity(report: Report, steps: FlaggerSteps, { props, routing }: FlaggerContext): void {
  if (!props.analysis?.sessionAffinity) return;
  if (routing && !routing.sessionAffinity) {
    report.add('controller-unfit', 'analysis.sessionAffinity', `${NAME} keeps no sessions with the provider "${routing.provider}"`, 'drop it');
  } else if (steps.kind !== 'weights') {
    report.add('controller-unfit', 'analysis.sessionAffinity', `${NAME} keeps sessions only while it moves weights`, 'drop it');
  }
}

/** The schema of a Canary knows whole seconds alone, and Flagger looks every 10 seconds at most. */
function checkTimes(report: Report, steps: FlaggerSteps, given: Duration | undefined): void {
  const held = heldSteps(steps);
  const timed = held.find((move) => durationsOf(move).length > 0);
  const milliseconds = intervalOf(steps, undefined);
  if (!given && steps.kind === 'weights' && timed && (milliseconds % 1000 !== 0 || milliseconds < 10_000)) {
    report.add('controller-unfit', timed.gatesPlace, `${NAME} looks every 10 seconds at most, in whole seconds, and ${stepText(timed)} waits ${milliseconds / 1000} s`, 'give whole seconds, at least 10');
  }
  for (const move of held) {
    const odd = metricsOf(move).find(({ interval }) => interval && interval.toMilliseconds({ integral: false }) % 1000 !== 0);
    if (odd) report.add('controller-unfit', move.gatesPlace, `${NAME} counts whole seconds, and the interval of "${odd.name}" has parts of one`, 'give whole seconds');
  }
}
