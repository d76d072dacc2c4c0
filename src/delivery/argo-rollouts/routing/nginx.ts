import { kubernetes } from './kubernetes';
import { roleServices } from './roles';
import { Routing } from './routing';
import { NAME } from '../../../meshes/ingress-nginx/name';
import { ArgoSplitLevel } from '../options';

export { NAME as NGINX };

/**
 * Ingresses lead to the stable Service; for each the controller makes a second one with the annotations of ingress-nginx.
 * @param ingress name of one that is declared elsewhere
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/nginx/
 */
export function nginx(ingress?: string): Routing {
  return {
    ...kubernetes,
    level: ArgoSplitLevel.HOST,
    weights: true,
    reaches: ({ exposure }) => exposure.gateway.system === NAME,
    strategy(model, written) {
      const names = [...(ingress === undefined ? [] : [ingress]), ...written.filter(({ kind }) => kind === 'Ingress').map(({ name }) => name)];
      const nginxOf = names.length === 1 ? { stableIngress: names[0] } : { stableIngresses: names };
      return { ...roleServices(model), trafficRouting: { nginx: nginxOf } };
    },
  };
}
