/**
 * Names of hosts, of which `*.` at the beginning stands for one or more labels, and `*` for any host.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#hostname
 */

/** The names that both sides mean: the narrower of each pair that meets. No names mean any host. */
export function intersection(listener: string | undefined, route: readonly string[]): readonly string[] {
  const broad = listener === undefined || listener === '' ? '*' : listener.toLowerCase();
  if (route.length === 0) return [broad];
  const met = route.flatMap((name) => {
    if (covers(broad, name)) return [name];
    return covers(name, broad) ? [broad] : [];
  });
  return [...new Set(met)];
}

/** Whether a name stands for all hosts that another one stands for. */
export function covers(name: string, other: string): boolean {
  if (name === '*' || name === other) return true;
  return name.startsWith('*.') && other.length > name.length - 1 && other.endsWith(name.slice(1));
}

/** The names that stand for a host, most specific first. */
export function namesFor(host: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => covers(name, host)).sort((a, b) => specificity(b) - specificity(a));
}

/** An exact name, then the longest with a wildcard. */
export function specificity(name: string): number {
  return name.startsWith('*') ? name.length - 1 : Number.MAX_SAFE_INTEGER;
}
