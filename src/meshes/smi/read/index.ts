import { Dialect, Outcome } from './dialect';
import { smiReader } from './reader';
import { hasSplits } from './traffic-split';
import { trafficTargets } from './traffic-target';
import { Destination } from '../../../evaluation/route-table';
import { Cluster, Endpoint } from '../../../manifests/cluster';
import { Workload } from '../../../manifests/workload';

const MONITORED_BY = 'openservicemesh.io/monitored-by';
const INJECTED: readonly string[] = ['enabled', 'true', 'yes'];
const INJECT = 'openservicemesh.io/sidecar-injection';

/** Any mesh that keeps to the specification. @see https://github.com/servicemeshinterface/smi-spec */
const SPECIFIED: Dialect = {
  name: 'smi',
  title: 'a mesh',
  targets: trafficTargets({ matchesImplied: true, knownRulesOnly: false }),
  permissive: (cluster) => !hasTargets(cluster),
  knowsAllowedOnly: false,
  breaksTogether: false,
  rootNames: ({ name, namespace }, { clusterDomain }) => ['', `.${namespace}`, `.${namespace}.svc`, `.${namespace}.svc.${clusterDomain}`].map((rest) => `${name}${rest}`),
  backendService: (name, namespace, cluster) => cluster.serviceCalled(name, namespace),
  backends: (destinations) => weighted(destinations),
  takesPlain: (cluster) => !hasTargets(cluster),
  unnamed: () => 403,
  unmatched: 403,
};

/**
 * Open Service Mesh v1.2.4, its last release. What its own catalog and generators make of manifests is followed, also where it is odd.
 * @see https://github.com/openservicemesh/osm/tree/v1.2.4/pkg/catalog
 */
const OPEN_SERVICE_MESH: Dialect = {
  ...SPECIFIED,
  name: 'open-service-mesh',
  title: 'Open Service Mesh',
  splitVersions: ['v1alpha2'],
  targets: trafficTargets({ matchesImplied: false, knownRulesOnly: true }),
  permissive,
  knowsAllowedOnly: true,
  breaksTogether: true,
  backendService: (name, namespace, cluster) => (name.includes('.') ? undefined : cluster.service(namespace, name)),
  backends: withPods,
  takesPlain: (cluster, endpoint) => !hasSidecar(cluster, endpoint),
  injection: {
    asking: `the label "${MONITORED_BY}: <mesh>" and the annotation "${INJECT}: enabled"`,
    declining: `the annotation "${INJECT}: disabled"`,
    asks: sidecarWord,
  },
  // The proxy of a client that some of the pods let in has no cluster for the others; one that none lets in sends bytes, which the pods refuse.
  unnamed: (byOthers) => (byOthers ? 503 : 'closed'),
  unmatched: 404,
};

function weighted(destinations: readonly Destination[]): Outcome {
  return destinations.some(({ weight }) => weight > 0) ? { destinations } : { destinations, failure: 'no backend of the split has a weight' };
}

/** Backends without pods are left out; of those that are equal one counts. */
function withPods(all: readonly Destination[], stream: boolean, cluster: Cluster): Outcome {
  const there = all.filter(({ to }) => to.kind === 'pods' && cluster.endpoints(to.service, to.port).length > 0);
  if (!stream) return weighted([...new Map(there.map((one) => [`${nameOf(one)} ${one.weight}`, one])).values()]);
  if (there.length === 1) return { destinations: [{ ...there[0], weight: 1 }] };
  if (there.some(({ weight }) => weight === 0)) return { destinations: there, failure: 'Envoy refuses the listener of a TCP split with a weight of 0' };
  return weighted(there);
}

function nameOf({ to }: Destination): string {
  return to.kind === 'pods' ? to.service.name : '';
}

/** The namespace has to be monitored and the injection on; one that is not among the manifests counts as both. */
function hasSidecar(cluster: Cluster, { workload }: Endpoint): boolean {
  const namespace = cluster.find('', 'Namespace', '', workload.namespace);
  if (!namespace) return true;
  const injection = workload.annotations[INJECT] ?? namespace.annotations[INJECT];
  return MONITORED_BY in namespace.labels && INJECTED.includes(injection ?? '');
}

/** One of the two alone asks for nothing. @see https://github.com/openservicemesh/osm/blob/v1.2.4/pkg/injector/webhook.go (mustInject) */
function sidecarWord(cluster: Cluster, { annotations, namespace }: Workload): boolean | undefined {
  const word = annotations[INJECT] ?? cluster.namespaceAnnotations(namespace)[INJECT];
  if (word !== undefined && !INJECTED.includes(word)) return false;
  return word !== undefined && MONITORED_BY in cluster.namespaceLabels(namespace) ? true : undefined;
}

const hasTargets = (cluster: Cluster) => cluster.ofKind('access.smi-spec.io', 'TrafficTarget').length > 0;

/** What no MeshConfig says is taken from the manifests: where there are TrafficTargets, they are meant to count. */
function permissive(cluster: Cluster): boolean {
  const configs = cluster.ofKind('config.openservicemesh.io', 'MeshConfig');
  const said = configs.map(({ spec }) => spec.at('traffic').at('enablePermissiveTrafficPolicyMode').flag()).find((flag) => flag !== undefined);
  return said ?? !hasTargets(cluster);
}

export const SMI = smiReader(SPECIFIED, (cluster) => Number(hasSplits(cluster) || hasTargets(cluster)));

export const OSM = smiReader(OPEN_SERVICE_MESH, isOpenServiceMesh);

function isOpenServiceMesh({ objects }: Cluster): number {
  return objects.some(({ group, labels }) => group.endsWith('.openservicemesh.io') || MONITORED_BY in labels) ? 2 : 0;
}
