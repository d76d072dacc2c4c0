import { Backend } from './ingress';
import { Target } from '../../../evaluation/route-table';
import { Cluster } from '../../../manifests/cluster';
import { Service } from '../../../manifests/service';

export interface Backed {
  readonly to: Target;
  /** Absent: every controller does the same. */
  readonly doubt?: string;
}

/** Where a controller sends what it takes. What it answers for a backend that is not there is its own: most give 503. */
export function backed(cluster: Cluster, { service: name, port, resource }: Backend, namespace: string): Backed {
  if (name === undefined) return resource === undefined ? missing('the path has no backend') : { to: { kind: 'outside', host: resource } };
  const service = cluster.service(namespace, name);
  if (!service) return missing(`there is no Service ${namespace}/${name}`);
  if (service.externalName !== undefined) return { to: { kind: 'outside', host: service.externalName } };
  const number = portNumber(service, port);
  return number === undefined ? missing(`${service.object.title} has no port ${port ?? ''}`.trimEnd()) : { to: { kind: 'pods', service, port: number } };
}

function missing(reason: string): Backed {
  return { to: { kind: 'lost', status: 503, reason }, doubt: `${reason}, and what is answered then depends on the controller: 503 is assumed` };
}

function portNumber({ ports }: Service, port: number | string | undefined): number | undefined {
  return ports.find(({ number, name }) => (typeof port === 'string' ? name === port : number === port))?.number;
}
