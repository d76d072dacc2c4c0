import { Cluster } from '../../../manifests/cluster';
import { Field } from '../../../manifests/field';
import { KubeObject } from '../../../manifests/kube-object';
import { perCluster } from '../../../manifests/per-cluster';

/** An Ingress of any version. */
export interface Ingress {
  readonly object: KubeObject;
  /** Absent: that of the cluster. */
  readonly className?: string;
  readonly rules: readonly HostRule[];
  readonly defaultBackend?: Backend;
}

export interface HostRule {
  /** In lower case; empty for any host. */
  readonly host: string;
  readonly paths: readonly IngressPath[];
}

export interface IngressPath {
  readonly place: string;
  readonly path: string;
  /** Absent: left to the controller, as the versions before v1 allow. */
  readonly pathType?: string;
  readonly backend: Backend;
}

export interface Backend {
  /** Absent: what is meant is no Service. */
  readonly service?: string;
  /** Number or name, as it is written. */
  readonly port?: number | string;
  /** What is meant instead, as `Kind name`. */
  readonly resource?: string;
}

/** Groups that Ingresses have been in. @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/#ingress-v122 */
const GROUPS = ['networking.k8s.io', 'extensions'];
const CLASS = 'kubernetes.io/ingress.class';

export const ingressesOf = perCluster((cluster: Cluster) => GROUPS.flatMap((group) => cluster.ofKind(group, 'Ingress').map(ingressOf)));

function ingressOf(object: KubeObject): Ingress {
  const { spec } = object;
  const fallback = [spec.at('defaultBackend'), spec.at('backend')].find(({ exists }) => exists);
  return {
    object,
    className: spec.at('ingressClassName').text() ?? object.annotations[CLASS],
    defaultBackend: fallback && backendOf(fallback),
    rules: spec.at('rules').items().map((rule) => ({
      host: (rule.at('host').text() ?? '').toLowerCase(),
      paths: rule.at('http').at('paths').items().map(pathOf),
    })),
  };
}

function pathOf(path: Field): IngressPath {
  return {
    place: path.place.replace(/^spec\./, ''),
    path: path.at('path').text() || '/',
    pathType: path.at('pathType').text(),
    backend: backendOf(path.at('backend')),
  };
}

/** `serviceName` and `servicePort` stood in the versions before v1. */
function backendOf(backend: Field): Backend {
  const service = backend.at('service');
  const resource = backend.at('resource');
  const port = service.at('port');
  return {
    service: service.at('name').text() ?? backend.at('serviceName').text(),
    port: port.at('number').integer() ?? port.at('name').text() ?? backend.at('servicePort').integerOrText(),
    resource: resource.exists ? `${resource.at('kind').text() ?? ''} ${resource.at('name').text() ?? ''}` : undefined,
  };
}
