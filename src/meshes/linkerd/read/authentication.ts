import { POLICY_GROUP } from './routes';
import { Admission, ADMITTED } from '../../../evaluation/reader';
import { Cluster } from '../../../manifests/cluster';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';

/** Who a proxy sees: the account behind a mesh TLS identity; nothing, where there is none. */
export interface Client {
  readonly account?: string;
  readonly namespace?: string;
}

const REFUSED: Admission = { allowed: false, status: 403, reason: 'not authenticated' };

/** All that a policy requires has to hold. @see https://linkerd.io/2/reference/authorization-policy/#authorizationpolicy */
export function isAuthenticated(cluster: Cluster, policy: KubeObject, references: readonly Field[], client: Client): Admission {
  const answers = references.map((reference) => one(cluster, policy, reference, client));
  return answers.find(({ allowed }) => !allowed) ?? answers.find((answer) => answer.allowed && answer.doubt !== undefined) ?? ADMITTED;
}

function one(cluster: Cluster, policy: KubeObject, reference: Field, client: Client): Admission {
  const kind = reference.at('kind').text() ?? '';
  const name = reference.at('name').text() ?? '';
  const namespace = reference.at('namespace').text() ?? policy.namespace;
  if (kind === 'ServiceAccount') return when(client.account === name && client.namespace === namespace);
  const object = cluster.find(POLICY_GROUP, kind, namespace, name);
  if (kind === 'MeshTLSAuthentication') return when(object !== undefined && hasIdentity(object, cluster, client));
  return kind === 'NetworkAuthentication' && object ? fromNetwork(object) : REFUSED;
}

function when(holds: boolean): Admission {
  return holds ? ADMITTED : REFUSED;
}

/** `*`, `*.shop.serviceaccount.identity.linkerd.cluster.local` or a whole name; or references to accounts and namespaces. */
function hasIdentity({ spec, namespace: own }: KubeObject, { clusterDomain }: Cluster, { account, namespace }: Client): boolean {
  if (account === undefined) return false;
  const identity = `${account}.${namespace}.serviceaccount.identity.linkerd.${clusterDomain}`;
  const named = spec.at('identities').texts().some((name) => name === '*' || name === identity || (name.startsWith('*.') && identity.endsWith(name.slice(1))));
  return named || spec.at('identityRefs').items().some((reference) => {
    const name = reference.at('name').text();
    if (reference.at('kind').text() === 'Namespace') return name === namespace;
    return name === account && (reference.at('namespace').text() ?? own) === namespace;
  });
}

/** Addresses of pods stand in no manifest. */
function fromNetwork({ spec, title }: KubeObject): Admission {
  const networks = spec.at('networks').items();
  if (networks.length === 0) return REFUSED;
  const all = networks.filter((network) => network.at('except').items().length === 0).map((network) => network.at('cidr').text());
  return all.includes('0.0.0.0/0') ? ADMITTED : { allowed: true, doubt: `whether the client's address is in the networks of ${title} is not known` };
}
