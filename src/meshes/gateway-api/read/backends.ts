import { Implementation } from './implementation';
import { isGranted } from './reference-grants';
import { Route } from './routes';
import { Destination, Target } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { Field } from '../../../manifests/field';
import { portOf, Service } from '../../../manifests/service';

/** Where a route is looked at from: what hangs on a Service needs no grants. */
export interface RouteContext {
  readonly cluster: Cluster;
  readonly implementation: Implementation;
  readonly route: Route;
  readonly parentNamespace: string;
  /** The parent, where it is a Service. */
  readonly parent?: { readonly service: Service; readonly port: number };
}

/** Backends of a rule with their weights. A weight that is left out is 1. */
export function destinations(rule: Field, context: RouteContext): Destination[] {
  return rule.at('backendRefs').items().map((ref) => ({ weight: Math.max(0, ref.at('weight').integer() ?? 1), to: target(ref, context) }));
}

/** What a backend means: pods of a Service, whatever routes that Service has itself. A broken one keeps its share. */
export function target(ref: Field, { cluster, implementation, route, parentNamespace, parent }: RouteContext): Target {
  const { backends } = implementation;
  const named = {
    group: ref.at('group').text() ?? '',
    kind: ref.at('kind').text() ?? 'Service',
    namespace: ref.at('namespace').text() ?? backends.namespace(route, parentNamespace),
    name: ref.at('name').text() ?? '',
  };
  const lost = (reason: string, status = route.kind === 'GRPCRoute' ? backends.lostCall : 500): Target => ({ kind: 'lost', status, reason });
  const title = `${named.kind} ${named.namespace}/${named.name}`;
  if (!parent && !isGranted(cluster, { from: route.object, ...named })) return lost(`no ReferenceGrant lets ${route.object.title} use ${title}`);
  if (backends.others.includes(`${named.group}/${named.kind}`)) return { kind: 'outside', host: title };
  if ((named.group !== '' && named.group !== 'core') || named.kind !== 'Service') return lost(`${title} is no kind of backend`);
  const service = cluster.service(named.namespace, named.name);
  if (!service) return lost(`there is no ${title}`);
  if (service.externalName !== undefined) return { kind: 'outside', host: service.externalName };
  const port = ref.at('port').integer();
  if (port === undefined || !portOf(service, port)) return lost(`${title} has no port ${port ?? '(none is given)'}`, backends.withoutPort);
  return { kind: 'pods', service, port };
}

/** The same for connections that nobody looks into: they are closed. */
export function closing(destination: Destination): Destination {
  const { to } = destination;
  switch (to.kind) {
    case 'lost': return { ...destination, to: { ...to, status: 'closed' } };
    case 'pods': return { ...destination, to: { ...to, emptyStatus: 'closed' } };
    case 'outside': return destination;
  }
}
