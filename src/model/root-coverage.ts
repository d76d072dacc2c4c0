import { nameProblem } from './names';
import { RoutingModel, Version } from './routing-model';
import { selects } from './selector';

/**
 * Versions whose pods the root Service does not select, for meshes that need it to. Broken selectors, and pods that lack the identity of
 * their version, are other findings already.
 */
export function versionsLeftOut({ root, app, versions }: RoutingModel): Version[] {
  const labels = Object.entries(root.selector);
  if (labels.length === 0 || labels.some(([key, value]) => nameProblem(key, 'label-key') ?? nameProblem(value, 'label-value'))) return [];
  return versions.filter(({ podLabels }) => podLabels[app.key] === app.value && !selects({ labels: root.selector, expressions: [] }, podLabels));
}
