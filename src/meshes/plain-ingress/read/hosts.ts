/** Hosts of rules that stand for the host of a request, the most specific first: itself, "*." for one label, and none at all. */
export function hostsFor(host: string): readonly [string, string, string] {
  return [host, host.replace(/^[^.]+/, '*'), ''];
}
