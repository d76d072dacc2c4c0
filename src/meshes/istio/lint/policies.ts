import { accountsShown } from '../../../lint/accounts';
import { LintRule } from '../../../lint/lint-rule';
import { Cluster } from '../../../manifests/cluster';
import { Field } from '../../../manifests/field';
import { NETWORKING, SECURITY } from '../read/config';
import { ROOT_NAMESPACE } from '../read/destination-rules';

/** @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source */
const POLICY_SOURCE_UNKNOWN: LintRule = {
  code: 'policy-source-unknown',
  severity: 'warning',
  like: ['IST0101', 'KIA0101', 'KIA0106'],
  *check({ evaluator: { cluster } }) {
    const namespaces = new Set(cluster.objects.flatMap(({ kind, name, namespace }) => (kind === 'Namespace' ? [name] : [namespace])));
    for (const object of cluster.ofKind(SECURITY, 'AuthorizationPolicy')) {
      for (const source of object.spec.at('rules').items().flatMap((rule) => rule.at('from').items()).map((from) => from.at('source'))) {
        for (const field of [...valuesOf(source, 'principals'), ...valuesOf(source, 'notPrincipals')]) {
          const message = missingAccount(cluster, field.text() ?? '');
          if (message) yield { object, place: field.place, message, remedy: 'name the account under which the client runs, or add it' };
        }
        // Without any Namespace among the manifests nobody knows which there are.
        for (const field of cluster.ofKind('', 'Namespace').length === 0 ? [] : [...valuesOf(source, 'namespaces'), ...valuesOf(source, 'notNamespaces')]) {
          const name = field.text() ?? '';
          if ([...namespaces].some((one) => fits(name, one))) continue;
          yield { object, place: field.place, message: `there is no namespace "${name}"`, remedy: 'name the namespace of the clients, or add it' };
        }
      }
    }
  },
};

/** An asterisk stands at the beginning, at the end, or alone. */
function fits(pattern: string, namespace: string): boolean {
  if (pattern.endsWith('*')) return namespace.startsWith(pattern.slice(0, -1));
  return pattern.startsWith('*') ? namespace.endsWith(pattern.slice(1)) : namespace === pattern;
}

function valuesOf(source: Field, key: string): Field[] {
  return source.at(key).items();
}

function missingAccount(cluster: Cluster, principal: string): string | undefined {
  const [, namespace, account] = /^[^*]+\/ns\/([^/*]+)\/sa\/([^/*]+)$/.exec(principal) ?? [];
  const shown = namespace === undefined ? undefined : accountsShown(cluster, namespace);
  if (!shown || shown.has(account)) return undefined;
  return `there is no account "${account}" in namespace "${namespace}", but ${[...shown].join(', ')}`;
}

/** Kinds that name pods by labels, and where. */
const SELECTING: readonly [group: string, kind: string, selector: string, labels: string][] = [
  [SECURITY, 'AuthorizationPolicy', 'selector', 'matchLabels'],
  [SECURITY, 'PeerAuthentication', 'selector', 'matchLabels'],
  [SECURITY, 'RequestAuthentication', 'selector', 'matchLabels'],
  [NETWORKING, 'Sidecar', 'workloadSelector', 'labels'],
];

/** Of Istio's own namespace they are for all. Without workloads in the namespace nothing is known about its pods. */
const POLICY_WITHOUT_PODS: LintRule = {
  code: 'policy-without-pods',
  severity: 'warning',
  like: ['IST0127', 'KIA0004'],
  *check({ evaluator: { cluster } }) {
    for (const [group, kind, selector, key] of SELECTING) {
      for (const object of cluster.ofKind(group, kind)) {
        const field = object.spec.at(selector).at(key);
        const labels = field.textMap();
        if (Object.keys(labels).length === 0 || object.namespace === ROOT_NAMESPACE || cluster.selected(object.namespace, {}).length === 0) continue;
        if (cluster.selected(object.namespace, labels).length > 0) continue;
        yield {
          object,
          place: field.place,
          message: `no pod in namespace "${object.namespace}" carries ${Object.entries(labels).map((label) => label.join('=')).join(',')}: it has no effect`,
          remedy: 'make the labels those of a pod template in the same namespace',
        };
      }
    }
  },
};

export const POLICY_RULES: readonly LintRule[] = [POLICY_SOURCE_UNKNOWN, POLICY_WITHOUT_PODS];
