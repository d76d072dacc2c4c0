import { NO_ENDPOINTS, split } from './availability';
import { Entry } from '../../../evaluation/reader';
import { Request } from '../../../evaluation/request';
import { Destination, everything, RouteTable } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { KubeObject } from '../../../manifests/kube-object';
import { portOf, Service } from '../../../manifests/service';
import { quantity, splitsOf, TrafficSplit } from '../../smi/read/traffic-split';

interface Override {
  readonly authority: string;
  readonly weight: number;
}

/**
 * Weights of a ServiceProfile, or of the TrafficSplit that the extension linkerd-smi makes one of. Nothing: there is no profile that counts. One that
 * does switches the routes of the Service off.
 * @see https://github.com/linkerd/linkerd2/blob/main/controller/api/destination/profile_translator.go
 */
export function profileTable(cluster: Cluster, { source, port, protocol }: Request, called: Service): RouteTable | undefined {
  const name = `${called.name}.${called.namespace}.svc.${cluster.clusterDomain}`;
  const profile = [source.namespace, called.namespace].map((namespace) => cluster.find('linkerd.io', 'ServiceProfile', namespace, name)).find((one) => one !== undefined);
  const splits = splitsOf(cluster, called.namespace, [called.name]).filter(({ object }) => !('smi.linkerd.io/skip' in object.annotations));
  if (splits.length === 0 && !(profile && profileCounts(profile))) return undefined;
  const overrides = splits.length > 0 ? ofSplit(splits[0], cluster) : ofProfile(profile!);
  const object = splits[0]?.object ?? profile!;
  const weighted = overrides.filter(({ weight }) => weight > 0);
  const destinations = weighted.length > 0
    ? weighted.map((override) => destination(override, port, cluster))
    : [{ weight: 1, to: { kind: 'pods', service: called, port, emptyStatus: NO_ENDPOINTS } } as const];
  const action = split(destinations, protocol === 'TCP' || protocol === 'TLS', cluster);
  const place = weighted.length === 0 ? 'spec' : splits.length > 0 ? 'spec.backends' : 'spec.dstOverrides';
  return { ...everything(action), rules: [{ object, place, conditions: [], action }], doubts: doubtsOf(splits, profile) };
}

/** An empty profile changes nothing. */
export function profileCounts({ spec }: KubeObject): boolean {
  return spec.at('routes').items().length > 0 || spec.at('dstOverrides').items().length > 0;
}

function ofProfile({ spec }: KubeObject): Override[] {
  return spec.at('dstOverrides').items().map((one) => ({ authority: one.at('authority').text() ?? '', weight: quantity(one.at('weight')) ?? 0 }));
}

function ofSplit({ object, backends }: TrafficSplit, { clusterDomain }: Cluster): Override[] {
  return backends.map(({ service, weight }) => ({ authority: `${service}.${object.namespace}.svc.${clusterDomain}`, weight }));
}

function destination({ authority, weight }: Override, port: number, cluster: Cluster): Destination {
  const [host, written] = authority.split(':');
  const service = host.split('.').length > 2 ? cluster.serviceCalled(host, '') : undefined;
  const number = written === undefined ? port : Number(written);
  if (!service || !portOf(service, number)) return { weight, to: { kind: 'lost', status: NO_ENDPOINTS, reason: `there is no Service "${authority}" with the port ${number}` } };
  return { weight, to: { kind: 'pods', service, port: number } };
}

function doubtsOf(splits: readonly TrafficSplit[], profile: KubeObject | undefined): string[] {
  const several = splits.length > 1 ? [`${splits.map(({ object }) => object.title).join(' and ')} have the same root: the one that changed last counts`] : [];
  const both = splits.length > 0 && profile ? [`${profile.title} gets its weights from ${splits[0].object.title}`] : [];
  return [...several, ...both];
}

/** Roots of splits, and Services with a profile that counts. */
export function profileEntries(cluster: Cluster): Entry[] {
  return cluster.services.flatMap((service) => {
    const name = `${service.name}.${service.namespace}.svc.${cluster.clusterDomain}`;
    const profile = cluster.find('linkerd.io', 'ServiceProfile', service.namespace, name);
    const splits = splitsOf(cluster, service.namespace, [service.name]).map(({ object }) => object);
    const objects = profile && profileCounts(profile) ? [...splits, profile] : splits;
    return objects.length === 0 ? [] : service.ports.map(({ number }): Entry => ({
      from: 'mesh', host: `${service.name}.${service.namespace}`, port: number, protocol: 'HTTP', objects,
    }));
  });
}
