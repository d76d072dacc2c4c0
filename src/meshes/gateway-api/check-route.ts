import { checkLiterals } from './check-literals';
import { checkRetries } from './check-retries';
import { grpcMethod } from './grpc-route';
import { Implementation } from './implementation';
import { RoutePlan } from './route-plan';
import { Report } from '../../model/report';
import { Rule } from '../../model/routing-model';
import { placeOf } from '../../model/validate/place';

/** Limits that all CRDs share. @see https://gateway-api.sigs.k8s.io/reference/spec/#httproutespec */
const MOST = { conditions: 16, filters: 16, hostnames: 16 } as const;

/** A port on which requests come in. */
export interface Entry {
  readonly port: number;
  readonly scheme: 'http' | 'https';
}

/** What a route cannot say although the implementation can do it. */
export function checkRoute(report: Report, plan: RoutePlan, implementation: Implementation, entries: readonly Entry[]): void {
  checkOrder(report, plan, implementation);
  checkLimits(report, plan, implementation);
  for (const rule of plan.rules) {
    checkRule(report, rule, plan, implementation);
    if (plan.kind === 'GRPCRoute') checkGrpc(report, rule, implementation);
    if (plan.kind === 'HTTPRoute') checkTimeout(report, rule, implementation);
    if (plan.kind === 'HTTPRoute' && !implementation.objectSettings) checkRetries(report, rule, implementation);
    if (plan.kind === 'HTTPRoute') checkRedirect(report, rule, entries);
    if (plan.kind === 'HTTPRoute' || plan.kind === 'GRPCRoute') checkLiterals(report, rule, implementation);
  }
}

function checkOrder(report: Report, { conflicts }: RoutePlan, { name, pathRegex }: Implementation): void {
  const refused = (rule: Rule) => !pathRegex && rule.matches.some(({ path }) => path?.kind === 'regex');
  for (const { early, late, apart } of conflicts.filter((conflict) => !refused(conflict.early) && !refused(conflict.late))) {
    if (apart) {
      report.add('order-inexpressible', early.place,
        `${name} reads retries and the like from a whole route object, so that ${early.place} and ${late.place} stand in two, of which the older would decide on requests that both take`,
        'let their conditions exclude each other, or give both the same settings');
      continue;
    }
    const remedy = late.place === 'weights' ? 'choose another implementation' : `declare ${late.place} first`;
    report.add('order-inexpressible', early.place,
      `the Gateway API has no order of rules, and on ${name} some requests that ${early.place} takes first would be taken by ${late.place}`,
      `let their conditions exclude each other, or ${remedy}`);
  }
}

function checkLimits(report: Report, { kind, rules, hostnames }: RoutePlan, { limits }: Implementation): void {
  const limit = (place: string, count: number, what: string, most: number) => {
    if (count > most) report.add('capability-missing', place, `${count} ${what} for one ${kind}, which holds ${most}`, 'declare fewer');
  };
  limit('routes', rules.length, 'rules', limits.rules);
  limit('routes', rules.reduce((sum, { matches }) => sum + matches.length, 0), 'matches', limits.allMatches);
  limit('hosts', kind === 'TLSRoute' ? 0 : hostnames.length, 'hosts', MOST.hostnames);
}

function checkRule(report: Report, rule: Rule, { kind }: RoutePlan, { name, limits, objectSettings }: Implementation): void {
  objectSettings?.check(report, rule, kind);
  if (rule.name !== undefined && !limits.ruleNames) report.add('capability-missing', placeOf(rule, 'name'), `rules of ${name} have no names`, 'drop the `name`');
  const limit = (place: string, count: number, what: string, most: number) => {
    if (count > most) report.add('capability-missing', place, `${count} ${what}, and a rule of a ${kind} holds ${most}`, 'declare fewer');
  };
  limit(placeOf(rule, 'matches'), rule.matches.length, 'matches', limits.matches);
  for (const { headers, queryParams } of rule.matches) {
    limit(placeOf(rule, 'matches'), Math.max(headers.length, queryParams.length), 'conditions of one kind in one match', MOST.conditions);
  }
  if (rule.action.kind === 'redirect') {
    const { statusCode } = rule.action;
    if (limits.redirectCodes.includes(statusCode)) return;
    report.add('capability-missing', placeOf(rule, 'redirect'), `${name} redirects with ${limits.redirectCodes.join(' or ')}, not with ${statusCode}`, 'use one of those');
    return;
  }
  const { split, mirrors } = rule.action;
  const receivers = split.kind === 'weights' ? [...split.weights.values()].filter((weight) => weight > 0) : [];
  limit(placeOf(rule, 'weights'), receivers.length, 'versions with a weight', limits.backendRefs);
  limit(placeOf(rule, 'mirrors'), mirrors.length, 'mirrors', MOST.filters - 3);
  mirrors.forEach(({ percent }, index) => {
    if (percent !== Math.round(percent * 1e6) / 1e6) {
      report.add('mirror-invalid', placeOf(rule, `mirrors[${index}]`), `the share is ${percent}, and a route takes six decimals`, 'round it');
    }
  });
}

/** gRPC calls are told apart by method and headers alone. */
function checkGrpc(report: Report, rule: Rule, { grpcTimeout, objectSettings, features }: Implementation): void {
  const refuse = (place: string, what: string) => report.add('capability-missing', place, `a GRPCRoute has no ${what}`, 'limit the rule to another `port`, or drop it');
  for (const { path, method, queryParams } of rule.matches) {
    const place = placeOf(rule, 'matches');
    if (path && !grpcMethod(path)) refuse(place, `condition for the ${path.kind} path "${path.value}", just "/package.Service/Method"`);
    if (method !== undefined) refuse(place, 'condition on the HTTP method');
    if (queryParams.length > 0) refuse(place, 'condition on query parameters');
  }
  if (rule.action.kind === 'redirect') return refuse(placeOf(rule, 'redirect'), 'redirect');
  if (rule.action.rewrite) refuse(placeOf(rule, 'rewrite'), 'rewrite');
  if (rule.action.timeout !== undefined && !grpcTimeout) refuse(placeOf(rule, 'timeout'), 'timeout');
  if (rule.action.retries && !objectSettings && features.includes('HTTPRouteRetry')) refuse(placeOf(rule, 'retries'), 'retries');
}

function checkTimeout(report: Report, rule: Rule, { name, duration }: Implementation): void {
  if (rule.action.kind === 'redirect' || rule.action.timeout === undefined || duration(rule.action.timeout) !== undefined) return;
  report.add('timeout-invalid', placeOf(rule, 'timeout'), `${name} takes times of one unit and five digits at most, not ${rule.action.timeout} ms`, 'round it');
}

const DEFAULT_PORTS = { http: 80, https: 443 } as const;

/** With a new scheme comes its default port, whatever port the request came in on. @see https://gateway-api.sigs.k8s.io/reference/spec/#httprequestredirectfilter */
function checkRedirect(report: Report, rule: Rule, entries: readonly Entry[]): void {
  const { action } = rule;
  if (action.kind !== 'redirect' || action.scheme === undefined || action.port !== undefined) return;
  const entry = entries.find(({ port, scheme }) => port !== DEFAULT_PORTS[scheme]);
  if (entry) {
    report.add('redirect-invalid', placeOf(rule, 'redirect'), `requests come in on port ${entry.port}, and a route would send them to the default port of ${action.scheme}`,
      'name the `port`');
  }
}
