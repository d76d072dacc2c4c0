import { Cluster } from '../../../manifests/cluster';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';
import { selects } from '../../../manifests/label-selector';
import { ContainerPort } from '../../../manifests/workload';

/** An end of a connection, as far as it is known. */
export interface Pod {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** It may be any pod, or none. */
export const EVERYWHERE: Pod = {};

export type Answer = 'yes' | 'no' | 'unknown';

/** What a policy is asked. */
export interface Question {
  readonly policy: KubeObject;
  readonly type: 'Ingress' | 'Egress';
  readonly peer: Pod;
  /** Port of the pods that are called. */
  readonly port: number;
  readonly containerPorts: readonly ContainerPort[];
}

/** What each rule of a policy says to a connection. */
export function passes(cluster: Cluster, { policy, type, peer, port, containerPorts }: Question): Answer[] {
  const [rules, peers] = type === 'Ingress' ? ['ingress', 'from'] : ['egress', 'to'];
  return policy.spec.at(rules).items()
    .filter((rule) => takesPort(rule.at('ports').items(), port, containerPorts))
    .flatMap((rule): Answer[] => {
      const written = rule.at(peers).items();
      return written.length === 0 ? ['yes'] : written.map((one) => isPeer(cluster, one, peer, policy.namespace));
    });
}

/** No ports are all ports; a name is one of the pod that is called. */
function takesPort(ports: readonly Field[], number: number, containerPorts: readonly ContainerPort[]): boolean {
  return ports.length === 0 || ports.some((one) => {
    if ((one.at('protocol').text() ?? 'TCP') !== 'TCP') return false;
    const port = one.at('port').integerOrText();
    if (port === undefined) return true;
    if (typeof port === 'string') return containerPorts.some((declared) => declared.name === port && declared.number === number);
    return number >= port && number <= (one.at('endPort').integer() ?? port);
  });
}

const EVERY_ADDRESS = ['0.0.0.0/0', '::/0'];

/** Addresses of pods stand in no manifest. */
function isPeer(cluster: Cluster, written: Field, peer: Pod, policyNamespace: string): Answer {
  const block = written.at('ipBlock');
  if (block.exists) return EVERY_ADDRESS.includes(block.at('cidr').text() ?? '') && block.at('except').items().length === 0 ? 'yes' : 'unknown';
  const [pods, namespaces] = [written.at('podSelector'), written.at('namespaceSelector')];
  if (!pods.exists && !namespaces.exists) return 'no';
  return both(
    namespaces.exists ? isInNamespace(cluster, namespaces, peer) : isBeside(peer, policyNamespace),
    pods.exists ? isSelected(pods, peer.labels) : 'yes',
  );
}

/** Without a selector of namespaces, that of the policy is meant. */
function isBeside({ namespace }: Pod, policyNamespace: string): Answer {
  return namespace === undefined ? 'unknown' : answer(namespace === policyNamespace);
}

/** Kubernetes labels every namespace with its name; its other labels stand in its object, which may be elsewhere. */
function isInNamespace(cluster: Cluster, selector: Field, { namespace }: Pod): Answer {
  if (keysOf(selector).length === 0) return 'yes';
  if (namespace === undefined) return 'unknown';
  const labels = { ...cluster.namespaceLabels(namespace), 'kubernetes.io/metadata.name': namespace };
  const known = cluster.find('', 'Namespace', '', namespace) !== undefined || keysOf(selector).every((key) => Object.hasOwn(labels, key));
  return known ? isSelected(selector, labels) : 'unknown';
}

function isSelected(selector: Field, labels: Readonly<Record<string, string>> | undefined): Answer {
  if (keysOf(selector).length === 0) return 'yes';
  return labels === undefined ? 'unknown' : answer(selects(selector, labels));
}

function keysOf(selector: Field): string[] {
  return [...Object.keys(selector.at('matchLabels').textMap()), ...selector.at('matchExpressions').items().map((one) => one.at('key').text() ?? '')];
}

function both(first: Answer, second: Answer): Answer {
  if (first === 'no' || second === 'no') return 'no';
  return first === 'yes' && second === 'yes' ? 'yes' : 'unknown';
}

function answer(holds: boolean): Answer {
  return holds ? 'yes' : 'no';
}
