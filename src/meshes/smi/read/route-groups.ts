import { Condition } from '../../../evaluation/condition';
import { Cluster } from '../../../manifests/cluster';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';

export const SPECS = 'specs.smi-spec.io';

/** One match of an HTTPRouteGroup; the conditions all have to hold, and one of the methods. */
export interface GroupMatch {
  readonly name: string;
  readonly place: string;
  readonly group: KubeObject;
  /** One alternative for each method. */
  readonly alternatives: readonly (readonly Condition[])[];
  /** The same for matches that take the same requests by the same words. */
  readonly content: string;
}

/**
 * Matches of an HTTPRouteGroup of any version: up to v1alpha2 they stand at the top.
 * @see https://github.com/servicemeshinterface/smi-spec/tree/main/apis/traffic-specs
 */
export function groupMatches(cluster: Cluster, namespace: string, name: string): GroupMatch[] {
  const group = cluster.find(SPECS, 'HTTPRouteGroup', namespace, name);
  if (!group) return [];
  const matches = group.spec.exists ? group.spec.at('matches') : group.root.at('matches');
  return matches.items().map((match) => {
    const all = alternatives(match);
    return { name: match.at('name').text() ?? '', place: match.place, group, alternatives: all, content: JSON.stringify(all) };
  });
}

const ANY = '.*';

function alternatives(match: Field): Condition[][] {
  const path = match.at('pathRegex').text();
  const common: Condition[] = [
    ...path && path !== ANY ? [{ subject: { of: 'path' }, test: { kind: 'regex', value: path, covers: 'whole' } } as const] : [],
    ...headers(match.at('headers')).map(([name, value]): Condition =>
      ({ subject: name.toLowerCase() === 'host' ? { of: 'host' } : { of: 'header', name: name.toLowerCase() }, test: { kind: 'regex', value, covers: 'whole' } })),
  ];
  const methods = match.at('methods').texts();
  if (methods.length === 0 || methods.includes('*')) return [common];
  return methods.map((method) => [...common, { subject: { of: 'method' }, test: { kind: 'exact', value: method } }]);
}

/** A map by the specification, a list of maps by the CRDs. */
function headers(field: Field): [string, string][] {
  return Array.isArray(field.raw) ? field.items().flatMap((item) => Object.entries(item.textMap())) : Object.entries(field.textMap());
}

/** Ports of a TCPRoute; none: all. */
export function tcpPorts(cluster: Cluster, namespace: string, name: string): readonly number[] | undefined {
  const route = cluster.find(SPECS, 'TCPRoute', namespace, name);
  return route?.spec.at('matches').at('ports').items().map((port) => port.integer()).filter((port) => port !== undefined);
}
