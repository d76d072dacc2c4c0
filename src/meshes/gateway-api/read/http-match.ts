import { Condition, Test } from '../../../evaluation/condition';
import { Field } from '../../../manifests/field';

/** One match of a rule, with what implementations rank it by. */
export interface HttpMatch {
  readonly conditions: readonly Condition[];
  /** `any`: nothing is said about it. */
  readonly path: { readonly kind: 'exact' | 'prefix' | 'regex' | 'any'; readonly value: string };
  readonly method: boolean;
  readonly headers: Counts;
  readonly query: Counts;
  /** What a gRPC match names. */
  readonly grpc?: Called;
}

/** Names, or expressions for them. */
export interface Called {
  readonly service?: string;
  readonly method?: string;
  readonly regex: boolean;
}

interface Counts {
  readonly all: number;
  readonly exact: number;
}

/** How expressions are searched for in a value. */
export type Covers = 'whole' | 'leftmost' | 'part';

/** A rule without matches. */
export const EVERYTHING: HttpMatch = {
  conditions: [], path: { kind: 'any', value: '' }, method: false, headers: { all: 0, exact: 0 }, query: { all: 0, exact: 0 },
};

/** @see https://gateway-api.sigs.k8s.io/reference/spec/#httproutematch */
export function httpMatch(match: Field, covers: Covers): HttpMatch {
  const path = pathOf(match.at('path'));
  const method = match.at('method').text();
  const headers = named(match.at('headers'), 'header', covers);
  const query = named(match.at('queryParams'), 'query', covers);
  return {
    path,
    method: method !== undefined,
    headers: counts(headers),
    query: counts(query),
    conditions: [
      ...pathConditions(path, covers),
      ...method === undefined ? [] : [{ subject: { of: 'method' }, test: { kind: 'exact', value: method } } as const],
      ...headers,
      ...query,
    ],
  };
}

/** The slash at the end of a prefix has no meaning. */
function pathOf(path: Field): HttpMatch['path'] & { readonly unknown?: string } {
  const value = path.at('value').text() ?? '/';
  const type = path.at('type').text() ?? 'PathPrefix';
  switch (type) {
    case 'Exact': return { kind: 'exact', value };
    case 'RegularExpression': return { kind: 'regex', value };
    case 'PathPrefix': return { kind: 'prefix', value: value.replace(/\/+$/, '') || '/' };
    default: return { kind: 'exact', value, unknown: type };
  }
}

function pathConditions(path: HttpMatch['path'] & { readonly unknown?: string }, covers: Covers): Condition[] {
  if (path.kind === 'any' || (path.kind === 'prefix' && path.value === '/')) return [];
  return [{ subject: { of: 'path' }, test: path.unknown === undefined ? pathTest(path, covers) : { kind: 'unknown', value: path.unknown } }];
}

function pathTest({ kind, value }: HttpMatch['path'], covers: Covers): Test {
  switch (kind) {
    case 'exact': return { kind, value };
    case 'prefix': return { kind: 'elements', value };
    case 'regex': return { kind, value, covers };
    case 'any': return { kind: 'prefix', value: '' };
  }
}

/** Of several conditions on one name only the first counts. */
function named(list: Field, of: 'header' | 'query', covers: Covers): Condition[] {
  const found = new Map<string, Condition>();
  for (const item of list.items()) {
    const written = item.at('name').text() ?? '';
    const name = of === 'header' ? written.toLowerCase() : written;
    if (!found.has(name)) found.set(name, { subject: { of, name }, test: valueTest(item, covers) });
  }
  return [...found.values()];
}

function valueTest(item: Field, covers: Covers): Test {
  const value = item.at('value').text() ?? '';
  const type = item.at('type').text() ?? 'Exact';
  switch (type) {
    case 'Exact': return { kind: 'exact', value };
    case 'RegularExpression': return { kind: 'regex', value, covers };
    default: return { kind: 'unknown', value: type };
  }
}

function counts(conditions: readonly Condition[]): Counts {
  return { all: conditions.length, exact: conditions.filter(({ test }) => test.kind === 'exact').length };
}

/** A call goes to the path `/service/method`. @see https://gateway-api.sigs.k8s.io/reference/spec/#grpcroutematch */
export function grpcMatch(match: Field, covers: Covers): HttpMatch {
  const method = match.at('method');
  const grpc = { service: method.at('service').text(), method: method.at('method').text(), regex: method.at('type').text() === 'RegularExpression' };
  const headers = named(match.at('headers'), 'header', covers);
  const path = callPath(grpc);
  return { ...EVERYTHING, path, grpc, headers: counts(headers), conditions: [...pathConditions(path, covers), ...headers] };
}

function callPath({ service, method, regex }: Called): HttpMatch['path'] {
  if (!service && !method) return EVERYTHING.path;
  if (service && method) return { kind: regex ? 'regex' : 'exact', value: `/${service}/${method}` };
  if (method) return { kind: 'regex', value: `/[^/]+/${method}` };
  return regex ? { kind: 'regex', value: `/${service}/.+` } : { kind: 'prefix', value: `/${service}` };
}
