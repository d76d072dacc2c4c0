import { Caller, DestinationRule, DestinationRules } from './destination-rules';
import { fullName } from './hosts';
import { KnownHost, knownPort, Registry } from './registry';
import { Destination, Status, Target } from '../../../evaluation/route-table';
import { Field } from '../../../manifests/field';

/** Whose proxy sends, and what it knows. */
export interface Sender {
  readonly registry: Registry;
  readonly destinationRules: DestinationRules;
  readonly caller: Caller;
  /** What was called: headless Services do not change it. Absent: a gateway, which picks pods of them by itself. */
  readonly original?: KnownHost;
  /** Port of the listener that the request came in by. */
  readonly listenPort: number;
  /** Sidecars know of a host only what it has on the listener's port: a host with one other port is not called on that one. */
  readonly knowsOtherPorts: boolean;
  /** What the client gets where there is no destination: a status where the proxy speaks HTTP with it. */
  readonly lost: Status;
  readonly clusterDomain: string;
}

/** A `destination` of an object of the namespace. */
export function target(sender: Sender, destination: Field, namespace: string): Target {
  const written = destination.at('host').text() ?? '';
  const host = fullName(written, namespace, sender.clusterDomain);
  const explicit = destination.at('port').at('number').integer();
  return hostTarget(sender, host, explicit ?? impliedPort(sender, host), destination.at('subset').text() ?? '');
}

/** What a name, a port and a subset lead to: the cluster of these three, in Envoy's words. */
export function hostTarget(sender: Sender, name: string, port: number, subset: string): Target {
  const named = sender.registry.find(name, sender.caller.namespace);
  const alias = named?.service?.externalName;
  const host = alias === undefined ? named : sender.registry.find(alias, sender.caller.namespace) ?? named;
  if (!host) return lost(sender, `no Service or ServiceEntry is called "${name}"`);
  if (host.service?.externalName !== undefined) return { kind: 'outside', host: host.service.externalName };
  if (!knownPort(host, port)) return lost(sender, `"${host.name}" has no port ${port}`);
  const rule = sender.destinationRules.find(host, sender.caller);
  const labels = subset === '' ? {} : rule?.subsets.get(subset)?.at('labels').textMap();
  if (!labels) return lost(sender, [`no DestinationRule for "${host.name}" has a subset "${subset}"`, ...sender.destinationRules.refusals(host.name)].join('; '));
  return reached(sender, host, { port, subset, labels, proof: proofOf(rule, subset, port) });
}

interface Choice {
  readonly port: number;
  readonly subset: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly proof?: 'always' | 'never';
}

function reached(sender: Sender, { name, service }: KnownHost, { port, subset, labels, proof }: Choice): Target {
  if (!service) return { kind: 'outside', host: name };
  if (service.headless && sender.original) return asCalled(sender.original, sender);
  const narrowed = Object.keys(labels).length === 0 ? undefined : labels;
  return { kind: 'pods', service, port, labels: narrowed, subset: subset === '' ? undefined : subset, emptyStatus: sender.lost, proof };
}

/** A sidecar calls a headless Service at the address that its client chose, whatever the rules say: a pod, or another Service. */
function asCalled({ name, service }: KnownHost, { listenPort, lost: emptyStatus }: Sender): Target {
  return service ? { kind: 'pods', service, port: listenPort, emptyStatus } : { kind: 'outside', host: name };
}

function lost({ lost: status }: Sender, reason: string): Target {
  return { kind: 'lost', status, reason };
}

/** @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/networking/core/route/route.go (GetDestinationCluster) */
function impliedPort({ registry, caller, listenPort, knowsOtherPorts }: Sender, name: string): number {
  const host = registry.find(name, caller.namespace);
  return knowsOtherPorts && host?.ports.length === 1 ? host.ports[0].number : listenPort;
}

/** How the proxy calls the pods: without a word in the rules it proves who it is to pods that can ask for it. */
function proofOf(rule: DestinationRule | undefined, subset: string, port: number): 'always' | 'never' | undefined {
  const general = rule?.trafficPolicy && tlsOf(rule.trafficPolicy, port);
  const own = subset === '' ? undefined : rule?.subsets.get(subset)?.at('trafficPolicy');
  const mode = (own && tlsOf(own, port).at('mode').text()) ?? general?.at('mode').text();
  if (mode === undefined) return undefined;
  return mode === 'ISTIO_MUTUAL' ? 'always' : 'never';
}

/** Settings for a port stand in the place of all others. */
function tlsOf(policy: Field, port: number): Field {
  const own = policy.at('portLevelSettings').items().find((settings) => settings.at('port').at('number').integer() === port);
  return (own ?? policy).at('tls');
}

/**
 * Shares of a rule's `route`. A lone destination gets everything, whatever its weight; of several, those without one get nothing.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/networking/core/route/route.go (applyHTTPRouteDestination)
 */
export function destinations(sender: Sender, routes: readonly Field[], namespace: string): Destination[] {
  if (routes.length === 1) return [{ weight: 1, to: target(sender, routes[0].at('destination'), namespace) }];
  return routes.flatMap((route) => {
    const weight = route.at('weight').integer() ?? 0;
    return weight > 0 ? [{ weight, to: target(sender, route.at('destination'), namespace) }] : [];
  });
}
