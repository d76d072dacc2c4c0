import { itself, split } from './backends';
import { ruleFilters } from './filters';
import { compareMatches, Match, matchOf } from './http-match';
import { Call, clientDoubts, Item, itemsFor } from './policies';
import { timing } from './reliability';
import { speaksHttp } from './services';
import { Action, everything, RouteTable, TableRule } from '../../../evaluation/route-table';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';

/**
 * What the proxy of a client makes of the routes for a port of a Service. Those for requests prevail over those for connections; where none of
 * them is left, everything goes to the Service itself.
 * @see https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/meshtcproute/plugin/v1alpha1/listeners_backendrefs.go (getBackendRefs)
 */
export function tableFor(call: Call): RouteTable {
  const http = itemsFor('MeshHTTPRoute', call).filter(({ kind }) => kind === 'MeshService');
  const doubts = [...clientDoubts('MeshHTTPRoute', call), ...clientDoubts('MeshTCPRoute', call)];
  const table = httpTable(http, call);
  if (table) return { ...table, doubts: [...doubts, ...table.doubts] };
  const streams = itemsFor('MeshTCPRoute', call).filter(({ kind }) => kind === 'MeshService');
  const stream = streamTable(streams, call);
  return { ...stream, doubts: [...doubts, ...stream.doubts] };
}

/** A rule as it is after policies were joined: the same matches are one rule, of which each field is the last one's. */
interface Joined {
  readonly policy: KubeObject;
  readonly place: string;
  readonly matches: readonly Field[];
  readonly filters: readonly Field[];
  readonly backendRefs: readonly Field[];
}

/**
 * Rules of the policy that prevails come first, in the order in which they are written.
 * @see https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/core/rules/merge/merge.go (mergeByKey), .../meshhttproute/api/v1alpha1/helpers.go
 */
function joined(items: readonly Item[]): Joined[] {
  const found = new Map<string, Joined>();
  for (const { policy, to } of items) {
    for (const rule of to.at('rules').items().reverse()) {
      const key = JSON.stringify(rule.at('matches').raw ?? []);
      const before = found.get(key);
      const conf = rule.at('default');
      const list = (name: 'filters' | 'backendRefs') => (conf.at(name).exists ? conf.at(name).items() : before?.[name] ?? []);
      found.delete(key);
      found.set(key, { policy, place: rule.place.replace(/^spec\./, ''), matches: rule.at('matches').items(), filters: list('filters'), backendRefs: list('backendRefs') });
    }
  }
  return [...found.values()].reverse();
}

/** @see https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/meshhttproute/plugin/v1alpha1/listeners.go (prepareRoutes, generateFromService) */
function httpTable(items: readonly Item[], call: Call): RouteTable | undefined {
  const rules = joined(items);
  if (rules.length === 0 && (!speaksHttp(call.port) || itemsFor('MeshTCPRoute', call).some(({ kind }) => kind === 'MeshService'))) return undefined;
  const routes = rules.flatMap((rule) => rule.matches.map((match) => ({ rule, match: matchOf(match), place: match.place.replace(/^spec\./, '') })))
    .sort((a, b) => compareMatches(a.match, b.match));
  const made = routes.map(({ rule, match, place }) => tableRule(rule, match, place, call));
  const left = made.map(({ rule }) => rule).filter((rule) => rule !== undefined);
  const hasCatchAll = routes.some(({ match }) => match.isCatchAll) || left.some(({ conditions }) => conditions.length === 0);
  if (left.length === 0 && (hasCatchAll || !speaksHttp(call.port))) return undefined;
  return { rules: left, otherwise: hasCatchAll ? NO_MATCH : fallback(call), doubts: made.flatMap(({ doubts }) => doubts) };
}

const NO_MATCH: Action = { kind: 'answer', status: 404, reason: 'no rule takes the request' };

/** What no rule takes goes to the Service itself. */
function fallback(call: Call): Action {
  return speaksHttp(call.port) ? { kind: 'forward', destinations: [{ weight: 1, to: itself(call, true) }], filters: timing(call) } : NO_MATCH;
}

/** A rule without any backend left is none; a redirect needs one too. */
function tableRule({ policy, filters: written, backendRefs }: Joined, { conditions }: Match, place: string, call: Call) {
  const { destinations, doubts } = split(backendRefs, call, policy.namespace, true);
  if (destinations.length === 0) return { doubts };
  const made = ruleFilters(written, call);
  const filters = { ...made.filters, ...timing(call, policy) };
  const action: Action = made.redirect ? { ...made.redirect, filters: made.filters } : { kind: 'forward', destinations, filters };
  return { rule: { object: policy, place, conditions, action, doubts: [...doubts, ...made.doubts] } satisfies TableRule, doubts: [] };
}

/** Of several policies the one that prevails decides, by its first rule. */
function streamTable(items: readonly Item[], call: Call): RouteTable {
  const last = items[items.length - 1];
  const [rule] = last?.to.at('rules').items() ?? [];
  if (!rule) return everything({ kind: 'forward', destinations: [{ weight: 1, to: itself(call, false) }] });
  const { destinations, doubts } = split(rule.at('default').at('backendRefs').items(), call, last.policy.namespace, false);
  if (destinations.length === 0) return everything({ kind: 'answer', status: 'closed', reason: `no backend of ${last.policy.title} is there` }, doubts);
  const action: Action = { kind: 'forward', destinations };
  return { rules: [{ object: last.policy, place: rule.place.replace(/^spec\./, ''), conditions: [], action, doubts }], otherwise: NO_MATCH, doubts: [] };
}
