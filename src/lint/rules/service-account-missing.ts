import { LintRule } from '../lint-rule';

/** Where some accounts of a namespace stand in the manifests, all are taken to. Without its account no pod is made. */
export const SERVICE_ACCOUNT_MISSING: LintRule = {
  code: 'service-account-missing',
  severity: 'warning',
  *check({ evaluator: { cluster } }) {
    const accounts = cluster.ofKind('', 'ServiceAccount');
    const namespaces = new Set(accounts.map(({ namespace }) => namespace));
    for (const { object, namespace, serviceAccount } of cluster.workloads) {
      if (serviceAccount === 'default' || !namespaces.has(namespace) || cluster.find('', 'ServiceAccount', namespace, serviceAccount)) continue;
      yield {
        object,
        place: 'spec.template.spec.serviceAccountName',
        message: `there is no ServiceAccount "${serviceAccount}" in namespace "${namespace}"`,
        remedy: `add it, or use one of ${accounts.filter((account) => account.namespace === namespace).map(({ name }) => `"${name}"`).join(', ')}`,
      };
    }
  },
};
