import { TrafficSplitVersion } from './options';
import { Metadata } from '../../model/routing-model';

/** What implementations of SMI differ in. */
export interface Dialect {
  readonly name: string;
  readonly clusterDomain: string;
  readonly deprecation: Deprecation;
  readonly splitVersion: TrafficSplitVersion;
  /** An expression for the whole value, as the mesh reads it. */
  readonly wholeValue: (pattern: string) => string;
  readonly namespaceMetadata: Metadata;
  readonly rootSelectsAll?: string;
  readonly bypassable: boolean;
  /** Whether gateways get in by an IngressBackend; else they are clients like others. */
  readonly ingressBackend: boolean;
  readonly trafficSplitName?: string;
  readonly httpRouteGroupName?: string;
  readonly tcpRouteName?: string;
}

/** Every implementation of SMI is out of maintenance. */
export interface Deprecation {
  /** The setting that chooses it. */
  readonly place: string;
  readonly message: string;
  readonly remedy: string;
}
