/** Seconds with decimals, as Go reads them. */
export function duration(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : `${Number((milliseconds / 1000).toFixed(9))}s`;
}
