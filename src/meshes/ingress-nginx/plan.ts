import { Canary, fit, Fitted } from './canary';
import { Decision, decisionAt, servicesOf } from './decision';
import { Refusal } from './refusal';
import { exposedRules } from '../../model/exposed-rules';
import { listed } from '../../model/nearest';
import { Exposure, PathMatch, Port, RoutingModel, Rule } from '../../model/routing-model';
import { placeOf } from '../../model/validate/place';
import { locations } from '../plain-ingress/locations';

/** A path of the primary Ingress. */
export interface PlannedPath {
  readonly path: PathMatch;
  readonly rule: Rule;
  /** The Service that the primary Ingress sends to. */
  readonly service: string;
  readonly canary?: Canary;
}

export interface ExposurePlan {
  readonly port?: Port;
  readonly paths: readonly PlannedPath[];
  readonly refusals: readonly Refusal[];
}

/** What an exposure comes to: an Ingress with these paths, and one with those that have a canary. */
export function planExposure(model: RoutingModel, exposure: Exposure): ExposurePlan {
  const exposed = exposedRules(model, exposure);
  const decisions = locations(exposed?.rules ?? []).map((location) => decisionAt(model, location)).filter((decision) => decision !== undefined);
  const waiting = waitingCanary(model, decisions);
  const planned = decisions.map((decision) => planPath(model, decision, waiting));
  return { port: exposed?.port, paths: planned.flatMap(({ path }) => path ?? []), refusals: planned.flatMap(({ refusals }) => refusals) };
}

interface Planned {
  readonly path?: PlannedPath;
  readonly refusals: readonly Refusal[];
}

function planPath(model: RoutingModel, decision: Decision, waiting: readonly string[]): Planned {
  const services = waiting.length > 0 ? waiting : servicesOf(model, decision);
  const { path, rule } = decision;
  if (services.length > 2) return { refusals: [...decision.refusals, tooMany(decision, services)] };
  if (services.length === 1) return { path: { path, rule, service: services[0] }, refusals: decision.refusals };
  const { plan, refusals } = bestFit(model, decision, services);
  return { path: { path, rule, service: plan.stable, canary: plan }, refusals: [...decision.refusals, ...refusals] };
}

/** The first version is the stable one, unless it has no pods or the rules can be kept the other way round alone. */
function bestFit(model: RoutingModel, decision: Decision, [first, second]: readonly string[]): Fitted {
  const ways = [[first, second], [second, first]].filter(([stable]) => hasPods(model, stable));
  const fits = ways.map(([stable, canary]) => fit(decision, stable, canary));
  return fits.find(({ refusals }) => refusals.length === 0) ?? fits[0] ?? fit(decision, first, second);
}

/** Without pods of the primary Service, nginx answers 503 before it thinks of a canary. */
function hasPods({ versions }: RoutingModel, service: string): boolean {
  return versions.find(({ leaf }) => leaf === service)?.replicas !== 0;
}

/**
 * Where one of two versions gets everything, the other stays its canary with the weight that makes it so: from one stage to the next nothing
 * changes but a weight. Not where somebody else changes the weights: that one makes the canary.
 */
function waitingCanary(model: RoutingModel, decisions: readonly Decision[]): string[] {
  const used = new Set(decisions.flatMap((decision) => servicesOf(model, decision)));
  const leaves = model.versions.map(({ leaf }) => leaf);
  if (model.rules.some(({ action }) => action.kind === 'forward' && action.split.kind === 'weights' && action.split.managed)) return [];
  const alone = used.size === 1 && !used.has(model.root.name) && leaves.some((leaf) => used.has(leaf));
  return alone && leaves.length === 2 && hasPods(model, leaves[0]) ? leaves : [];
}

function tooMany({ path, rule, steps }: Decision, services: readonly string[]): Refusal {
  return {
    code: 'capability-missing',
    place: steps.length > 0 ? 'routes' : placeOf(rule, 'weights'),
    message: `ingress-nginx knows one canary beside a stable version, and the requests of the path "${path.value}" go to ${listed(services)}`,
    remedy: 'share them between two versions, or use a gateway that knows more',
  };
}
