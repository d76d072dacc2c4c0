import { destinations } from './destinations';
import { isWildcard } from './hosts';
import { Place } from './place';
import { StreamMatch, StreamRule, VirtualService } from './virtual-service';
import { Test } from '../../../evaluation/condition';
import { Forward, TableRule } from '../../../evaluation/route-table';
import { carries } from '../../../manifests/label-selector';

/**
 * The rule for connections of a port that nothing is read from: the first whose match is for this proxy, of all VirtualServices in turn.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/networking/core/tls.go (buildSidecarOutboundTCPFilterChainOpts)
 */
export function tcpRules(services: readonly VirtualService[], place: Place): TableRule[] {
  for (const service of services) {
    for (const rule of service.tcp) {
      const match = rule.matches.find((one) => isFor(one, place) && one.destinationSubnets.length === 0);
      if (match || rule.matches.length === 0) return [{ ...tableRule(service, rule, place), place: placeOf(match ?? rule) }];
    }
  }
  return [];
}

/** Whether rules by the address of the destination are passed over, which manifests do not say. */
export function asksForAddress(services: readonly VirtualService[], place: Place): boolean {
  const matches = services.flatMap(({ tcp, tls }) => [...tcp, ...tls].flatMap((rule) => rule.matches));
  return matches.some((match) => match.destinationSubnets.length > 0 && isFor(match, place));
}

/**
 * Rules for TLS connections by the name of the server. Envoy takes the closest name, whatever the order; of two rules for one list of names
 * the first counts.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/networking/core/tls.go (buildSidecarOutboundTLSFilterChainOpts)
 */
export function tlsRules(services: readonly VirtualService[], place: Place): TableRule[] {
  const found = new Map<string, TableRule>();
  for (const service of services) {
    for (const rule of service.tls) {
      for (const match of rule.matches.filter((one) => isFor(one, place))) {
        for (const name of match.sniHosts.filter((one) => !found.has(one))) {
          found.set(name, namedRule(service, rule, match, name, place));
        }
      }
    }
  }
  return [...found].sort(([one], [other]) => closeness(other) - closeness(one)).map(([, rule]) => rule);
}

/**
 * The rule for connections through a gateway. It does not look at the client, nor at the address.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/networking/core/gateway.go (buildGatewayNetworkFiltersFromTCPRoutes)
 */
export function gatewayTcpRules(services: readonly VirtualService[], place: Place): TableRule[] {
  for (const service of services) {
    for (const rule of service.tcp) {
      const match = rule.matches.find((one) => isForGateway(one, place));
      if (match || rule.matches.length === 0) return [{ ...tableRule(service, rule, place), place: placeOf(match ?? rule) }];
    }
  }
  return [];
}

/** A rule for connections to a server of this name. */
export interface NamedRule {
  readonly name: string;
  readonly rule: TableRule;
}

/** Rules for TLS connections that a gateway passes on, each with the names that it takes; of two for one name the first counts. */
export function gatewayTlsRules(services: readonly VirtualService[], place: Place): NamedRule[] {
  const taken = new Set<string>();
  return services.flatMap((service) => service.tls.flatMap((rule) => rule.matches.filter((one) => isForGateway(one, place)).flatMap((match) => {
    if (match.sniHosts.some((name) => taken.has(name))) return [];
    match.sniHosts.forEach((name) => taken.add(name));
    return match.sniHosts.map((name) => ({ rule: namedRule(service, rule, match, name, place), name }));
  }))).sort((one, other) => closeness(other.name) - closeness(one.name));
}

function isForGateway(match: StreamMatch, { sender, gateway }: Place): boolean {
  return (match.gateways.length === 0 || match.gateways.includes(gateway)) && (match.port === 0 || match.port === sender.listenPort);
}

function namedRule(service: VirtualService, rule: StreamRule, match: StreamMatch, name: string, place: Place): TableRule {
  return { ...tableRule(service, rule, place), place: placeOf(match), conditions: [{ subject: { of: 'server-name' }, test: nameTest(name) }] };
}

function tableRule({ object }: VirtualService, rule: StreamRule, { sender }: Place): Omit<TableRule, 'place'> {
  const action: Forward = { kind: 'forward', destinations: destinations(sender, rule.routes, object.namespace) };
  return { object, conditions: [], action };
}

function placeOf({ place }: { readonly place: string }): string {
  return place.replace(/^spec\./, '');
}

function isFor(match: StreamMatch, { sender, gateway }: Place): boolean {
  const { labels, namespace } = sender.caller;
  return (match.gateways.length === 0 || match.gateways.includes(gateway))
    && (match.port === 0 || match.port === sender.listenPort)
    && carries(labels, match.sourceLabels)
    && (match.sourceNamespace === '' || match.sourceNamespace === namespace);
}

function nameTest(name: string): Test {
  return isWildcard(name) ? { kind: 'suffix', value: name.slice(1).toLowerCase() } : { kind: 'exact', value: name.toLowerCase() };
}

/** Exact names first, then by length. */
function closeness(name: string): number {
  return isWildcard(name) ? name.length : Number.MAX_SAFE_INTEGER;
}
