import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { DisruptionBudget, Version } from '../model/routing-model';

export interface DisruptionBudgetObject {
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly version: Version;
  readonly budget: DisruptionBudget;
  readonly selector: Record<string, string>;
}

/** What keeps enough pods of one version when nodes are emptied. */
export function renderDisruptionBudget(scope: Construct, id: string, { namespace, labels, version, budget, selector }: DisruptionBudgetObject): void {
  new ApiObject(scope, id, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: version.deployment, namespace, labels },
    spec: { [budget.field]: budget.value, selector: { matchLabels: selector } },
  });
}
