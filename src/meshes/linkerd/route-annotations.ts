import { listed } from '../../model/nearest';
import { Report } from '../../model/report';
import { Forward, Rule } from '../../model/routing-model';
import { placeOf } from '../../model/validate/place';
import { oneUnit } from '../gateway-api/duration';
import { ObjectSettings } from '../gateway-api/implementation';
import { RouteKind } from '../gateway-api/kinds';

/** What can be retried on routes of a kind, and what comes nearest to conditions that cannot. */
interface Retryable {
  readonly annotation: string;
  readonly words: string;
  readonly knows: (condition: string) => boolean;
  readonly nearest: Readonly<Record<string, string>>;
}

const GRPC_CONDITIONS = ['cancelled', 'deadline-exceeded', 'internal', 'resource-exhausted', 'unavailable'];

/** @see https://github.com/linkerd/linkerd2/blob/main/policy-controller/k8s/index/src/outbound/index/http.rs (parse_http_retry), and grpc.rs beside it */
const RETRYABLE: Partial<Record<RouteKind, Retryable>> = {
  HTTPRoute: {
    annotation: 'retry.linkerd.io/http',
    words: 'statuses, "5xx" and "gateway-error"',
    knows: (condition) => condition === '5xx' || condition === 'gateway-error' || /^\d+$/.test(condition),
    nearest: {
      'connect-failure': 'gateway-error',
      'reset': 'gateway-error',
      'reset-before-request': 'gateway-error',
      'refused-stream': 'gateway-error',
      'unavailable': '503',
      'deadline-exceeded': '504',
      'internal': '500',
      'resource-exhausted': '429',
      'envoy-ratelimited': '429',
      'retriable-4xx': '409',
    },
  },
  GRPCRoute: {
    annotation: 'retry.linkerd.io/grpc',
    words: listed(GRPC_CONDITIONS),
    knows: (condition) => GRPC_CONDITIONS.includes(condition),
    nearest: {
      'connect-failure': 'unavailable',
      'reset': 'unavailable',
      'reset-before-request': 'unavailable',
      'refused-stream': 'unavailable',
      'gateway-error': 'unavailable',
      '5xx': 'unavailable',
      '500': 'internal',
      '502': 'unavailable',
      '503': 'unavailable',
      '504': 'deadline-exceeded',
      '429': 'resource-exhausted',
      'envoy-ratelimited': 'resource-exhausted',
    },
  },
};

/**
 * Linkerd reads retries from annotations of a route object, for all its rules. The one limit of time on a gRPC call stands there too.
 * @see https://linkerd.io/2/reference/retries/
 * @see https://linkerd.io/2/reference/timeouts/
 */
export const routeAnnotations: ObjectSettings = { annotations, check };

function annotations({ action }: Rule, kind: RouteKind): Record<string, string> {
  if (action.kind === 'redirect') return {};
  return { ...retryAnnotations(action, kind), ...(kind === 'GRPCRoute' && action.timeout !== undefined ? { 'timeout.linkerd.io/request': oneUnit(action.timeout) } : {}) };
}

/** By itself Linkerd retries nothing, so that retries that are switched off need no word. */
function retryAnnotations({ retries }: Forward, kind: RouteKind): Record<string, string> {
  const retryable = RETRYABLE[kind];
  if (!retryable || !retries || retries.attempts === 0) return {};
  return {
    [retryable.annotation]: retries.conditions.join(','),
    'retry.linkerd.io/limit': String(retries.attempts),
    ...(retries.perTryTimeout === undefined ? {} : { 'retry.linkerd.io/timeout': oneUnit(retries.perTryTimeout) }),
  };
}

function check(report: Report, rule: Rule, kind: RouteKind): void {
  const retries = rule.action.kind === 'forward' ? rule.action.retries : undefined;
  const retryable = RETRYABLE[kind];
  if (!retryable || !retries) return;
  const place = placeOf(rule, 'retries');
  if (retries.backoff !== undefined) {
    report.add('capability-missing', `${place}.backoff`, 'Linkerd waits 25 to 250 ms between two attempts, and that cannot be changed', 'leave it out');
  }
  if (retries.perTryTimeout !== undefined) {
    report.warn('attempt-unlimited', `${place}.perTryTimeout`, 'Linkerd does not limit the last attempt by it', 'limit the whole request with `timeout`, and accept this');
  }
  const unknown = retries.conditions.filter((condition) => !retryable.knows(condition));
  if (unknown.length === 0) return;
  const nearest = [...new Set(unknown.map((condition) => retryable.nearest[condition]).filter((condition) => condition !== undefined))];
  report.add('capability-missing', `${place}.retryOn`, `on ${kind}s Linkerd retries on ${retryable.words}, not on ${listed(unknown)}`,
    nearest.length > 0 ? `use \`retryOn: [${nearest.map((condition) => `'${condition}'`).join(', ')}]\`` : 'name one of those');
}
