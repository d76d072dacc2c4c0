import { backed } from './backend';
import { IngressClass } from './classes';
import { IngressController } from './gateways';
import { hostsFor } from './hosts';
import { Backend, Ingress, IngressPath } from './ingress';
import { comparePaths, dependsOnController, pathConditions } from './paths';
import { holds } from '../../../evaluation/condition';
import { Request } from '../../../evaluation/request';
import { Action, TableRule } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { groupedBy } from '../../../manifests/grouped';
import { perCluster } from '../../../manifests/per-cluster';

/**
 * A controller that keeps to what is written about Ingresses: the host first, then the path. All Ingresses of a class are one, whatever their
 * namespace, and certificates change nothing about where requests go.
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export const ANY_CONTROLLER: IngressController = {
  name: 'ingress',
  takes: () => true,
  tableFor(cluster, ingresses, request) {
    const rules = hosts(cluster)(ingresses);
    const names = hostsFor(request.host).filter((name) => rules.has(name));
    const here = names.length > 0 ? rules.get(names[0])! : [];
    const fallback = defaultAction(cluster, ingresses);
    return {
      rules: here.map(({ rule }) => rule),
      otherwise: fallback.action,
      doubts: [...pathDoubts(here, names.slice(1).flatMap((name) => rules.get(name)!), request), ...fallback.doubts],
    };
  },
};

/** A path of an Ingress, and the rule that it is. */
interface Placed {
  readonly path: IngressPath;
  readonly ingress: Ingress;
  readonly rule: TableRule;
}

/** Paths by the host that they are for, in the order in which they are tried; made once for a class. */
const hosts = perCluster((cluster) => {
  const made = new Map<IngressClass, Map<string, readonly Placed[]>>();
  return (one: IngressClass): ReadonlyMap<string, readonly Placed[]> => {
    let found = made.get(one);
    if (!found) made.set(one, found = placedByHost(cluster, one));
    return found;
  };
});

function placedByHost(cluster: Cluster, { ingresses }: IngressClass): Map<string, readonly Placed[]> {
  const found = ingresses.flatMap((ingress) => ingress.rules.flatMap(({ host, paths }) =>
    paths.map((path) => ({ host, placed: { path, ingress, rule: ruleOf(cluster, ingress, path) } }))));
  const groups = groupedBy(found, ({ host }) => host);
  return new Map([...groups].map(([host, here]) => [host, here.map(({ placed }) => placed).sort((a, b) => comparePaths(a.path, b.path))]));
}

function ruleOf(cluster: Cluster, { object }: Ingress, path: IngressPath): TableRule {
  const { action, doubts } = forward(cluster, path.backend, object.namespace);
  return { object, place: path.place, conditions: pathConditions(path), action, doubts };
}

interface Fallback {
  readonly action: Action;
  readonly doubts: readonly string[];
}

function forward(cluster: Cluster, backend: Backend, namespace: string): Fallback {
  const { to, doubt } = backed(cluster, backend, namespace);
  return { action: { kind: 'forward', destinations: [{ weight: 1, to }] }, doubts: doubt === undefined ? [] : [doubt] };
}

/** What no rule of any Ingress takes. The controller's own backend answers 404. */
function defaultAction(cluster: Cluster, { ingresses }: IngressClass): Fallback {
  const [first, ...others] = ingresses.filter(({ defaultBackend }) => defaultBackend !== undefined);
  if (!first) return { action: { kind: 'answer', status: 404, reason: 'no rule takes the request' }, doubts: [] };
  const { action, doubts } = forward(cluster, first.defaultBackend!, first.object.namespace);
  const several = `${[first, ...others].map(({ object }) => object.title).join(' and ')} have default backends: which is taken depends on the controller`;
  return { action, doubts: [...doubts, ...others.length > 0 ? [several] : []] };
}

/** What the decision depends on besides the manifests. */
function pathDoubts(here: readonly Placed[], broader: readonly Placed[], request: Request): string[] {
  const takers = here.filter((one) => takes(one, request));
  const [winner, ...others] = takers;
  const rival = winner && others.find((other) => isRival(winner, other));
  const open = here.filter(({ path }) => dependsOnController(path, request.path));
  const behind = winner ? undefined : broader.find((one) => takes(one, request));
  return [
    ...rival ? [`${titles([winner, rival])} both have the path "${winner.path.path}": the older one decides, and their age is not known`] : [],
    ...open.map(({ ingress, path }) => `what the path "${path.path}" of ${ingress.object.title} takes is left to the controller: whole elements are assumed`),
    ...behind ? [`${behind.ingress.object.title} takes the request for a broader host: some controllers go on to it where no path of the narrower one fits`] : [],
  ];
}

function titles(placed: readonly Placed[]): string {
  return placed.map(({ ingress }) => ingress.object.title).join(' and ');
}

function takes({ rule }: Placed, request: Request): boolean {
  return rule.conditions.every((condition) => holds(condition, request));
}

function isRival(winner: Placed, other: Placed): boolean {
  const [a, b] = [winner.ingress.object, other.ingress.object];
  const equal = a !== b && comparePaths(winner.path, other.path) === 0;
  const differ = JSON.stringify(winner.path.backend) !== JSON.stringify(other.path.backend);
  return equal && differ && (a.created === undefined || b.created === undefined);
}
