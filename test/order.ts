import { keyOf, Manifest } from './manifests';

type Precedence = (first: Manifest, second: Manifest) => boolean;

const WORKLOAD_ORDER = ['ServiceAccount', 'Service', 'Deployment'];

/** What has to stand before what, so that nothing is applied before the things that it needs or names. */
const PRECEDENCES: readonly Precedence[] = [
  (first, second) => first.kind === 'Namespace' && second.metadata.namespace === first.metadata.name,
  (first, second) => ofOneService(first, second)
    && WORKLOAD_ORDER.includes(first.kind) && WORKLOAD_ORDER.indexOf(first.kind) < WORKLOAD_ORDER.indexOf(second.kind),
  // A subset has to be known before a rule sends to it:
  // istio.io/latest/docs/ops/best-practices/traffic-management/#avoid-503-errors-while-reconfiguring-service-routes
  (first, second) => first.kind === 'DestinationRule' && hostsNamedBy(second).includes((first.spec as { host: string }).host),
  (first, second) => first.kind === 'Gateway' && gatewaysOf(second).includes(`${first.metadata.namespace}/${first.metadata.name}`),
  // A split drops a backend whose Service is not there: github.com/openservicemesh/osm v1.2.4 pkg/catalog/outbound_traffic_policies.go.
  (first, second) => first.kind === 'Service' && areBeside(first, second) && servicesSplitBy(second).includes(first.metadata.name),
  (first, second) => first.kind === 'Service' && areBeside(first, second) && servicesRoutedBy(second).includes(first.metadata.name),
  (first, second) => first.kind === 'Gateway' && areBeside(first, second) && parentsOf(second).includes(`Gateway ${first.metadata.name}`),
  // A rule opens nothing as long as its group is not there: pkg/catalog/inbound_traffic_policies.go.
  (first, second) => areBeside(first, second) && routesOpenedBy(second).includes(`${first.kind} ${first.metadata.name}`),
];

/** What stands before something that it needs. */
export function outOfOrder(manifests: readonly Manifest[]): string[] {
  return manifests.flatMap((late, index) => manifests.slice(0, index)
    .filter((early) => PRECEDENCES.some((precedes) => precedes(late, early)))
    .map((early) => `${keyOf(late)} must come before ${keyOf(early)}`));
}

function ofOneService(one: Manifest, other: Manifest): boolean {
  return areBeside(one, other) && one.metadata.labels?.app !== undefined && one.metadata.labels.app === other.metadata.labels?.app;
}

function areBeside(one: Manifest, other: Manifest): boolean {
  return one.metadata.namespace === other.metadata.namespace;
}

interface VirtualServiceSpec {
  readonly hosts: readonly string[];
  readonly gateways?: readonly string[];
  readonly http?: readonly Rule[];
  readonly tcp?: readonly Rule[];
}

interface Rule {
  readonly route: readonly { readonly destination: { readonly host: string } }[];
}

function hostsNamedBy({ kind, spec }: Manifest): readonly string[] {
  if (kind !== 'VirtualService') return [];
  const { hosts, http = [], tcp = [] } = spec as VirtualServiceSpec;
  return [...hosts, ...[...http, ...tcp].flatMap(({ route }) => route.map(({ destination }) => destination.host))];
}

function gatewaysOf({ kind, spec }: Manifest): readonly string[] {
  return kind === 'VirtualService' ? (spec as VirtualServiceSpec).gateways ?? [] : [];
}

function servicesSplitBy({ kind, spec }: Manifest): readonly string[] {
  if (kind !== 'TrafficSplit') return [];
  const { service, backends } = spec as { service: string; backends: readonly { service: string }[] };
  return [service, ...backends.map((backend) => backend.service)];
}

interface RouteSpec {
  readonly parentRefs?: readonly { readonly kind?: string; readonly name: string }[];
  readonly rules?: readonly { readonly backendRefs?: readonly { readonly name: string }[] }[];
}

/** Services that a route of the Gateway API hangs on or sends to. */
function servicesRoutedBy(manifest: Manifest): readonly string[] {
  if (!manifest.apiVersion.startsWith('gateway.networking.k8s.io/')) return [];
  const { rules = [] } = manifest.spec as RouteSpec;
  const parents = parentsOf(manifest).filter((parent) => parent.startsWith('Service ')).map((parent) => parent.slice('Service '.length));
  return [...parents, ...rules.flatMap(({ backendRefs = [] }) => backendRefs.map(({ name }) => name))];
}

function parentsOf({ apiVersion, spec }: Manifest): readonly string[] {
  if (!apiVersion.startsWith('gateway.networking.k8s.io/')) return [];
  return ((spec as RouteSpec).parentRefs ?? []).map(({ kind = 'Gateway', name }) => `${kind} ${name}`);
}

function routesOpenedBy({ kind, spec }: Manifest): readonly string[] {
  return kind === 'TrafficTarget' ? (spec as { rules: readonly { kind: string; name: string }[] }).rules.map((rule) => `${rule.kind} ${rule.name}`) : [];
}
