import { LintRule } from '../../../lint/lint-rule';
import { Cluster } from '../../../manifests/cluster';
import { configOf, NETWORKING } from '../read/config';
import { fullName, isWildcard } from '../read/hosts';

function rulesWithHosts(cluster: Cluster) {
  return cluster.ofKind(NETWORKING, 'DestinationRule').map((object) => {
    const host = fullName(object.spec.at('host').text() ?? '', object.namespace, cluster.clusterDomain);
    return { object, host, known: configOf(cluster).registry.reached(host.toLowerCase(), object.namespace) };
  });
}

const DESTINATION_RULE_HOST_MISSING: LintRule = {
  code: 'destination-rule-host-missing',
  severity: 'warning',
  like: ['IST0174', 'KIA0202'],
  *check({ evaluator: { cluster } }) {
    for (const { object, host, known } of rulesWithHosts(cluster)) {
      if (known || host === '' || isWildcard(host)) continue;
      yield {
        object,
        place: 'spec.host',
        message: `no Service or ServiceEntry is called "${host}": nothing uses it`,
        remedy: 'write the full name of a Service, `<name>.<namespace>.svc.cluster.local`, or leave the object out',
      };
    }
  },
};

/** Labels that say where pods run: nodes give them, not templates. */
const OF_NODES = /^topology\.(istio|kubernetes)\.io\//;

const SUBSET_WITHOUT_PODS: LintRule = {
  code: 'subset-without-pods',
  severity: 'warning',
  like: ['IST0173', 'KIA0203'],
  *check({ evaluator: { cluster } }) {
    for (const { object, known } of rulesWithHosts(cluster)) {
      if (!known?.service?.selector) continue;
      const workloads = cluster.behind(known.service);
      for (const subset of object.spec.at('subsets').items()) {
        const labels = Object.entries(subset.at('labels').textMap()).filter(([key]) => !OF_NODES.test(key));
        if (labels.length === 0 || workloads.some((workload) => labels.every(([key, value]) => workload.labels[key] === value))) continue;
        yield {
          object,
          place: subset.at('labels').place,
          message: `no pod of ${known.service.object.title} carries ${labels.map((label) => label.join('=')).join(',')}`,
          remedy: 'make the labels those of a pod template, or remove the subset',
        };
      }
    }
  },
};

export const DESTINATION_RULE_RULES: readonly LintRule[] = [DESTINATION_RULE_HOST_MISSING, SUBSET_WITHOUT_PODS];
