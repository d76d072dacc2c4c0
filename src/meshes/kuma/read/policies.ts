import { GROUP, MESH, meshOf, SYSTEM_NAMESPACE } from './kuma';
import { portCalled, Referred, referred } from './services';
import { Source } from '../../../evaluation/request';
import { Cluster } from '../../../manifests/cluster';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';
import { perCluster } from '../../../manifests/per-cluster';
import { Service, ServicePort } from '../../../manifests/service';

/** What one policy says about the calls to something. */
export interface Item {
  readonly policy: KubeObject;
  readonly role: Role;
  /** The element of `to`. */
  readonly to: Field;
  readonly kind: string;
  /** Services that it is about; absent: all, or a route. */
  readonly target?: Referred;
}

/** Later ones prevail. @see https://github.com/kumahq/kuma/blob/v2.14.3/api/mesh/v1alpha1/dataplane_helpers.go (roleOrder) */
const ROLES = ['system', 'producer', 'consumer'] as const;
export type Role = typeof ROLES[number];

type Kind = 'MeshHTTPRoute' | 'MeshTCPRoute' | 'MeshTimeout' | 'MeshRetry';

/** Items of all policies of a kind by the Service that they are about; those that are about all, or about routes, under the empty key. */
function index(kind: Kind) {
  return perCluster((cluster) => {
    const found = new Map<string, Item[]>();
    const add = (key: string, item: Item) => (found.get(key) ?? found.set(key, []).get(key)!).push(item);
    for (const item of cluster.ofKind(GROUP, kind).flatMap((policy) => itemsOf(cluster, policy)).sort(compare)) {
      const services = item.target?.services.map(({ object }) => object.key);
      for (const key of services ?? ['']) add(key, item);
    }
    return found;
  });
}

const INDEXES = { MeshHTTPRoute: index('MeshHTTPRoute'), MeshTCPRoute: index('MeshTCPRoute'), MeshTimeout: index('MeshTimeout'), MeshRetry: index('MeshRetry') };

function itemsOf(cluster: Cluster, policy: KubeObject): Item[] {
  const items = policy.spec.at('to').items();
  const role = roleOf(policy, items);
  if (role === undefined) return [];
  return items.map((to): Item => {
    const ref = to.at('targetRef');
    const kind = ref.at('kind').text() ?? '';
    return { policy, role, to, kind, target: kind === 'MeshService' ? referred(cluster, ref, policy.namespace) : undefined };
  });
}

/** A policy about Services beside it is for all clients, one about others for those beside it; one about both is refused. */
function roleOf({ namespace }: KubeObject, items: readonly Field[]): Role | undefined {
  if (namespace === SYSTEM_NAMESPACE) return 'system';
  const own = items.filter((item) => isBeside(item.at('targetRef'), namespace)).length;
  if (own > 0 && own < items.length) return undefined;
  return own > 0 ? 'producer' : 'consumer';
}

/** @see https://github.com/kumahq/kuma/blob/v2.14.3/pkg/core/resources/labels/compute.go (ComputePolicyRole) */
function isBeside(ref: Field, namespace: string): boolean {
  const named = ['MeshService', 'MeshHTTPRoute'].includes(ref.at('kind').text() ?? '') && Boolean(ref.at('name').text());
  return named && [undefined, '', namespace].includes(ref.at('namespace').text());
}

/** Kinds of what a policy is about, and of whom it is for. @see https://github.com/kumahq/kuma/blob/v2.14.3/api/common/v1alpha1/targetref.go (order) */
const KINDS = ['Mesh', 'Dataplane', 'MeshSubset', 'MeshGateway', 'MeshService', 'MeshExternalService', 'MeshMultiZoneService', 'MeshServiceSubset', 'MeshHTTPRoute'];

/**
 * Items that prevail come last; of equal ones that of the policy whose name is the first.
 * @see https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/core/rules/outbound/sort.go
 */
function compare(a: Item, b: Item): number {
  const clients = (item: Item) => KINDS.indexOf(item.policy.spec.at('targetRef').at('kind').text() ?? 'Mesh');
  const hasPort = ({ target }: Item) => Number(target?.port !== undefined);
  const names = Number(a.policy.name < b.policy.name) - Number(a.policy.name > b.policy.name);
  return clients(a) - clients(b)
    || ROLES.indexOf(a.role) - ROLES.indexOf(b.role)
    || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)
    || hasPort(a) - hasPort(b)
    || names;
}

/** Whom a call is to. */
export interface Call {
  readonly cluster: Cluster;
  readonly source: Source;
  readonly service: Service;
  readonly port: ServicePort;
}

/** Items that hold for a call, in the order in which they prevail. */
export function itemsFor(kind: Kind, call: Call): readonly Item[] {
  const found = INDEXES[kind](call.cluster);
  const about = found.get(call.service.object.key)?.filter(({ target }) => isPort(target!, call)) ?? [];
  return [...found.get('') ?? [], ...about].sort(compare).filter((item) => isFor(item, call));
}

/** Items about a port of a Service, whoever calls. */
export function itemsAbout(kind: Kind, cluster: Cluster, service: Service, port: ServicePort): readonly Item[] {
  return INDEXES[kind](cluster).get(service.object.key)?.filter(({ target }) => isPort(target!, { service, port })) ?? [];
}

function isPort(target: Referred, { service, port }: Pick<Call, 'service' | 'port'>): boolean {
  return target.port === undefined || portCalled(service, target.port) === port;
}

/** @see https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/core/matchers/dataplane.go (DppSelectedByPolicy) */
function isFor({ policy, role }: Item, { cluster, source }: Call): boolean {
  if (role === 'consumer' && policy.namespace !== source.namespace) return false;
  if (meshOf(cluster, source.namespace) !== (policy.labels[MESH] ?? 'default')) return false;
  const target = policy.spec.at('targetRef');
  const proxies = target.at('proxyTypes').texts();
  if (proxies.length > 0 && !proxies.includes('Sidecar')) return false;
  const labels = source.kind === 'meshed' ? { ...source.labels, 'k8s.kuma.io/namespace': source.namespace } : {};
  const selected = (wanted: Field) => Object.entries(wanted.textMap()).every(([key, value]) => (labels as Record<string, string>)[key] === value);
  switch (target.at('kind').text() ?? 'Mesh') {
    case 'Mesh': return true;
    case 'Dataplane': return !target.at('name').exists && selected(target.at('labels'));
    case 'MeshSubset': return selected(target.at('tags'));
    default: return false;
  }
}

/** Policies whose clients are named in a way that no request can be told by. */
export function clientDoubts(kind: Kind, { cluster, service, port }: Call): string[] {
  const about = itemsAbout(kind, cluster, service, port);
  const unclear = about.filter(({ policy }) => {
    const target = policy.spec.at('targetRef');
    const who = target.at('kind').text() ?? 'Mesh';
    return who === 'MeshService' || who === 'MeshServiceSubset' || (who === 'Dataplane' && target.at('name').exists);
  });
  return [...new Set(unclear.map(({ policy }) => `${policy.title} is for clients by their Service or their name, and is taken to be for others`))];
}
