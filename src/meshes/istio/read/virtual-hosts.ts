import { covers, isWildcard, overlap } from './hosts';
import { CompiledRule, httpRules } from './http-rules';
import { Place } from './place';
import { KnownHost, knownPort } from './registry';
import { VirtualService } from './virtual-service';

/** The VirtualService whose rules a sidecar follows for a host. */
export interface Owner {
  readonly service: VirtualService;
  readonly rules: readonly CompiledRule[];
}

/** What a client calls: the word it uses, and the host that this word means to it, if it means one with this port. */
export interface Called {
  readonly word: string;
  readonly host?: KnownHost;
}

/**
 * Of several for one host the first with a rule for this client; the others count nothing. One whose rules are all for other clients, or for
 * other ports, does not count as one.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/networking/core/httproute.go (BuildSidecarOutboundVirtualHosts)
 */
export function ownerOf(services: readonly VirtualService[], called: Called, place: Place): Owner | undefined {
  const closest = called.host && closestFor(services, called.host.name);
  for (const service of services) {
    if (!claims(service, called, place, closest)) continue;
    const rules = httpRules(service, place);
    if (rules.length > 0) return { service, rules };
  }
  return undefined;
}

function claims(service: VirtualService, { word, host }: Called, place: Place, closest: VirtualService | undefined): boolean {
  const names = service.hosts.map((name) => name.toLowerCase());
  if (host && names.some((name) => name === host.name || (isWildcard(name) && overlap(name, host.name) && closest === service))) return true;
  return names.includes(word) && !isRegistered(word, place) && isPlaced(names, place);
}

/**
 * Hosts with an asterisk are for one VirtualService only: the one with the name of the host itself, else with the longest pattern.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/model/sidecar.go (computeWildcardHostVirtualServiceIndex)
 */
function closestFor(services: readonly VirtualService[], host: string): VirtualService | undefined {
  let best: { readonly service: VirtualService; readonly name: string } | undefined;
  for (const service of services) {
    for (const name of service.hosts.filter((one) => covers(one, host))) {
      if (!best || closer(name, best.name)) best = { service, name };
    }
  }
  return best?.service;
}

function closer(one: string, other: string): boolean {
  if (!isWildcard(other)) return false;
  return !isWildcard(one) || one.length > other.length;
}

function isRegistered(name: string, { sender }: Place): boolean {
  const host = sender.registry.find(name, sender.caller.namespace);
  return host !== undefined && knownPort(host, sender.listenPort) !== undefined;
}

/** Names that Istio knows no host of are served on port 80, or beside a host of the same object that has the port. */
function isPlaced(names: readonly string[], place: Place): boolean {
  const { registry, caller, listenPort } = place.sender;
  const named = (name: string) => (isWildcard(name) ? registry.covered(name) : registry.find(name, caller.namespace) ?? []);
  const protocols = names.flatMap(named).flatMap((host) => knownPort(host, listenPort)?.protocol ?? []);
  return listenPort === 80 || protocols.some((protocol) => protocol === 'http' || protocol === 'sniffed');
}
