import { isSubset } from './destination';
import {
  DestinationRule, DestinationRuleSpecSubsetsTrafficPolicy as SubsetPolicy, DestinationRuleSpecTrafficPolicy as IstioPolicy,
  DestinationRuleSpecTrafficPolicyLoadBalancerSimple as Simple,
} from '../../../imports/networking.istio.io';
import { ConnectionPool, LoadBalancing, OutlierDetection, RoutingModel, TrafficPolicy, Version } from '../../model/routing-model';
import { duration } from '../duration';

/** One subset for each version, also for those without traffic: a route may use it in the next stage. */
export function destinationRule(model: RoutingModel, exportTo: string[] | undefined): { readonly spec?: unknown } {
  return DestinationRule.manifest({
    spec: {
      exportTo,
      host: model.root.host,
      trafficPolicy: model.trafficPolicy && trafficPolicy(model.trafficPolicy),
      // The import has one set of equal types for the whole host and one for subsets.
      subsets: model.byLeaves ? undefined : model.versions.filter((version) => isSubset(model, version)).map((version) => ({
        name: version.name,
        labels: { ...version.mark },
        trafficPolicy: version.trafficPolicy && (trafficPolicy(version.trafficPolicy) as SubsetPolicy),
      })),
    },
  });
}

/** Versions that have a policy, and no subset to put it on: their leaves have rules of their own. */
export function versionsWithRule(model: RoutingModel): Version[] {
  return model.versions.filter((version) => !isSubset(model, version) && (version.trafficPolicy ?? model.trafficPolicy));
}

/** As in a subset, what the version says takes the place of what the service says. */
export function leafRule(model: RoutingModel, version: Version, exportTo: string[] | undefined): { readonly spec?: unknown } {
  const own = Object.fromEntries(Object.entries(version.trafficPolicy ?? {}).filter(([, part]) => part !== undefined));
  return DestinationRule.manifest({ spec: { exportTo, host: version.host, trafficPolicy: trafficPolicy({ ...model.trafficPolicy, ...own }) } });
}

/** Also for controllers that write the rule themselves and have the same fields. */
export function trafficPolicy({ loadBalancing, connectionPool, outlierDetection }: TrafficPolicy): IstioPolicy {
  return {
    loadBalancer: loadBalancing && loadBalancer(loadBalancing),
    connectionPool: connectionPool && pool(connectionPool),
    outlierDetection: outlierDetection && outliers(outlierDetection),
  };
}

function loadBalancer(balancing: LoadBalancing): IstioPolicy['loadBalancer'] {
  switch (balancing.kind) {
    case 'round-robin': return { simple: Simple.ROUND_UNDERSCORE_ROBIN };
    case 'least-request': return { simple: Simple.LEAST_UNDERSCORE_REQUEST };
    case 'random': return { simple: Simple.RANDOM };
    case 'passthrough': return { simple: Simple.PASSTHROUGH };
    case 'hash-source-ip': return { consistentHash: { useSourceIp: true } };
    case 'hash-header': return { consistentHash: { httpHeaderName: balancing.name } };
    case 'hash-query': return { consistentHash: { httpQueryParameterName: balancing.name } };
    case 'hash-cookie': return { consistentHash: { httpCookie: { name: balancing.name, path: balancing.path, ttl: duration(balancing.ttl) } } };
  }
}

function pool(limits: ConnectionPool): IstioPolicy['connectionPool'] {
  return {
    tcp: someField({
      maxConnections: limits.maxConnections,
      connectTimeout: duration(limits.connectTimeout),
      idleTimeout: duration(limits.tcpIdleTimeout),
      maxConnectionDuration: duration(limits.maxConnectionDuration),
    }),
    http: someField({
      http1MaxPendingRequests: limits.http1MaxPendingRequests,
      http2MaxRequests: limits.http2MaxRequests,
      maxRequestsPerConnection: limits.maxRequestsPerConnection,
      maxRetries: limits.maxRetries,
      idleTimeout: duration(limits.httpIdleTimeout),
    }),
  };
}

function outliers(detection: OutlierDetection): IstioPolicy['outlierDetection'] {
  return {
    consecutive5XxErrors: detection.consecutive5xxErrors,
    consecutiveGatewayErrors: detection.consecutiveGatewayErrors,
    interval: duration(detection.interval),
    baseEjectionTime: duration(detection.baseEjectionTime),
    maxEjectionPercent: detection.maxEjectionPercent,
    minHealthPercent: detection.minHealthPercent,
  };
}

function someField<T extends object>(fields: T): T | undefined {
  return Object.values(fields).some((value) => value !== undefined) ? fields : undefined;
}
