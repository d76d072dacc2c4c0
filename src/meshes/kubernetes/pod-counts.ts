import { apportion, fraction, shares, totalWeight } from '../../model/weights';

/** What one cluster holds. @see https://kubernetes.io/docs/setup/best-practices/cluster-large/ */
export const MAX_PODS = 150_000;

/** Percentage points are compared as whole numbers of millionths. */
const MILLIONTHS = 1_000_000;

/**
 * Pods of each version, `total` in all: the whole numbers nearest to the weights. A version with a weight above 0 has one at least, taken from
 * the version that is furthest above its share. Needs a total that is enough for that.
 */
export function podCounts(weights: ReadonlyMap<string, number>, total: number): Map<string, number> {
  const counts = apportion(weights, total);
  for (const version of roundedAway(weights, total)) {
    const giver = furthestAbove(counts, weights, total);
    counts.set(giver, counts.get(giver)! - 1).set(version, 1);
  }
  return counts;
}

/** Versions with a weight above 0 that rounding leaves without a pod. */
export function roundedAway(weights: ReadonlyMap<string, number>, total: number): string[] {
  const counts = apportion(weights, total);
  return weighted(weights).filter((version) => counts.get(version) === 0);
}

/** The versions that get traffic. */
export function weighted(weights: ReadonlyMap<string, number>): string[] {
  return [...shares(weights).keys()];
}

/** The fewest pods that make the weights exactly. */
export function exactTotal(weights: ReadonlyMap<string, number>): number {
  return [...shares(weights).values()].reduce((total, { denominator }) => fraction(total, denominator).numerator * denominator, 1);
}

/** The fewest pods whose shares are all within so many percentage points of the weights, or nothing if a cluster cannot hold them. */
export function smallestTotal(weights: ReadonlyMap<string, number>, percent: number): number | undefined {
  const most = Math.min(exactTotal(weights), MAX_PODS);
  for (let total = weighted(weights).length; total <= most; total++) {
    if (isWithin(percent, podCounts(weights, total), weights)) return total;
  }
  return undefined;
}

/** Shares are fractions: multiplied out, nothing is lost to rounding. */
function isWithin(percent: number, counts: ReadonlyMap<string, number>, weights: ReadonlyMap<string, number>): boolean {
  const pods = totalWeight(counts);
  const sum = totalWeight(weights);
  const allowed = BigInt(Math.round(percent * MILLIONTHS)) * BigInt(pods) * BigInt(sum);
  return [...counts].every(([version, count]) => BigInt(Math.abs(count * sum - weights.get(version)! * pods)) * BigInt(100 * MILLIONTHS) <= allowed);
}

function furthestAbove(counts: ReadonlyMap<string, number>, weights: ReadonlyMap<string, number>, total: number): string {
  const sum = totalWeight(weights);
  const excess = ([version, count]: readonly [string, number]) => count * sum - weights.get(version)! * total;
  const givers = [...counts].filter(([, count]) => count > 1);
  return givers.reduce((first, other) => (excess(other) > excess(first) ? other : first))[0];
}
