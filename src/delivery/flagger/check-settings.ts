import { asksPerson } from './analysis';
import { FlaggerContext } from './context';
import { FlaggerMetricProvider, FlaggerMetricProviderType } from './metric-provider';
import { NAME } from './name';
import { FlaggerAlert, FlaggerSessionAffinity, FlaggerWebhook } from './options';
import { missingOf, unusedOf } from './provider-needs';
import { FlaggerSteps } from './steps';
import { Report } from '../../model/report';
import { checkNames, checkSeconds, checkUrl } from '../check-values';

/** Flagger looks no more often: it takes a shorter interval for this one. */
const SHORTEST_INTERVAL = 10;

/**
 * Values that cannot be, whatever the provider. Durations are whole seconds: the schema of a Canary knows no others.
 * @see https://github.com/fluxcd/flagger/blob/v1.44.0/artifacts/flagger/crd.yaml
 */
export function checkSettings(report: Report, steps: FlaggerSteps, { props: { analysis = {}, progressDeadline } }: FlaggerContext): void {
  checkSeconds(report, 'controller-invalid', 'progressDeadline', progressDeadline);
  report.wholeNumber('analysis-invalid', 'analysis.threshold', analysis.threshold, 1, 2 ** 31 - 1);
  checkSeconds(report, 'analysis-invalid', 'analysis.interval', analysis.interval, SHORTEST_INTERVAL);
  checkUrl(report, 'analysis.prometheus', analysis.prometheus);
  checkUrl(report, 'analysis.approvalUrl', analysis.approvalUrl);
  if (analysis.metricProvider) checkProvider(report, analysis.metricProvider, analysis.prometheus);
  checkWebhooks(report, analysis.webhooks ?? [], asksPerson(steps));
  checkAlerts(report, analysis.alerts ?? []);
  if (analysis.sessionAffinity) checkAffinity(report, analysis.sessionAffinity);
}

function checkProvider(report: Report, provider: FlaggerMetricProvider, prometheus: string | undefined): void {
  const { type, address, secretName } = provider;
  const place = 'analysis.metricProvider';
  if (prometheus !== undefined) report.add('analysis-invalid', 'analysis.prometheus', `${NAME} measures at one place, and beside it there is a \`metricProvider\``, 'drop one of them');
  for (const property of missingOf(provider)) report.add('analysis-missing', `${place}.${property}`, `${NAME} measures nothing with "${type}" without it`, 'give it');
  for (const property of unusedOf(provider)) report.add('analysis-invalid', `${place}.${property}`, `${NAME} does not look at it with "${type}"`, 'drop it');
  if (address) checkUrl(report, `${place}.address`, address, type === FlaggerMetricProviderType.SPLUNK ? ['http', 'https', 'ws', 'wss'] : undefined);
  if (secretName) report.name(`${place}.secretName`, secretName, 'dns-1123-subdomain', 'give the name of a Secret');
}

function checkWebhooks(report: Report, webhooks: readonly FlaggerWebhook[], asked: boolean): void {
  checkNames(report, 'analysis.webhooks', webhooks.map(({ name }) => name));
  webhooks.forEach(({ name, url, timeout }, index) => {
    const place = `analysis.webhooks[${index}]`;
    if (asked && name === 'approval') report.add('analysis-invalid', `${place}.name`, 'the webhook of the gates that wait for a person has this name', 'give it another name');
    checkUrl(report, `${place}.url`, url);
    checkSeconds(report, 'analysis-invalid', `${place}.timeout`, timeout);
  });
}

function checkAlerts(report: Report, alerts: readonly FlaggerAlert[]): void {
  checkNames(report, 'analysis.alerts', alerts.map(({ name }) => name));
  alerts.forEach(({ provider, providerNamespace }, index) => {
    const place = `analysis.alerts[${index}]`;
    report.name(`${place}.provider`, provider, 'dns-1123-subdomain', 'give the name of an AlertProvider');
    if (providerNamespace !== undefined) report.name(`${place}.providerNamespace`, providerNamespace, 'dns-1123-label', 'give the name of a namespace');
  });
}

/** @see https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1 (a cookie's name is a token) */
const COOKIE_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function checkAffinity(report: Report, { cookieName, primaryCookieName, maxAge }: FlaggerSessionAffinity): void {
  const place = 'analysis.sessionAffinity';
  for (const [property, name] of Object.entries({ cookieName, primaryCookieName })) {
    if (name !== undefined && !COOKIE_NAME.test(name)) report.add('analysis-invalid', `${place}.${property}`, `"${name}" is no cookie name`, 'use letters, digits, "-" and "_"');
  }
  if (cookieName === primaryCookieName) report.add('analysis-invalid', `${place}.primaryCookieName`, `both versions have the cookie "${cookieName}"`, 'give each a cookie of its own');
  checkSeconds(report, 'analysis-invalid', `${place}.maxAge`, maxAge);
}
