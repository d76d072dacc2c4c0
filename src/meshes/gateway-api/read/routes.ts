import { Cluster } from '../../../manifests/cluster';
import { Field } from '../../../manifests/field';
import { groupedBy } from '../../../manifests/grouped';
import { KubeObject } from '../../../manifests/kube-object';
import { perCluster } from '../../../manifests/per-cluster';

export const GROUP = 'gateway.networking.k8s.io';

export type RouteKind = 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute' | 'TCPRoute';

/** Strongest first, where several hang on one port of a Service. @see https://gateway-api.sigs.k8s.io/geps/gep-1426/#route-types */
export const ROUTE_KINDS: readonly RouteKind[] = ['GRPCRoute', 'HTTPRoute', 'TLSRoute', 'TCPRoute'];

export interface Route {
  readonly object: KubeObject;
  readonly kind: RouteKind;
  readonly hostnames: readonly string[];
  readonly parents: readonly ParentRef[];
}

export interface ParentRef {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly sectionName?: string;
  readonly port?: number;
}

/** A route and the reference by which it hangs on a parent. */
export interface Attachment {
  readonly route: Route;
  readonly ref: ParentRef;
}

/** Routes by what they hang on, whatever group the reference writes. */
export class RouteIndex {
  private readonly byParent: ReadonlyMap<string, readonly Attachment[]>;

  public constructor(public readonly routes: readonly Route[]) {
    const attachments = routes.flatMap((route) => route.parents.map((ref) => ({ route, ref })));
    this.byParent = groupedBy(attachments, ({ ref }) => parentKey(ref));
  }

  public on(kind: string, namespace: string, name: string): readonly Attachment[] {
    return this.byParent.get(parentKey({ kind, namespace, name })) ?? [];
  }
}

/** Routes of API groups: that of the Gateway API, and others that have kinds of the same names. */
export function routeIndex(groups: readonly string[] = [GROUP]): (cluster: Cluster) => RouteIndex {
  return perCluster((cluster) => new RouteIndex(groups.flatMap((group) => ROUTE_KINDS.flatMap((kind) => readRoutes(cluster, group, kind)))));
}

function readRoutes(cluster: Cluster, group: string, kind: RouteKind): Route[] {
  return cluster.ofKind(group, kind).map((object) => ({
    object,
    kind,
    hostnames: object.spec.at('hostnames').texts().map((name) => name.toLowerCase()),
    parents: object.spec.at('parentRefs').items().map((ref) => parentRef(ref, object)),
  }));
}

/** Left out, the group is that of the route and the kind is Gateway. */
function parentRef(ref: Field, route: KubeObject): ParentRef {
  return {
    group: ref.at('group').text() ?? route.group,
    kind: ref.at('kind').text() ?? 'Gateway',
    namespace: ref.at('namespace').text() ?? route.namespace,
    name: ref.at('name').text() ?? '',
    sectionName: ref.at('sectionName').text(),
    port: ref.at('port').integer(),
  };
}

function parentKey({ kind, namespace, name }: Pick<ParentRef, 'kind' | 'namespace' | 'name'>): string {
  return `${kind}/${namespace}/${name}`;
}
