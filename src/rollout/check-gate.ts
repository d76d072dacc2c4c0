import { Gate } from './gate';
import { Report } from '../model/report';

const SECOND = 1000;
const YEAR = 365 * 24 * 3600 * SECOND;

/** What is wrong with a gate, whatever the step. */
export function checkGate(report: Report, gate: Gate, place: string): void {
  const model = gate._toModel();
  switch (model.kind) {
    case 'approval':
      if (model.text.trim() === '') report.add('rollout-invalid', place, 'nobody is told what to look at', 'give the approval a text');
      return;
    case 'duration':
      checkTime(report, model.milliseconds, place);
      return;
    case 'metric':
      report.name(`${place}.name`, model.metric.name, 'dns-1123-label', 'give the metric a valid `name`');
      if (model.metric.query.trim() === '') report.add('rollout-invalid', `${place}.query`, 'the query is empty', 'give a PromQL expression');
      checkRange(report, model.metric.min, model.metric.max, place);
      if (model.metric.interval) checkTime(report, model.metric.interval.toMilliseconds({ integral: false }), `${place}.interval`);
  }
}

function checkTime(report: Report, milliseconds: number, place: string): void {
  if (milliseconds > YEAR) report.add('rollout-invalid', place, `the duration is ${milliseconds} ms`, 'give 365 days at most');
  if (!(milliseconds >= SECOND)) report.add('rollout-invalid', place, `the duration is ${milliseconds} ms`, 'give at least 1 second');
}

function checkRange(report: Report, min: number | undefined, max: number | undefined, place: string): void {
  if (min === undefined && max === undefined) {
    report.add('rollout-invalid', place, 'every number is good', 'give `min`, `max` or both');
  } else if ([min, max].some((limit) => limit !== undefined && !Number.isFinite(limit))) {
    report.add('rollout-invalid', place, `a limit is no number: min is ${min}, max is ${max}`, 'give numbers, or leave out the limit that is none');
  } else if (!((min ?? -Infinity) <= (max ?? Infinity))) {
    report.add('rollout-invalid', place, `no number is good: min is ${min}, max is ${max}`, 'give a `min` that is not above `max`');
  }
}
