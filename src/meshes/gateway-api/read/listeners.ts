import { intersection, SharedName } from './hostnames';
import { Attachment, Route, RouteIndex, RouteKind } from './routes';
import { Cluster } from '../../../manifests/cluster';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';
import { selects } from '../../../manifests/label-selector';

/** Something that listens on a port of a gateway, and the routes that hang on it. */
export interface Listener {
  readonly name: string;
  readonly port: number;
  readonly hostname?: string;
  readonly speaks: 'HTTP' | 'TLS' | 'TCP' | 'UDP';
  readonly routes: readonly ListenerRoute[];
}

export interface ListenerRoute {
  readonly route: Route;
  /** What the host names of the listener and of the route have in common. */
  readonly hostnames: readonly SharedName[];
}

const SPEAKS: Readonly<Record<string, Listener['speaks']>> = { HTTP: 'HTTP', HTTPS: 'HTTP', TLS: 'TLS', TCP: 'TCP', UDP: 'UDP' };

const TAKEN: Readonly<Record<Listener['speaks'], readonly RouteKind[]>> = { HTTP: ['HTTPRoute', 'GRPCRoute'], TLS: ['TLSRoute', 'TCPRoute'], TCP: ['TCPRoute'], UDP: [] };

/** @see https://gateway-api.sigs.k8s.io/reference/spec/#listener */
export function listenersOf(cluster: Cluster, gateway: KubeObject, index: RouteIndex): Listener[] {
  const attached = index.on('Gateway', gateway.namespace, gateway.name).filter(({ ref }) => ref.group === gateway.group);
  return gateway.spec.at('listeners').items().map((field) => {
    const speaks = SPEAKS[field.at('protocol').text() ?? ''] ?? 'TCP';
    const listener = { name: field.at('name').text() ?? '', port: field.at('port').integer() ?? 0, hostname: field.at('hostname').text()?.toLowerCase(), speaks };
    const routes = attached
      .filter((attachment) => means(attachment, listener) && isAllowed(attachment.route, { field, listener, gateway, cluster }))
      .map(({ route }) => ({ route, hostnames: intersection(bytes(speaks, route) ? undefined : listener.hostname, route.hostnames) }))
      .filter(({ hostnames }) => hostnames.length > 0);
    return { ...listener, routes: [...new Map(routes.map((one) => [one.route, one])).values()] };
  });
}

function bytes(speaks: Listener['speaks'], { kind }: Route): boolean {
  return speaks === 'TCP' || kind === 'TCPRoute';
}

function means({ ref }: Attachment, { name, port }: Pick<Listener, 'name' | 'port'>): boolean {
  return (ref.sectionName === undefined || ref.sectionName === name) && (ref.port === undefined || ref.port === port);
}

interface Gate {
  readonly field: Field;
  readonly listener: Pick<Listener, 'speaks'>;
  readonly gateway: KubeObject;
  readonly cluster: Cluster;
}

function isAllowed(route: Route, { field, listener, gateway, cluster }: Gate): boolean {
  const allowed = field.at('allowedRoutes');
  const kinds = allowed.at('kinds').items();
  const named = kinds.length === 0 || kinds.some((kind) => kind.at('kind').text() === route.kind && (kind.at('group').text() ?? gateway.group) === route.object.group);
  return named && TAKEN[listener.speaks].includes(route.kind) && fromAllowed(route.object.namespace, allowed.at('namespaces'), gateway, cluster);
}

function fromAllowed(namespace: string, allowed: Field, gateway: KubeObject, cluster: Cluster): boolean {
  switch (allowed.at('from').text() ?? 'Same') {
    case 'All': return true;
    case 'Same': return namespace === gateway.namespace;
    case 'Selector': return selects(allowed.at('selector'), { 'kubernetes.io/metadata.name': namespace, ...cluster.namespaceLabels(namespace) });
    default: return false;
  }
}
