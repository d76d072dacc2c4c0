import { carries } from './destination-rules';
import { destinations } from './destinations';
import { isWildcard } from './hosts';
import { Place } from './place';
import { StreamMatch, StreamRule, VirtualService } from './virtual-service';
import { Test } from '../../../evaluation/condition';
import { Forward, TableRule } from '../../../evaluation/route-table';

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
          found.set(name, { ...tableRule(service, rule, place), place: placeOf(match), conditions: [{ subject: { of: 'server-name' }, test: nameTest(name) }] });
        }
      }
    }
  }
  return [...found].sort(([one], [other]) => closeness(other) - closeness(one)).map(([, rule]) => rule);
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
