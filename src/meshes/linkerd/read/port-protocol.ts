import { Cluster } from '../../../manifests/cluster';
import { Service, ServicePort } from '../../../manifests/service';

const OPAQUE_PORTS = 'config.linkerd.io/opaque-ports';

/** Of protocols in which the server speaks first. @see https://linkerd.io/2/features/protocol-detection/ */
const OPAQUE_BY_DEFAULT = '25,587,3306,4444,5432,6379,9300,11211';

const SPEAKS: Readonly<Record<string, 'HTTP' | 'bytes'>> = { 'http': 'HTTP', 'kubernetes.io/h2c': 'HTTP', 'linkerd.io/opaque': 'bytes' };

/** What a port is taken for: by its `appProtocol`, or as one of the opaque ports. Others are looked into. */
export function portSpeaks(port: ServicePort, service: Service, cluster: Cluster): 'HTTP' | 'bytes' | undefined {
  const said = SPEAKS[port.appProtocol ?? ''];
  if (said) return said;
  const opaque = service.object.annotations[OPAQUE_PORTS] ?? cluster.namespaceAnnotations(service.namespace)[OPAQUE_PORTS] ?? OPAQUE_BY_DEFAULT;
  return opaque.split(',').some((part) => takes(part.trim(), port)) ? 'bytes' : undefined;
}

/** `3306`, `3306-3310` or a name. */
function takes(part: string, { number, name }: ServicePort): boolean {
  const [, first, last = first] = /^([0-9]+)(?:-([0-9]+))?$/.exec(part) ?? [];
  return first === undefined ? part !== '' && part === name : number >= Number(first) && number <= Number(last);
}
