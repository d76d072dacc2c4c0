import { byAge } from './age';
import { HostIndex } from './host-index';
import { covers, fullName } from './hosts';
import { destinationRuleRefusal } from './refusal-destination-rule';
import { KnownHost } from './registry';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';
import { carries } from '../../../manifests/label-selector';

/** Rules for one host, those of several objects in one. */
export interface DestinationRule {
  readonly objects: readonly KubeObject[];
  /** As it is written; none: all. */
  readonly exportTo: ReadonlySet<string>;
  /** Pods whose calls it is for; absent: all. */
  readonly clients?: Readonly<Record<string, string>>;
  readonly subsets: ReadonlyMap<string, Field>;
  readonly trafficPolicy?: Field;
}

/** Pods that call: DestinationRules differ by who asks. */
export interface Caller {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The namespace of Istio, whose rules are for all. */
export const ROOT_NAMESPACE = 'istio-system';

type ByHost = HostIndex<DestinationRule[]>;

/** @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/model/push_context.go (setDestinationRules, destinationRule) */
export class DestinationRules {
  private readonly local = new Map<string, ByHost>();
  private readonly exported = new Map<string, ByHost>();
  private readonly rootLocal: ByHost = new HostIndex();
  private readonly refused: readonly { readonly host: string; readonly text: string }[];

  public constructor(objects: readonly KubeObject[], clusterDomain: string) {
    const reasons = objects.map((object) => ({ object, reason: destinationRuleRefusal(object) }));
    this.refused = reasons.filter(({ reason }) => reason !== undefined)
      .map(({ object, reason }) => ({ host: hostOf(object, clusterDomain), text: `${object.title} takes no part: Istio refuses it, because ${reason}` }));
    const rules = reasons.filter(({ reason }) => reason === undefined)
      .map(({ object }) => ({ object, rule: destinationRule(object), host: hostOf(object, clusterDomain) }));
    rules.sort((one, other) => Number(!one.rule.clients) - Number(!other.rule.clients) || byAge(one.object, other.object));
    for (const { object, rule, host } of rules) this.add(object.namespace, host, rule);
  }

  /** The rule for a host: of the caller's namespace, else of the host's, else of Istio's. */
  public find(host: KnownHost, caller: Caller): DestinationRule | undefined {
    const own = caller.namespace === ROOT_NAMESPACE ? this.rootLocal : this.local.get(caller.namespace);
    const found = own?.mostSpecific(host.name)
      ?? this.shown(host.namespace, host.name, caller.namespace)
      ?? this.shown(ROOT_NAMESPACE, host.name, caller.namespace);
    return found && chosen(found, caller);
  }

  /** What is said of rules for a host that are refused. */
  public refusals(host: string): string[] {
    return this.refused.filter((one) => covers(one.host, host)).map(({ text }) => text);
  }

  private shown(namespace: string, host: string, client: string): DestinationRule[] | undefined {
    const rules = this.exported.get(namespace)?.mostSpecific(host)
      ?.filter(({ exportTo }) => exportTo.size === 0 || exportTo.has('*') || exportTo.has(client));
    return rules && rules.length > 0 ? rules : undefined;
  }

  private add(namespace: string, host: string, rule: DestinationRule): void {
    const { exportTo } = rule;
    const own = exportTo.has('.') || exportTo.has(namespace);
    if (exportTo.size === 0 || exportTo.has('*') || own) merge(indexOf(this.local, namespace), host, rule);
    const privateOnly = exportTo.size === 1 && own;
    if (!privateOnly) merge(indexOf(this.exported, namespace), host, rule);
    else if (namespace === ROOT_NAMESPACE) merge(this.rootLocal, host, rule);
  }
}

function destinationRule(object: KubeObject): DestinationRule {
  const { spec } = object;
  const selector = spec.at('workloadSelector');
  const trafficPolicy = spec.at('trafficPolicy');
  return {
    objects: [object],
    // What is for some pods of the namespace is shown to no other.
    exportTo: new Set(selector.exists ? ['.'] : spec.at('exportTo').texts()),
    clients: selector.exists ? selector.at('matchLabels').textMap() : undefined,
    subsets: subsetsByName(spec.at('subsets').items()),
    trafficPolicy: trafficPolicy.exists ? trafficPolicy : undefined,
  };
}

function hostOf({ spec, namespace }: KubeObject, clusterDomain: string): string {
  return fullName(spec.at('host').text() ?? '', namespace, clusterDomain);
}

function subsetsByName(subsets: readonly Field[]): Map<string, Field> {
  const found = new Map<string, Field>();
  for (const subset of subsets) {
    const name = subset.at('name').text() ?? '';
    if (!found.has(name)) found.set(name, subset);
  }
  return found;
}

function indexOf(indexes: Map<string, ByHost>, namespace: string): ByHost {
  const index = indexes.get(namespace) ?? new HostIndex<DestinationRule[]>();
  indexes.set(namespace, index);
  return index;
}

/** @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/model/destination_rule.go (mergeDestinationRule) */
function merge(index: ByHost, host: string, rule: DestinationRule): void {
  const rules = index.get(host) ?? [];
  index.set(host, rules);
  let apart = true;
  rules.forEach((earlier, position) => {
    const sameViewers = sameMembers(earlier.exportTo, rule.exportTo);
    const moreViewers = earlier.exportTo.size > 0 && [...earlier.exportTo].every((one) => rule.exportTo.has(one));
    const otherClients = earlier.clients !== undefined && rule.clients !== undefined && !sameLabels(earlier.clients, rule.clients);
    apart = !sameViewers || otherClients;
    if ((!sameViewers && !moreViewers) || otherClients) return;
    if ((earlier.clients === undefined) === (rule.clients === undefined)) apart = false;
    rules[position] = {
      ...earlier,
      objects: [...earlier.objects, ...rule.objects],
      subsets: new Map([...rule.subsets, ...earlier.subsets]),
      trafficPolicy: earlier.trafficPolicy ?? rule.trafficPolicy,
    };
  });
  if (apart) rules.push(rule);
}

function sameMembers(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((member) => other.has(member));
}

function sameLabels(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  return Object.keys(one).length === Object.keys(other).length && carries(one, other);
}

/** Rules for the caller's pods before those for all. @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/model/sidecar.go (DestinationRule) */
function chosen(rules: readonly DestinationRule[], { labels }: Caller): DestinationRule | undefined {
  const own = rules.find(({ clients }) => clients !== undefined && carries(labels, clients));
  return own ?? [...rules].reverse().find(({ clients }) => clients === undefined);
}
