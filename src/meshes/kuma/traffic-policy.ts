import { serviceRef } from './backend-refs';
import { LoadBalancing, OutlierDetection, RoutingModel } from '../../model/routing-model';
import { duration } from '../duration';

/** Ways of choosing a pod that Kuma has words for. Hashes are refused: what they go by is said for the root, and the choice for a leaf. */
const BALANCERS: Partial<Record<LoadBalancing['kind'], string>> = { 'round-robin': 'RoundRobin', 'least-request': 'LeastRequest', 'random': 'Random' };

export function meshLoadBalancingStrategy(model: RoutingModel, { kind }: LoadBalancing): { readonly spec: unknown } {
  return policy(model, { loadBalancer: { type: BALANCERS[kind] } });
}

/** Errors that are not counted have no detector; a threshold of 0 would be one of none. */
export function meshCircuitBreaker(model: RoutingModel, outliers: OutlierDetection): { readonly spec: unknown } {
  const detector = (consecutive?: number) => (consecutive ? { consecutive } : undefined);
  return policy(model, {
    outlierDetection: {
      interval: duration(outliers.interval),
      baseEjectionTime: duration(outliers.baseEjectionTime),
      maxEjectionPercent: outliers.maxEjectionPercent,
      healthyPanicThreshold: outliers.minHealthPercent,
      detectors: { totalFailures: detector(outliers.consecutive5xxErrors), gatewayFailures: detector(outliers.consecutiveGatewayErrors) },
    },
  });
}

/** The pods are those of the versions, or of the root where no version is chosen. */
function policy(model: RoutingModel, conf: unknown): { readonly spec: unknown } {
  const services = [...new Set([model.root.name, ...model.versions.map(({ leaf }) => leaf)])];
  return { spec: { to: services.map((name) => ({ targetRef: serviceRef(model, name), default: conf })) } };
}
