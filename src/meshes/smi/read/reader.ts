import { accountBehind, admission, allowedAccounts } from './access';
import { Dialect } from './dialect';
import { portSpeaks } from './port-protocol';
import { groupMatches } from './route-groups';
import { splitsOf, TrafficSplit } from './traffic-split';
import { Entry, MeshReader } from '../../../evaluation/reader';
import { Request } from '../../../evaluation/request';
import { Action, Destination, everything, RouteTable, TableRule, Target } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { perCluster } from '../../../manifests/per-cluster';
import { portOf, Service } from '../../../manifests/service';

/** A mesh that follows SMI: TrafficSplits decide where a request goes, TrafficTargets whether it is let in. */
export function smiReader(dialect: Dialect, evidence: MeshReader['evidence']): MeshReader {
  const broken = perCluster((cluster) => (dialect.breaksTogether ? brokenRoots(cluster, dialect) : []));
  return {
    name: dialect.name,
    evidence,
    meshRoutes(cluster, request, called) {
      if (!called || !portOf(called, request.port)) return undefined;
      const client = clientOf(request);
      const breaking = broken(cluster).find(({ root }) => knows(cluster, root, client, dialect));
      return breaking ? refused(breaking) : tableFor(cluster, request, called, dialect);
    },
    admit: admission(dialect),
    injection: dialect.injection,
    entries: (cluster) => cluster.services.flatMap((service) => entriesOf(cluster, service, dialect)),
  };
}

function clientOf({ source }: Request): string {
  return source.kind === 'meshed' ? `${source.namespace}/${source.serviceAccount}` : '';
}

function knows(cluster: Cluster, service: Service, client: string, dialect: Dialect): boolean {
  return dialect.permissive(cluster) || allowedAccounts(cluster, service, client, dialect).length > 0;
}

interface Broken {
  readonly root: Service;
  readonly split: TrafficSplit;
  readonly failure: string;
}

/** Roots whose split makes a configuration that the proxies of clients refuse, with all that stands beside it. */
function brokenRoots(cluster: Cluster, dialect: Dialect): Broken[] {
  return cluster.services.flatMap((root) => root.ports.flatMap(({ number }) => {
    const [split] = served(cluster, root, dialect);
    const failure = split && dialect.backends(backendsOf(split, number, cluster, dialect), portSpeaks(root, number) === 'bytes', cluster).failure;
    return failure === undefined ? [] : [{ root, split, failure }];
  }));
}

function refused({ split, failure }: Broken): RouteTable {
  const doubt = `what clients get when their proxies refuse a configuration depends on the one before: ${split.object.title}: ${failure}`;
  return everything({ kind: 'answer', status: 'closed', reason: failure }, [doubt]);
}

function served(cluster: Cluster, root: Service, { rootNames, splitVersions }: Dialect): TrafficSplit[] {
  const splits = splitsOf(cluster, root.namespace, rootNames(root, cluster));
  return splitVersions ? splits.filter(({ object }) => splitVersions.includes(object.version)) : splits;
}

function tableFor(cluster: Cluster, request: Request, root: Service, dialect: Dialect): RouteTable | undefined {
  const all = splitsOf(cluster, root.namespace, dialect.rootNames(root, cluster));
  const [split, ...others] = served(cluster, root, dialect);
  const pods: Target = { kind: 'pods', service: root, port: request.port };
  const whole: Action = { kind: 'forward', destinations: [{ weight: 1, to: known(pods, cluster, request, dialect) }] };
  const unknown = dialect.knowsAllowedOnly && !knows(cluster, root, clientOf(request), dialect);
  if (!split || unknown) return everything(whole, doubtsOf(split, others, all, dialect));
  const stream = request.protocol === 'TCP' || request.protocol === 'TLS' || portSpeaks(root, request.port) === 'bytes';
  const { failure, destinations } = dialect.backends(backendsOf(split, request.port, cluster, dialect), stream, cluster);
  const action: Action = failure === undefined
    ? { kind: 'forward', destinations: destinations.map((one) => ({ ...one, to: known(one.to, cluster, request, dialect) })) }
    : { kind: 'answer', status: 503, reason: failure };
  const everywhere = stream || split.groups.length === 0;
  const rules = everywhere ? [{ object: split.object, place: 'backends', conditions: [], action }] : matchRules(cluster, split, action);
  return { rules, otherwise: whole, doubts: [...doubtsOf(split, others, all, dialect), ...undefinedDoubt(failure, dialect)] };
}

/** Where clients know only pods that let them in, the others of a Service are not there for them. */
function known(target: Target, cluster: Cluster, request: Request, dialect: Dialect): Target {
  if (!dialect.knowsAllowedOnly || dialect.permissive(cluster) || target.kind !== 'pods') return target;
  const accounts = allowedAccounts(cluster, target.service, clientOf(request), dialect);
  return accounts.length > 0 ? { ...target, accounts } : target;
}

/** From v1alpha3 on a split may be for some requests only; the others go to the root. */
function matchRules(cluster: Cluster, { object, groups }: TrafficSplit, action: Action): TableRule[] {
  return groups.flatMap((group) => groupMatches(cluster, object.namespace, group)).flatMap(({ alternatives, name, place }) =>
    alternatives.map((conditions) => ({ object, place, name, conditions, action })));
}

/** Backends with a Service that has the root's port: others are left out, and their weight with them. */
function backendsOf({ object, backends }: TrafficSplit, port: number, cluster: Cluster, dialect: Dialect): Destination[] {
  return backends.flatMap(({ service: name, weight }): Destination[] => {
    const service = dialect.backendService(name, object.namespace, cluster);
    return service && portOf(service, port) ? [{ weight, to: { kind: 'pods', service, port } }] : [];
  });
}

type Splits = readonly TrafficSplit[];

function doubtsOf(split: TrafficSplit | undefined, others: Splits, all: Splits, { title, splitVersions }: Dialect): string[] {
  const titles = others.map(({ object }) => object.title).join(' and ');
  const unserved = all.filter(({ object }) => splitVersions?.includes(object.version) === false);
  return [
    ...others.length > 0 ? [`${split?.object.title} and ${titles} have the same root: which one ${title} follows is left to chance`] : [],
    ...unserved.map(({ object }) => `${object.title} is ignored: ${title} does not serve ${object.apiVersion}`),
  ];
}

function undefinedDoubt(failure: string | undefined, { title }: Dialect): string[] {
  return failure === undefined ? [] : [`${failure}: what ${title} makes of that is not defined`];
}

function entriesOf(cluster: Cluster, service: Service, dialect: Dialect): Entry[] {
  const objects = splitsOf(cluster, service.namespace, dialect.rootNames(service, cluster)).map(({ object }) => object);
  return objects.length === 0 ? [] : service.ports.map(({ number }): Entry => ({
    ...knowing(cluster, service, dialect), from: 'mesh', host: `${service.name}.${service.namespace}`, port: number, protocol: portSpeaks(service, number) === 'bytes' ? 'TCP' : 'HTTP', objects,
  }));
}

/** A client whose proxy knows the Service, where only those do that its pods let in. */
function knowing(cluster: Cluster, service: Service, dialect: Dialect): Pick<Entry, 'namespace' | 'serviceAccount'> {
  if (!dialect.knowsAllowedOnly || dialect.permissive(cluster)) return {};
  const targets = cluster.behind(service).flatMap((workload) => dialect.targets(cluster, accountBehind({ workload })));
  const [client] = targets.flatMap(({ sources }) => sources);
  const [namespace, serviceAccount] = client?.split('/') ?? [];
  return { namespace, serviceAccount };
}
