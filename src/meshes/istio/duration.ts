/** Seconds with decimals: the one notation that every parser of Istio's durations takes. */
export function duration(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : `${Number((milliseconds / 1000).toFixed(9))}s`;
}
