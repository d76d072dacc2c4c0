import { exportRefusal, first, isDomain, isLabel, typeRefusal } from './refusal-parts';
import { KubeObject } from '../../../manifests/kube-object';

/**
 * Why a DestinationRule would not be taken in, as far as it changes where requests go.
 * @see https://github.com/istio/istio/blob/release-1.31/pkg/config/validation/validation.go (ValidateDestinationRule)
 */
export function destinationRuleRefusal(object: KubeObject): string | undefined {
  const host = object.spec.at('host').text() ?? '';
  if (!isDomain(host)) return `spec.host is no host: "${host}"`;
  const names = new Set<string>();
  const subsets = first(object.spec.at('subsets').items(), (subset) => {
    const name = subset.at('name').text() ?? '';
    if (!isLabel(name)) return `${subset.place}.name is no name: "${name}"`;
    if (names.has(name)) return `spec.subsets has "${name}" twice`;
    names.add(name);
    subset.at('labels').textMap();
    return undefined;
  });
  return subsets ?? exportRefusal(object) ?? typeRefusal(object);
}
