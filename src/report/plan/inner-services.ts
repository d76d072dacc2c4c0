import { requestFor, serviceEntries } from '../../evaluation/entries';
import { Evaluator } from '../../evaluation/evaluator';
import { RouteTable } from '../../evaluation/route-table';
import { Service } from '../../manifests/service';

/**
 * Services that clients do not call by themselves: those that the rules of another Service send to, and those that take a part of another's pods.
 * A leaf may have the same pods as its root at one stage, so that all of them are looked at together.
 *
 * @returns keys of their objects
 */
export function innerServices(evaluators: readonly Evaluator[]): ReadonlySet<string> {
  return new Set(evaluators.flatMap((evaluator) => [...sentTo(evaluator), ...partsOfOthers(evaluator)]).map(({ object }) => object.key));
}

function sentTo(evaluator: Evaluator): Service[] {
  return serviceEntries(evaluator).flatMap((entry) => {
    const { table } = evaluator.tableFor(requestFor(entry));
    return targets(table).filter(({ object }) => object !== entry.objects[0]);
  });
}

function targets({ rules, otherwise }: RouteTable): Service[] {
  const actions = [...rules.map(({ action }) => action), otherwise];
  return actions.flatMap((action) => (action.kind === 'forward' ? action.destinations : [])).flatMap(({ to }) => (to.kind === 'pods' ? [to.service] : []));
}

function partsOfOthers({ cluster }: Evaluator): Service[] {
  const selecting = new Map<string, Service[]>();
  for (const service of cluster.services) {
    for (const { object } of cluster.behind(service)) selecting.set(object.key, [...selecting.get(object.key) ?? [], service]);
  }
  return cluster.services.filter((service) => {
    const own = cluster.behind(service);
    return (selecting.get(own[0]?.object.key) ?? []).some((other) => {
      const pods = cluster.behind(other);
      return own.every((workload) => pods.includes(workload)) && (pods.length > own.length || isNarrower(service, other));
    });
  });
}

/** A service with one version: its leaf has the same pods, by more labels. */
function isNarrower({ selector = {} }: Service, { selector: other = {} }: Service): boolean {
  const [labels, fewer] = [Object.keys(selector), Object.entries(other)];
  return labels.length > fewer.length && fewer.every(([key, value]) => selector[key] === value);
}
