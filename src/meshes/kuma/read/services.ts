import { Cluster } from '../../../manifests/cluster';
import { Field } from '../../../manifests/field';
import { carries } from '../../../manifests/label-selector';
import { Service, ServicePort } from '../../../manifests/service';

/** Services that a reference means, and the port if it means one. */
export interface Referred {
  readonly services: readonly Service[];
  /** Its number, or its name. */
  readonly port?: number | string;
}

/**
 * What a reference to a MeshService means: a Service by its name, by labels, or by the tag of old, `name_namespace_svc_port`.
 * @see https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/core/rules/resolve/targetref.go (TargetRef)
 */
export function referred(cluster: Cluster, ref: Field, policyNamespace: string): Referred {
  const name = ref.at('name').text() ?? '';
  const section = ref.at('sectionName').text() || undefined;
  const labels = ref.at('labels').textMap();
  if (Object.keys(labels).length > 0) return { services: cluster.services.filter((service) => hasLabels(service, labels)), port: section };
  const tagged = section === undefined ? byTag(cluster, name) : undefined;
  if (tagged) return tagged;
  const service = cluster.service(ref.at('namespace').text() || policyNamespace, name);
  return { services: service ? [service] : [], port: section };
}

/** Kuma adds the name and the namespace to the labels of a Service. */
function hasLabels({ object, name, namespace }: Service, labels: Readonly<Record<string, string>>): boolean {
  const own: Readonly<Record<string, string>> = { ...object.labels, 'kuma.io/display-name': name, 'k8s.kuma.io/namespace': namespace, 'k8s.kuma.io/service-name': name };
  return carries(own, labels);
}

export function byTag(cluster: Cluster, tag: string): Referred | undefined {
  const [name, namespace, kind, port] = tag.split('_');
  if (kind !== 'svc') return undefined;
  const service = cluster.service(namespace, name);
  return { services: service ? [service] : [], port: port === undefined ? undefined : Number(port) };
}

export function portCalled({ ports }: Service, port: number | string): ServicePort | undefined {
  return ports.find((one) => (typeof port === 'number' ? one.number === port : one.name === port || `${one.number}` === port));
}

/** Kuma takes a port for TCP unless `appProtocol` says otherwise; its name means nothing. */
export function speaksHttp({ appProtocol }: ServicePort): boolean {
  return ['http', 'http2', 'grpc'].includes(appProtocol?.toLowerCase() ?? '');
}
