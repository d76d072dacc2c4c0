import { RoutingModel, Version } from './routing-model';
import { selects } from './selector';
import { weightedRule } from './weighted-rule';
import { Fraction, fraction, totalWeight } from './weights';

/** How much more of its traffic than declared a version may get from plain clients before that is worth a word. */
const FAR = 3;

/** What clients without a proxy get of a version: it goes by pods, whatever the weights. */
export interface PlainShare {
  readonly version: string;
  readonly share: Fraction;
  readonly declared: Fraction;
}

/**
 * What clients without a proxy get, if it is far from what is declared: a version with weight 0, or one of several in a share more than three times
 * its own. Every canary with a mesh has fewer weights than pods; just these surprise.
 */
export function plainShares(model: RoutingModel): PlainShare[] {
  const weights = weightedRule(model)?.weights;
  if (!weights) return [];
  const selected = model.versions.filter((version) => isSelected(model, version) && version.replicas > 0);
  const pods = selected.reduce((sum, { replicas }) => sum + replicas, 0);
  const shares = selected.map(({ name, replicas }) => (
    { version: name, share: fraction(replicas, pods), declared: fraction(weights.get(name) ?? 0, totalWeight(weights)) }));
  return shares.some((share) => isFar(share, selected.length)) ? shares : [];
}

function isSelected({ root }: RoutingModel, { podLabels }: Version): boolean {
  return selects({ labels: root.selector, expressions: [] }, podLabels);
}

/** Who selects a single version has chosen it for these clients; without traffic it is the wrong one all the same. */
function isFar({ share, declared }: PlainShare, selected: number): boolean {
  if (declared.numerator === 0) return true;
  return selected > 1 && share.numerator * declared.denominator > FAR * declared.numerator * share.denominator;
}
