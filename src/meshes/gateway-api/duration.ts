const UNITS = [['h', 3_600_000], ['m', 60_000], ['s', 1000], ['ms', 1]] as const;

/** Whole numbers of hours, minutes, seconds and milliseconds, five digits at most. @see https://gateway-api.sigs.k8s.io/geps/gep-2257/ */
export function duration(milliseconds: number): string {
  const parts = UNITS.map(([unit, length], index) => {
    const count = Math.floor((index === 0 ? milliseconds : milliseconds % UNITS[index - 1][1]) / length);
    return count > 0 ? `${count}${unit}` : '';
  });
  return parts.join('') || '0s';
}

/** One whole number and one unit. */
export function oneUnit(milliseconds: number): string {
  const [unit, length] = UNITS.find(([, one]) => milliseconds % one === 0) ?? ['ms', 1];
  return `${milliseconds / length}${unit}`;
}

/**
 * One unit, where five digits suffice: the CRDs take no more, and a time of several units Linkerd drops without a word.
 * @see https://github.com/linkerd/linkerd2/blob/main/policy-controller/k8s/index/src/outbound/index.rs (parse_duration)
 */
export function fiveDigits(milliseconds: number): string | undefined {
  const text = oneUnit(milliseconds);
  return parseInt(text, 10) < 100_000 ? text : undefined;
}
