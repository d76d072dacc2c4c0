/**
 * Names of hosts, of which `*.` at the beginning stands for one or more labels, and `*` for any host.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#hostname
 */

/** What a listener and a route have in common. */
export interface SharedName {
  readonly name: string;
  /** As the route has it. */
  readonly written: string;
}

/** The names that both sides mean: the narrower of each pair that meets. No names mean any host. */
export function intersection(listener: string | undefined, route: readonly string[]): readonly SharedName[] {
  const broad = listener === undefined || listener === '' ? '*' : listener.toLowerCase();
  const met = (route.length > 0 ? route : ['*']).flatMap((written) => {
    if (covers(broad, written)) return [{ name: written, written }];
    return covers(written, broad) ? [{ name: broad, written }] : [];
  });
  return [...new Map(met.map((shared) => [shared.name, shared])).values()];
}

/** Whether a name stands for all hosts that another one stands for. */
export function covers(name: string, other: string): boolean {
  if (name === '*' || name === other) return true;
  return name.startsWith('*.') && other.length > name.length - 1 && other.endsWith(name.slice(1));
}

/** Those of the names that stand for a host, most specific first. */
export function namesFor(host: string, names: { has(name: string): boolean }): string[] {
  const labels = host.split('.');
  const wildcards = labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`);
  return [host, ...wildcards, '*'].filter((name) => names.has(name));
}

/** An exact name, then the longest with a wildcard. */
export function specificity(name: string): number {
  return name.startsWith('*') ? name.length - 1 : Number.MAX_SAFE_INTEGER;
}
