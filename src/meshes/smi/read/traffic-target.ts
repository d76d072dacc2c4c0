import { GroupMatch, groupMatches, tcpPorts } from './route-groups';
import { Cluster } from '../../../manifests/cluster';
import { Field } from '../../../manifests/field';
import { groupedBy } from '../../../manifests/grouped';
import { KubeObject } from '../../../manifests/kube-object';
import { perCluster } from '../../../manifests/per-cluster';

/**
 * Who may call the pods of an account, and for what.
 * @see https://github.com/servicemeshinterface/smi-spec/tree/main/apis/traffic-access
 */
export interface TrafficTarget {
  readonly object: KubeObject;
  /** Accounts as `namespace/name`. */
  readonly destination: string;
  readonly sources: readonly string[];
  readonly matches: readonly GroupMatch[];
  /** Whether it has rules for HTTP at all. */
  readonly http: boolean;
  /** Ports that a TCPRoute narrows it to; absent: all. */
  readonly ports?: readonly number[];
}

const GROUP = 'access.smi-spec.io';

/** What a TrafficTarget that says little means. */
export interface TargetWays {
  /** Whether one that names no matches of a group means all of them. */
  readonly matchesImplied: boolean;
  /** Whether kinds of rules that are not known make it void. */
  readonly knownRulesOnly: boolean;
}

/** TrafficTargets by the account of the pods, `namespace/name`. */
export function trafficTargets({ matchesImplied, knownRulesOnly }: TargetWays) {
  const byDestination = perCluster((cluster) => {
    const targets = cluster.ofKind(GROUP, 'TrafficTarget').map((object) => read(cluster, object));
    return groupedBy(targets.filter((target) => target !== undefined), ({ destination }) => destination);
  });
  return (cluster: Cluster, account: string): readonly TrafficTarget[] => byDestination(cluster).get(account) ?? [];

  function read(cluster: Cluster, object: KubeObject): TrafficTarget | undefined {
    // Up to v1alpha1 everything stands at the top, and rules are called specs.
    const top = object.spec.exists ? object.spec : object.root;
    const rules = [...top.at('rules').items(), ...top.at('specs').items()];
    const of = (kind: string) => rules.filter((rule) => rule.at('kind').text() === kind);
    const [http, tcp] = [of('HTTPRouteGroup'), of('TCPRoute')];
    if (knownRulesOnly && http.length + tcp.length < rules.length) return undefined;
    const ports = tcp.flatMap((rule) => tcpPorts(cluster, object.namespace, rule.at('name').text() ?? '') ?? []);
    return {
      object,
      destination: accountOf(top.at('destination'), object),
      sources: top.at('sources').items().map((source) => accountOf(source, object)),
      matches: http.flatMap((rule) => named(rule, groupMatches(cluster, object.namespace, rule.at('name').text() ?? ''))),
      http: http.length > 0,
      ports: ports.length > 0 ? ports : undefined,
    };
  }

  function named(rule: Field, matches: readonly GroupMatch[]): readonly GroupMatch[] {
    const names = rule.at('matches').texts();
    return names.length === 0 && matchesImplied ? matches : matches.filter(({ name }) => names.includes(name));
  }
}

function accountOf(reference: Field, { namespace }: KubeObject): string {
  return `${reference.at('namespace').text() ?? namespace}/${reference.at('name').text() ?? ''}`;
}
