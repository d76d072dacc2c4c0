import { TrafficTarget } from './traffic-target';
import { Injection } from '../../../evaluation/reader';
import { Destination } from '../../../evaluation/route-table';
import { Cluster, Endpoint } from '../../../manifests/cluster';
import { Service } from '../../../manifests/service';

/** What implementations of SMI differ in. */
export interface Dialect {
  readonly name: string;
  readonly title: string;
  /** Versions of TrafficSplit that are served; absent: all. */
  readonly splitVersions?: readonly string[];
  /** TrafficTargets for the pods of an account. */
  readonly targets: (cluster: Cluster, account: string) => readonly TrafficTarget[];
  /** Whether TrafficTargets do not count. */
  readonly permissive: (cluster: Cluster) => boolean;
  /** Whether clients know only pods that let them in. */
  readonly knowsAllowedOnly: boolean;
  /** Whether one split without weights breaks what a client's proxy knows of all Services. */
  readonly breaksTogether: boolean;
  /** How a root may be written. */
  readonly rootNames: (service: Service, cluster: Cluster) => readonly string[];
  readonly backendService: (name: string, namespace: string, cluster: Cluster) => Service | undefined;
  /** Backends that get requests, of those that are there. */
  readonly backends: (destinations: readonly Destination[], stream: boolean, cluster: Cluster) => Outcome;
  /** Whether the pods take connections of clients without a proxy. */
  readonly takesPlain: (cluster: Cluster, endpoint: Endpoint) => boolean;
  /** How pods get their proxies; absent: that is not specified. */
  readonly injection?: Injection;
  /** What a client gets whom no TrafficTarget names, by whether other pods of the Service let it in. */
  readonly unnamed: (byOthers: boolean) => number | 'closed';
  /** What a request gets that no match takes. */
  readonly unmatched: number;
}

export interface Outcome {
  readonly destinations: readonly Destination[];
  /** Why there are none, or why they do not count. */
  readonly failure?: string;
}
