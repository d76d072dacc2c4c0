/** Seconds with decimals: the one notation that every parser of such durations takes. */
export function duration(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : `${Number((milliseconds / 1000).toFixed(9))}s`;
}
