import { Server } from './gateway-server';
import { covers, isWildcard, overlap } from './hosts';
import { VirtualService } from './virtual-service';

/**
 * Names that a server and a VirtualService have in common, the narrower of each two.
 * @see https://github.com/istio/istio/blob/release-1.31/pkg/config/host/names.go (Intersection)
 */
export function commonHosts(server: Server, { hosts, object }: VirtualService): string[] {
  const common = hostsFor(server, object.namespace).flatMap((one) => hosts.flatMap((other) => narrower(one, other)));
  return [...new Set(common.map((host) => host.toLowerCase()))];
}

/** Whether a server takes connections for a VirtualService: nobody asks for which name. */
export function shareHosts(server: Server, { hosts, object }: VirtualService): boolean {
  return hostsFor(server, object.namespace).some((one) => hosts.some((other) => overlap(one, other)));
}

function hostsFor({ hosts }: Server, namespace: string): string[] {
  return hosts.flatMap((host) => {
    const [owner, name] = host.includes('/') ? host.split('/') : [namespace, host];
    return owner === namespace ? [name] : [];
  });
}

function narrower(one: string, other: string): string[] {
  if (covers(other, one)) return [one];
  return covers(one, other) ? [other] : [];
}

/** The name that Envoy takes for a host: itself, else the longest with an asterisk. */
export function closestName(names: Iterable<string>, host: string): string | undefined {
  const taking = [...names].filter((name) => covers(name, host));
  return taking.sort((one, other) => Number(isWildcard(one)) - Number(isWildcard(other)) || other.length - one.length)[0];
}
