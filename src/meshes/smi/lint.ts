import { accountsShown } from '../../lint/accounts';
import { LintProblem, LintRule } from '../../lint/lint-rule';
import { Cluster } from '../../manifests/cluster';
import { Field } from '../../manifests/field';
import { groupedBy } from '../../manifests/grouped';
import { KubeObject } from '../../manifests/kube-object';

type Found = Omit<LintProblem, 'object'>;

/** A rule that looks at one TrafficTarget at a time. Up to v1alpha1 everything stands at the top. */
function ofTrafficTargets(rule: Omit<LintRule, 'check'>, look: (top: Field, cluster: Cluster, object: KubeObject) => Iterable<Found>): LintRule {
  return {
    ...rule,
    *check({ evaluator: { cluster } }) {
      for (const object of cluster.ofKind('access.smi-spec.io', 'TrafficTarget')) {
        for (const found of look(object.spec.exists ? object.spec : object.root, cluster, object)) yield { object, ...found };
      }
    },
  };
}

/** @see https://github.com/openservicemesh/osm/blob/v1.2.4/pkg/catalog/inbound_traffic_policies.go */
const TRAFFIC_TARGET_WITHOUT_MATCHES = ofTrafficTargets({ code: 'traffic-target-without-matches', severity: 'warning' }, function* (top) {
  for (const rule of [...top.at('rules').items(), ...top.at('specs').items()]) {
    if (rule.at('kind').text() !== 'HTTPRouteGroup' || rule.at('matches').items().length > 0) continue;
    yield {
      place: rule.place,
      message: 'it names no match of the group: by the specification all of them are meant, and Open Service Mesh lets nothing in',
      remedy: 'list the matches',
    };
  }
});

const TRAFFIC_TARGET_ACCOUNT_MISSING = ofTrafficTargets({ code: 'traffic-target-account-missing', severity: 'warning' }, function* (top, cluster, object) {
  for (const account of [top.at('destination'), ...top.at('sources').items()]) {
    const namespace = account.at('namespace').text() ?? object.namespace;
    const name = account.at('name').text() ?? '';
    const shown = account.exists ? accountsShown(cluster, namespace) : undefined;
    if (!shown || shown.has(name)) continue;
    yield {
      place: account.place,
      message: `there is no account "${name}" in namespace "${namespace}", but ${[...shown].join(', ')}`,
      remedy: 'name the account under which the pods run, or add it',
    };
  }
});

/** The specification leaves open which of them counts. */
const ROOT_SPLIT_TWICE: LintRule = {
  code: 'root-split-twice',
  severity: 'error',
  *check({ evaluator: { cluster } }) {
    const splits = cluster.ofKind('split.smi-spec.io', 'TrafficSplit');
    for (const same of groupedBy(splits, ({ namespace, spec }) => `${namespace}/${(spec.at('service').text() ?? '').split('.')[0]}`).values()) {
      for (const object of same.slice(1)) {
        // Those for some requests only may stand beside each other.
        if (object.spec.at('matches').items().length > 0) continue;
        yield {
          object,
          place: 'spec.service',
          message: `${same[0].title} splits "${object.spec.at('service').text() ?? ''}" too: only one of them counts, and which one is chance`,
          remedy: 'put all backends into one TrafficSplit',
        };
      }
    }
  },
};

export const SMI_RULES: readonly LintRule[] = [ROOT_SPLIT_TWICE, TRAFFIC_TARGET_ACCOUNT_MISSING, TRAFFIC_TARGET_WITHOUT_MATCHES];
