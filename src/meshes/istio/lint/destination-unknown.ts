import { destinationsOf } from './destinations-of';
import { LintRule } from '../../../lint/lint-rule';
import { Cluster } from '../../../manifests/cluster';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';
import { configOf, NETWORKING } from '../read/config';
import { target } from '../read/destinations';
import { fullName } from '../read/hosts';

/** What takes part in no table: another object for its host comes first, or its gateway is not there. The others are followed and looked at there. */
export const DESTINATION_UNKNOWN: LintRule = {
  code: 'destination-unknown',
  severity: 'warning',
  like: ['IST0101', 'KIA1101', 'KIA1107'],
  *check({ evaluator: { cluster }, tables }) {
    const followed = new Set(tables.flatMap(({ table }) => table.rules.map(({ object }) => object)));
    for (const object of cluster.ofKind(NETWORKING, 'VirtualService')) {
      for (const destination of followed.has(object) ? [] : destinationsOf(object)) {
        const reason = cluster.services.length > 0 ? whyLost(cluster, destination, object) : missingSubset(cluster, destination, object);
        if (reason === undefined) continue;
        yield { object, place: destination.place, message: reason, remedy: 'name what is there: once the rule counts, its requests are lost' };
      }
    }
  },
};

/** As if it were called on the first port that the host has. */
function whyLost(cluster: Cluster, destination: Field, { namespace }: KubeObject): string | undefined {
  const { registry, destinationRules } = configOf(cluster);
  const host = registry.find(fullName(destination.at('host').text() ?? '', namespace, cluster.clusterDomain), namespace);
  const to = target({
    registry,
    destinationRules,
    caller: { namespace, labels: {} },
    listenPort: host?.ports[0]?.number ?? 80,
    knowsOtherPorts: true,
    lost: 503,
    clusterDomain: cluster.clusterDomain,
  }, destination, namespace);
  return to.kind === 'lost' ? to.reason : undefined;
}

/** Manifests without Services leave them to another repository, but may hold the subsets. */
function missingSubset(cluster: Cluster, destination: Field, { namespace }: KubeObject): string | undefined {
  const name = fullName(destination.at('host').text() ?? '', namespace, cluster.clusterDomain);
  const host = { name, namespace: name.split('.')[1] ?? namespace, ports: [], visibility: new Set(['*']) };
  const rule = configOf(cluster).destinationRules.find(host, { namespace, labels: {} });
  const subset = destination.at('subset').text() ?? '';
  return !rule || subset === '' || rule.subsets.has(subset) ? undefined : `${rule.objects.map(({ title }) => title).join(', ')} has no subset "${subset}"`;
}
