import { intervalOf } from './analysis';
import { FlaggerContext } from './context';
import { NAME } from './name';
import { FlaggerAlert, FlaggerAnalysis } from './options';
import { missingOf } from './provider-needs';
import { approvalsOf, durationsOf, FlaggerSteps, heldSteps, metricsOf } from './steps';
import { Report } from '../../model/report';
import { isSameMetric } from '../metrics';
import { stepText } from '../move';

/** One look, one time and one question for all steps. */
export function checkGates(report: Report, steps: FlaggerSteps, context: FlaggerContext): void {
  const { props } = context;
  const held = heldSteps(steps);
  const given = props.analysis ?? {};
  const interval = intervalOf(steps, given.interval?.toMilliseconds());
  for (const move of steps.kind === 'weights' ? held : []) {
    const other = durationsOf(move).find((duration) => duration !== interval);
    if (other !== undefined) {
      report.add('controller-unfit', `${move.place}.gates`, `${NAME} waits the same time at every step, and ${stepText(move)} waits ${other / 1000} s instead of ${interval / 1000} s`, 'give all steps one duration');
    }
  }
  const measured = held.filter((move) => metricsOf(move).length > 0);
  checkProvider(report, given);
  if (measured.length > 0 && given.prometheus === undefined && !given.metricProvider) {
    report.add('controller-unfit', 'analysis.prometheus', `${stepText(measured[0])} measures "${metricsOf(measured[0])[0].name}", and nothing says where`, 'give the address of a Prometheus, or a `metricProvider`');
  }
  const last = held.at(-1);
  const usual = last ? metricsOf(last) : [];
  for (const move of measured.length > 0 ? held : []) {
    const own = metricsOf(move);
    if (own.length === usual.length && own.every((metric, index) => isSameMetric(metric, usual[index]))) continue;
    report.add('controller-unfit', `${move.place}.gates`, `${NAME} measures the same at every step, and ${stepText(move)} differs from the last one`, 'give all steps the same metrics');
  }
  checkApprovals(report, steps, given.approvalUrl);
  checkSettings(report, steps, context);
  checkAlerts(report, given.alerts);
}

function checkProvider(report: Report, { prometheus, metricProvider }: FlaggerAnalysis): void {
  if (!metricProvider) return;
  if (prometheus !== undefined) report.add('controller-unfit', 'analysis.prometheus', `${NAME} measures at one place, and beside it there is a \`metricProvider\``, 'drop one of them');
  for (const property of missingOf(metricProvider)) {
    report.add('controller-unfit', `analysis.metricProvider.${property}`, `${NAME} measures nothing with "${metricProvider.type}" without it`, 'give it');
  }
}

function checkApprovals(report: Report, { weighted, opening, kind }: FlaggerSteps, url: string | undefined): void {
  const held = kind === 'weights' ? weighted : opening ? [opening] : [];
  if (kind === 'weights' && opening && approvalsOf(opening).length > 0) {
    report.add('controller-unfit', `${opening.place}.gates`, `${NAME} asks nobody while it copies requests, which ${stepText(opening)} wants`, 'ask at the steps with weights');
  }
  const asked = held.filter((move) => approvalsOf(move).length > 0);
  if (asked.length === 0) return;
  if (url === undefined) report.add('controller-unfit', 'analysis.approvalUrl', `${stepText(asked[0])} waits for a person, and ${NAME} asks a URL`, 'give `approvalUrl`');
  const all = asked.length === held.length;
  if (!all && !(asked.length === 1 && asked[0] === held.at(-1))) {
    const odd = asked.find((move) => move !== held.at(-1)) ?? asked[0];
    report.add('controller-unfit', `${odd.place}.gates`, `${NAME} asks at every step or before the promotion, and ${stepText(odd)} is one of several`, 'ask at every step, or at the last one alone');
  }
}

function checkSettings(report: Report, steps: FlaggerSteps, { props, routing }: FlaggerContext): void {
  const { threshold, interval, sessionAffinity } = props.analysis ?? {};
  if (threshold !== undefined && !(Number.isInteger(threshold) && threshold >= 1)) report.add('controller-unfit', 'analysis.threshold', `the number of failures is ${threshold}`, 'give a whole number from 1 on');
  const milliseconds = interval?.toMilliseconds() ?? intervalOf(steps, undefined);
  if (milliseconds < 10_000 || milliseconds % 1000 !== 0) report.add('controller-unfit', 'analysis.interval', `${NAME} looks every 10 seconds at most, and the interval is ${milliseconds / 1000} s`, 'give whole seconds, at least 10');
  if (sessionAffinity && routing && !routing.sessionAffinity) {
    report.add('controller-unfit', 'analysis.sessionAffinity', `${NAME} keeps no sessions with the provider "${routing.provider}"`, 'drop it');
  } else if (sessionAffinity && steps.kind !== 'weights') {report.add('controller-unfit', 'analysis.sessionAffinity', `${NAME} keeps sessions only while it moves weights`, 'drop it');}
}

function checkAlerts(report: Report, alerts: readonly FlaggerAlert[] = []): void {
  alerts.forEach(({ provider, providerNamespace }, index) => {
    const place = `analysis.alerts[${index}]`;
    report.name(`${place}.provider`, provider, 'dns-1123-subdomain', 'give the name of an AlertProvider');
    if (providerNamespace !== undefined) report.name(`${place}.providerNamespace`, providerNamespace, 'dns-1123-label', 'give the name of a namespace');
  });
}
