const UNITS = [['h', 3_600_000], ['m', 60_000], ['s', 1000], ['ms', 1]] as const;

/** Whole numbers of hours, minutes, seconds and milliseconds, five digits at most. @see https://gateway-api.sigs.k8s.io/geps/gep-2257/ */
export function duration(milliseconds: number): string {
  const parts = UNITS.map(([unit, length], index) => {
    const count = Math.floor((index === 0 ? milliseconds : milliseconds % UNITS[index - 1][1]) / length);
    return count > 0 ? `${count}${unit}` : '';
  });
  return parts.join('') || '0s';
}
