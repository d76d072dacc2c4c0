import { listed, suggestion } from '../nearest';
import { HeaderChanges, Redirect, Retries, Rewrite, Rule } from '../routing-model';
import { checkHeaderName, checkLiteralPath } from './matches';
import { placeOf } from './place';
import { Report } from '../report';

/** What a proxy can retry on. @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on */
export const RETRY_CONDITIONS = [
  '5xx', 'gateway-error', 'reset', 'reset-before-request', 'connect-failure', 'retriable-4xx', 'refused-stream', 'retriable-status-codes', 'retriable-headers',
  'envoy-ratelimited', 'http3-post-connect-failure',
  'cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable',
] as const;

const REDIRECT_CODES = [301, 302, 303, 307, 308];

export function checkFilters(report: Report, rule: Rule): void {
  if (rule.requestHeaders) checkHeaderChanges(report, rule.requestHeaders, placeOf(rule, 'requestHeaders'));
  if (rule.responseHeaders) checkHeaderChanges(report, rule.responseHeaders, placeOf(rule, 'responseHeaders'));
}

function checkHeaderChanges(report: Report, changes: HeaderChanges, place: string): void {
  const values = [...Object.entries(changes.set), ...Object.entries(changes.add)];
  const names = [...values.map(([name]) => name), ...changes.remove];
  if (names.length === 0) report.add('header-invalid', place, 'no header is changed', 'name a header, or drop the filter');
  const repeated = names.find((name, index) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < index);
  if (repeated !== undefined) report.add('header-invalid', place, `the header "${repeated}" is changed twice`, 'name it once');
  for (const name of names) {
    if (name.toLowerCase() === 'host') report.add('header-invalid', place, 'the host is no header to change', 'use `Rewrite.hostname`');
    else checkHeaderName(report, name, place);
  }
  for (const [name, value] of values) {
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) {
      report.add('header-invalid', place, `the value of "${name}" holds a line break or another control character`, 'give one line of text');
    }
  }
}

export function checkRetries(report: Report, place: string, retries: Retries): void {
  if (retries.attempts !== 0) report.wholeNumber('retries-invalid', `${place}.attempts`, retries.attempts, 1, 1000);
  if (retries.attempts === 0 && retries.conditions.length > 0) {
    report.add('retries-invalid', `${place}.attempts`, 'the number of attempts is 0', 'use `Retries.none()` to switch retries off');
  }
  if (retries.attempts > 0 && retries.conditions.length === 0) {
    report.add('retries-invalid', `${place}.retryOn`, 'nothing is retried', 'name a condition, or use `Retries.none()`');
  }
  report.milliseconds('retries-invalid', `${place}.perTryTimeout`, retries.perTryTimeout, 'or leave it out');
  report.milliseconds('retries-invalid', `${place}.backoff`, retries.backoff, 'or leave it out');
  for (const condition of retries.conditions) {
    const known: readonly string[] = RETRY_CONDITIONS;
    if (known.includes(condition) || /^[1-5]\d\d$/.test(condition)) continue;
    report.add('retries-invalid', `${place}.retryOn`, `"${condition}" is neither a status nor one of ${listed(known)}`, suggestion(condition, known, 'name a condition'));
  }
}

export function checkRewrite(report: Report, rule: Rule, rewrite: Rewrite): void {
  const place = placeOf(rule, 'rewrite');
  if (rewrite.hostname === undefined && !rewrite.path) report.add('rewrite-invalid', place, 'nothing is rewritten', 'name a host or a path, or drop it');
  if (rewrite.hostname !== undefined) report.name(place, rewrite.hostname, 'dns-host', 'give a host name');
  if (!rewrite.path) return;
  checkLiteralPath(report, rewrite.path.value, place, 'rewrite-invalid');
  if (rewrite.path.kind === 'prefix') checkReplacesPrefix(report, rule, place, 'rewrite-invalid');
}

export function checkRedirect(report: Report, rule: Rule, redirect: Redirect): void {
  const place = placeOf(rule, 'redirect');
  if (redirect.scheme === undefined && redirect.hostname === undefined && redirect.port === undefined && redirect.path === undefined) {
    report.add('redirect-invalid', place, 'the redirect leads back to the same address', 'change the scheme, host, port or path');
  }
  if (redirect.scheme !== undefined && !['http', 'https'].includes(redirect.scheme)) {
    report.add('redirect-invalid', place, `the scheme is "${redirect.scheme}"`, 'use "http" or "https"');
  }
  if (redirect.hostname !== undefined) report.name(place, redirect.hostname, 'dns-host', 'give a host name');
  report.wholeNumber('redirect-invalid', place, redirect.port, 1, 65535);
  if (!REDIRECT_CODES.includes(redirect.statusCode)) {
    report.add('redirect-invalid', place, `the status is ${redirect.statusCode}`, `use ${REDIRECT_CODES.join(', ')}`);
  }
  if (rule.fault) report.add('redirect-mixed', placeOf(rule, 'fault'), 'a redirect is answered before a fault could act', 'use two routes, or drop one of them');
  if (!redirect.path) return;
  checkLiteralPath(report, redirect.path.value, place, 'redirect-invalid');
  if (redirect.path.kind === 'prefix') checkReplacesPrefix(report, rule, place, 'redirect-invalid');
}

/** A prefix can be replaced only where each match has one. */
function checkReplacesPrefix(report: Report, rule: Rule, place: string, code: 'rewrite-invalid' | 'redirect-invalid'): void {
  const without = rule.matches.findIndex((match) => match.path?.kind !== 'prefix');
  if (rule.matches.length === 0 || without >= 0) {
    const at = rule.matches.length === 0 ? 'the rule has no `matches`' : `matches[${without}] has no path prefix`;
    report.add(code, place, `the matched prefix is to be replaced, and ${at}`, 'match with `PathMatch.prefix`, or replace the full path');
  }
}
