import { Action, Filters, RouteTable } from '../../../evaluation/route-table';
import { Service } from '../../../manifests/service';
import { milliseconds } from '../../gateway-api/read/duration';

type Annotations = Readonly<Record<string, string>>;

/**
 * Timeouts and retries of annotations: those of the route, or else those of the Service.
 * @see https://linkerd.io/2/reference/retries/ and https://linkerd.io/2/reference/timeouts/
 */
export function annotated(table: RouteTable, { object: service }: Service): RouteTable {
  return {
    ...table,
    rules: table.rules.map((rule) => {
      const own = rule.object?.annotations ?? {};
      return { ...rule, action: withTiming(rule.action, has(own) ? own : service.annotations) };
    }),
    otherwise: withTiming(table.otherwise, service.annotations),
  };
}

function has(annotations: Annotations): boolean {
  return Object.keys(annotations).some((key) => key.startsWith('retry.linkerd.io/') || key.startsWith('timeout.linkerd.io/'));
}

function withTiming(action: Action, annotations: Annotations): Action {
  if (action.kind !== 'forward') return action;
  const filters: Filters = { ...action.filters };
  const timeout = milliseconds(annotations['timeout.linkerd.io/request']);
  const on = annotations['retry.linkerd.io/http'] ?? annotations['retry.linkerd.io/grpc'];
  return {
    ...action,
    filters: {
      ...filters,
      ...timeout === undefined ? {} : { timeoutMilliseconds: timeout || undefined },
      ...on === undefined ? {} : { retries: { attempts: limit(annotations), on, perTryMilliseconds: milliseconds(annotations['retry.linkerd.io/timeout']) } },
    },
  };
}

function limit(annotations: Annotations): number {
  const written = annotations['retry.linkerd.io/limit'] ?? '1';
  return /^[0-9]+$/.test(written) ? Number(written) : 1;
}
