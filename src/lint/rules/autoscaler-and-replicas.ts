import { LintRule } from '../lint-rule';

/** Each apply would set the number back to what the manifest says. */
export const AUTOSCALER_AND_REPLICAS: LintRule = {
  code: 'autoscaler-and-replicas',
  severity: 'warning',
  *check({ evaluator: { cluster } }) {
    for (const scaler of cluster.ofKind('autoscaling', 'HorizontalPodAutoscaler')) {
      const target = scaler.spec.at('scaleTargetRef');
      const [group] = (target.at('apiVersion').text() ?? 'apps/v1').split('/');
      const object = cluster.find(group, target.at('kind').text() ?? '', scaler.namespace, target.at('name').text() ?? '');
      const replicas = object?.spec.at('replicas').integer();
      if (object && replicas !== undefined) {
        yield {
          object,
          place: 'spec.replicas',
          message: `${scaler.title} decides the number of pods, and each apply would set it back to ${replicas}`,
          remedy: 'leave `replicas` out of the manifest',
        };
      }
    }
  },
};
