/** Exact share of the traffic, in lowest terms. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

/** The largest weight that every format can carry (Gateway API's bound). */
export const MAX_WEIGHT = 1_000_000;

export function totalWeight(weights: ReadonlyMap<string, number>): number {
  return [...weights.values()].reduce((sum, weight) => sum + weight, 0);
}

/** Shares of the versions with a weight above 0. Exact: weights are whole numbers, so shares are fractions of their sum. */
export function shares(weights: ReadonlyMap<string, number>): Map<string, Fraction> {
  const total = totalWeight(weights);
  return new Map([...weights].filter(([, weight]) => weight > 0).map(([version, weight]) => [version, fraction(weight, total)]));
}

export function fraction(numerator: number, denominator: number): Fraction {
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/**
 * Whole numbers with the given sum that keep the proportions of the weights as well as whole numbers can: the largest
 * remainders get what rounding down leaves over, ties in the order of the map. For formats that need a fixed total.
 */
export function apportion(weights: ReadonlyMap<string, number>, sum: number): Map<string, number> {
  const total = totalWeight(weights);
  const parts = [...weights].map(([version, weight]) => {
    const scaled = BigInt(weight) * BigInt(sum);
    return { version, whole: Number(scaled / BigInt(total)), remainder: Number(scaled % BigInt(total)) };
  });
  const left = sum - parts.reduce((whole, part) => whole + part.whole, 0);
  const favoured = new Set([...parts].sort((a, b) => b.remainder - a.remainder).slice(0, left));
  return new Map(parts.map((part) => [part.version, part.whole + (favoured.has(part) ? 1 : 0)]));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
