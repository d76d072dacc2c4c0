import * as kplus from 'cdk8s-plus-28';
import { Selector } from '../model/selector';

/** The selector of a Deployment as it is now. */
export function selectorOf(deployment: kplus.Deployment): Selector {
  const expressions = deployment.matchExpressions.map(({ key, operator, values }) => ({ key, operator, values: values ?? [] }));
  return { labels: { ...deployment.matchLabels }, expressions };
}

/** The labels of its pod template as they are now. */
export function podLabelsOf(deployment: kplus.Deployment): Record<string, string> {
  return (deployment.podMetadata.toJson() as { labels?: Record<string, string> } | undefined)?.labels ?? {};
}
