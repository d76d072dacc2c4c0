import { RouteContext } from './backends';
import { ageKnown, compareAges } from './competition';
import { specificity } from './hostnames';
import { streamRules } from './rules';
import { Condition } from '../../../evaluation/condition';
import { RouteTable } from '../../../evaluation/route-table';

const CLOSED = { kind: 'answer', status: 'closed', reason: 'no route takes the connection' } as const;

/** Connections that nobody looks into: the oldest route takes them all. */
export function streamTable(routes: readonly RouteContext[]): RouteTable {
  const ordered = byAge(routes);
  return { rules: ordered.flatMap(streamRules), otherwise: CLOSED, doubts: ageDoubt(ordered) };
}

/** A route of TLS connections and the server names that it takes where it hangs. */
export interface NamedRoute {
  readonly context: RouteContext;
  readonly hostnames: readonly string[];
}

/** Connections by the server name that they ask for: the most specific name decides. */
export function tlsTable(routes: readonly NamedRoute[]): RouteTable {
  const contexts = byAge(routes.map(({ context }) => context));
  const rules = contexts.flatMap((context) => {
    const { hostnames } = routes.find((one) => one.context === context)!;
    return hostnames.flatMap((name) => streamRules(context).map((rule) => ({ name, rule: { ...rule, conditions: serverName(name) } })));
  });
  const sorted = rules.sort((a, b) => specificity(b.name) - specificity(a.name));
  const names = new Set(sorted.map(({ name }) => name));
  return { rules: sorted.map(({ rule }) => rule), otherwise: CLOSED, doubts: names.size < sorted.length ? ageDoubt(contexts) : [] };
}

function serverName(name: string): Condition[] {
  if (name === '*') return [];
  return [{ subject: { of: 'server-name' }, test: name.startsWith('*.') ? { kind: 'suffix', value: name.slice(1) } : { kind: 'exact', value: name } }];
}

function byAge(routes: readonly RouteContext[]): RouteContext[] {
  return [...routes].sort((a, b) => compareAges(a.route, b.route, a.implementation));
}

function ageDoubt([first, second]: readonly RouteContext[]): string[] {
  if (!second || ageKnown(first.route, second.route)) return [];
  return [`${first.route.object.title} and ${second.route.object.title} take the same connections: the older one decides, and their age is not known`];
}
