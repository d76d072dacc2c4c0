import { Canary, canaryOf } from './canary';
import { Target } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { Service } from '../../../manifests/service';
import { Backend, Ingress } from '../../plain-ingress/read/ingress';

/** A Service and a port of it, as Ingresses write them: one upstream for all paths that write the same. */
export interface Upstream {
  readonly name: string;
  readonly to: Target;
  /** Without endpoints there is no balancer. */
  readonly hasEndpoints: boolean;
  /** The Ingress that wrote it first is a canary: then it is never a main backend, whoever else writes it. */
  readonly canary?: Canary;
  /** The Ingress that wrote it first. */
  readonly ingress: Ingress;
  /** Names of the canaries that share its requests, of which the first counts. */
  readonly alternatives: string[];
}

/** @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/controller/controller.go (createUpstreams) */
export function upstreamsOf(cluster: Cluster, ingresses: readonly Ingress[]): Map<string, Upstream> {
  const found = new Map<string, Upstream>();
  for (const ingress of ingresses) {
    const { defaultBackend, rules } = ingress;
    // A default backend is made anew even where a path of an older Ingress has made it.
    if (defaultBackend?.service !== undefined) found.set(upstreamName(ingress, defaultBackend), upstream(cluster, ingress, defaultBackend));
    for (const { backend } of rules.flatMap(({ paths }) => paths)) {
      const name = upstreamName(ingress, backend);
      if (backend.service !== undefined && !found.has(name)) found.set(name, upstream(cluster, ingress, backend));
    }
  }
  return found;
}

/** A port by its number and the same one by its name are two. */
export function upstreamName({ object }: Ingress, { service, port }: Backend): string {
  return `${object.namespace}-${service ?? ''}-${port ?? ''}`;
}

function upstream(cluster: Cluster, ingress: Ingress, backend: Backend): Upstream {
  const to = target(cluster, ingress.object.namespace, backend);
  const hasEndpoints = to.kind === 'outside' || (to.kind === 'pods' && cluster.endpoints(to.service, to.port).length > 0);
  return { name: upstreamName(ingress, backend), to, hasEndpoints, canary: canaryOf(ingress.object), ingress, alternatives: [] };
}

/** Without a balancer the answer is 503. */
function target(cluster: Cluster, namespace: string, { service: name = '', port }: Backend): Target {
  const service = cluster.service(namespace, name);
  if (!service) return { kind: 'lost', status: 503, reason: `there is no Service ${namespace}/${name}` };
  if (service.externalName !== undefined) return { kind: 'outside', host: service.externalName };
  const number = portCalled(service, `${port ?? ''}`);
  return number === undefined ? { kind: 'lost', status: 503, reason: `${service.object.title} has no port ${port ?? ''}`.trimEnd() } : { kind: 'pods', service, port: number };
}

/** Also by its target port. */
function portCalled({ ports }: Service, port: string): number | undefined {
  return ports.find(({ number, name, targetPort }) => [`${number}`, `${targetPort}`, name].includes(port))?.number;
}
