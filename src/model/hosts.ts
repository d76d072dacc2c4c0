/** Whether the host pattern `wide` takes every host that `narrow` takes. Patterns are DNS names, "*." and a DNS name, or "*". */
export function hostCovers(wide: string, narrow: string): boolean {
  return wide === '*' || wide === narrow || (wide.startsWith('*.') && narrow.replace(/^\*/, '').endsWith(wide.slice(1)));
}

/** Whether some host fits both patterns. */
export function hostsOverlap(a: string, b: string): boolean {
  return hostCovers(a, b) || hostCovers(b, a);
}
