import { closing, destinations, RouteContext } from './backends';
import { ruleFilters } from './filters';
import { EVERYTHING, grpcMatch, HttpMatch, httpMatch } from './http-match';
import { Route } from './routes';
import { Action, TableRule } from '../../../evaluation/route-table';
import { Field } from '../../../manifests/field';

/** One match of a rule, which competes with all others on its parent. */
export interface RouteRule {
  readonly route: Route;
  readonly match: HttpMatch;
  readonly rule: TableRule;
  /** Rules of other groups do not compete with it. */
  readonly group?: string;
}

/** Rules of an HTTPRoute or a GRPCRoute, in the order in which they are written. A rule without matches takes everything. */
export function routeRules(context: RouteContext): RouteRule[] {
  const { route, implementation } = context;
  const read = route.kind === 'GRPCRoute' ? grpcMatch : httpMatch;
  return rulesOf(route).flatMap((rule) => {
    const made = actionOf(rule, context);
    const matches = rule.at('matches').items();
    return (matches.length > 0 ? matches : [undefined]).map((written) => {
      const match = written ? read(written, implementation.covers) : withoutMatches(route);
      const place = (written ?? rule).place.replace(/^spec\./, '');
      return { route, match, rule: { object: route.object, place, name: rule.at('name').text(), conditions: match.conditions, ...made } };
    });
  });
}

/** The CRD writes the prefix `/` into rules of HTTPRoutes. */
function withoutMatches({ kind }: Route): HttpMatch {
  return kind === 'HTTPRoute' ? { ...EVERYTHING, path: { kind: 'prefix', value: '/' } } : EVERYTHING;
}

/** A route without rules has one that takes everything, and no backends. */
function rulesOf({ object }: Route): Field[] {
  const rules = object.spec.at('rules');
  return rules.exists ? rules.items() : [new Field({}, 'spec', [])];
}

function actionOf(rule: Field, context: RouteContext): Pick<TableRule, 'action' | 'doubts'> {
  const { filters, redirect, doubts } = ruleFilters(rule, context);
  if (redirect) return { action: { ...redirect, filters }, doubts };
  return { action: { ...backendAction(rule, context, false), filters }, doubts };
}

function backendAction(rule: Field, context: RouteContext, stream: boolean): Action {
  const { implementation: { backends }, cluster, parent } = context;
  const written = destinations(rule, context);
  if (written.length === 0 && backends.missing === 'parent' && parent) {
    return backends.split([{ weight: 1, to: { kind: 'pods', ...parent } }], stream, cluster);
  }
  return backends.split(stream ? written.map(closing) : written, stream, cluster);
}

/** The rule of a TCPRoute or a TLSRoute: there is only one. */
export function streamRules(context: RouteContext): TableRule[] {
  const { route } = context;
  return rulesOf(route).map((rule) => ({
    object: route.object,
    place: rule.place.replace(/^spec\./, ''),
    name: rule.at('name').text(),
    conditions: [],
    action: backendAction(rule, context, true),
  }));
}
