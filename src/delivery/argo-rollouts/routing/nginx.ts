import { kubernetes } from './kubernetes';
import { roleServices } from './roles';
import { Routing } from './routing';
import { ArgoSplitLevel } from '../options';

/**
 * The Ingress leads to the stable Service; the controller makes a second one with the annotations of ingress-nginx.
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/nginx/
 */
export function nginx(ingress: string): Routing {
  return {
    ...kubernetes,
    level: ArgoSplitLevel.HOST,
    weights: true,
    strategy: (model) => ({ ...roleServices(model), trafficRouting: { nginx: { stableIngress: ingress } } }),
  };
}
