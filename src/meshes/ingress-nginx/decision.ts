import { Condition, conditionOf, Problem } from './condition';
import { Refusal } from './refusal';
import { PathMatch, RoutingModel, Rule, Split } from '../../model/routing-model';
import { placeOf } from '../../model/validate/place';
import { receivers } from '../plain-ingress/backend';
import { Location } from '../plain-ingress/locations';

/** Requests that go to one Service because of a header or a cookie. */
export interface Step {
  readonly rule: Rule;
  readonly condition: Condition;
  readonly service: string;
}

/** What is decided at a path, by the names of Services. */
export interface Decision {
  readonly path: PathMatch;
  /** In declared order. */
  readonly steps: readonly Step[];
  /** The rule that takes what is left. */
  readonly rule: Rule;
  /** How it shares that out; no weight is 0. */
  readonly shares: ReadonlyMap<string, number>;
  /** What no annotation says, whichever version is the canary. */
  readonly refusals: readonly Refusal[];
}

/** The rules at a path as a canary could keep them; nothing where what is wrong with them is said elsewhere. */
export function decisionAt(model: RoutingModel, { path, rules }: Location): Decision | undefined {
  const rule = rules.find(({ matches }) => matches.length === 0);
  if (rule?.action.kind !== 'forward') return undefined;
  const shares = sharesOf(model, rule.action.split);
  if (shares.size === 0) return undefined;
  const read = rules.filter((one) => one !== rule).map((one) => readRule(model, one));
  return { path, rule, shares, steps: read.flatMap(({ steps }) => steps), refusals: read.flatMap(({ refusals }) => refusals) };
}

/** Names of all Services that get requests, the root first, then in the order of the versions. */
export function servicesOf(model: RoutingModel, { steps, shares }: Decision): string[] {
  const used = new Set([...steps.map(({ service }) => service), ...shares.keys()]);
  const all = new Set([model.root.name, ...model.versions.map(({ leaf }) => leaf)]);
  return [...all].filter((service) => used.has(service));
}

function readRule(model: RoutingModel, rule: Rule): Pick<Decision, 'steps' | 'refusals'> {
  if (rule.action.kind === 'redirect') return { steps: [], refusals: [] };
  const [service, ...others] = sharesOf(model, rule.action.split).keys();
  if (others.length > 0) return { steps: [], refusals: [shared(rule)] };
  const conditions = rule.matches.map(conditionOf).filter((condition) => condition !== undefined);
  return {
    steps: service === undefined ? [] : conditions.filter(isCondition).map((condition) => ({ rule, condition, service })),
    refusals: conditions.filter(isProblem).map((problem) => ({ code: 'capability-missing', place: placeOf(rule, 'matches'), ...problem })),
  };
}

function sharesOf(model: RoutingModel, split: Split): ReadonlyMap<string, number> {
  if (split.kind === 'endpoints') return new Map([[model.root.name, 1]]);
  return new Map(receivers(model, split).map(({ leaf, name }) => [leaf, split.weights.get(name)!]));
}

function shared(rule: Rule): Refusal {
  return {
    code: 'capability-missing',
    place: placeOf(rule, 'weights'),
    message: 'a canary takes all requests that its header or cookie names, not a share of them',
    remedy: 'give one version all the weight',
  };
}

function isCondition(one: Condition | Problem): one is Condition {
  return 'kind' in one;
}

function isProblem(one: Condition | Problem): one is Problem {
  return !isCondition(one);
}
