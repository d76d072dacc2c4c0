import { Implementation } from './implementation';
import { listed } from '../../model/nearest';
import { Report } from '../../model/report';
import { Rule } from '../../model/routing-model';
import { placeOf } from '../../model/validate/place';

/** What the experimental field `retry` cannot say. @see https://gateway-api.sigs.k8s.io/geps/gep-1731/ */
export function checkRetries(report: Report, rule: Rule, { features }: Implementation): void {
  const retries = rule.action.kind === 'forward' ? rule.action.retries : undefined;
  if (rule.action.kind === 'redirect' || !retries || !features.includes('HTTPRouteRetry')) return;
  const place = placeOf(rule, 'retries');
  if (retries.attempts === 0) report.add('capability-missing', place, 'a route cannot switch off what the implementation retries by itself', 'leave it out');
  const others = retries.conditions.filter((condition) => !/^[45]\d\d$/.test(condition));
  if (others.length > 0) {
    report.add('capability-missing', `${place}.retryOn`, `routes of the Gateway API retry on statuses from 400 to 599, not on ${listed(others)}`,
      "name statuses, such as `retryOn: ['502', '503', '504']`");
  }
  const { timeout } = rule.action;
  if (timeout !== undefined && (retries.perTryTimeout ?? 0) > timeout) {
    report.add('retries-invalid', `${place}.perTryTimeout`, `one attempt may take ${retries.perTryTimeout} ms, and all of them ${timeout} ms`, 'give it less than the `timeout`');
  }
}
