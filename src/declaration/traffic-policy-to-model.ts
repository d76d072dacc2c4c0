import { Duration } from 'cdk8s';
import { ConnectionPool, OutlierDetection, TrafficPolicy } from './traffic-policy';
import { ConnectionPool as PoolModel, OutlierDetection as OutlierModel, TrafficPolicy as PolicyModel } from '../model/routing-model';

/** The meaning of a traffic policy: durations in milliseconds. */
export function trafficPolicyToModel(policy: TrafficPolicy | undefined): PolicyModel | undefined {
  return policy && {
    loadBalancing: policy.loadBalancing?._toModel(),
    connectionPool: policy.connectionPool && poolToModel(policy.connectionPool),
    outlierDetection: policy.outlierDetection && outliersToModel(policy.outlierDetection),
  };
}

function poolToModel(pool: ConnectionPool): PoolModel {
  return {
    ...pool,
    connectTimeout: milliseconds(pool.connectTimeout),
    tcpIdleTimeout: milliseconds(pool.tcpIdleTimeout),
    maxConnectionDuration: milliseconds(pool.maxConnectionDuration),
    httpIdleTimeout: milliseconds(pool.httpIdleTimeout),
  };
}

function outliersToModel(outliers: OutlierDetection): OutlierModel {
  return { ...outliers, interval: milliseconds(outliers.interval), baseEjectionTime: milliseconds(outliers.baseEjectionTime) };
}

function milliseconds(duration: Duration | undefined): number | undefined {
  return duration?.toMilliseconds({ integral: false });
}
