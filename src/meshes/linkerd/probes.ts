import { limitedClients } from './request-access';
import { ObjectIndex, objectsNamed } from '../../app/object-index';
import { Finding } from '../../model/finding';
import { carriesHttp } from '../../model/protocols';
import { Report } from '../../model/report';
import { RoutingModel } from '../../model/routing-model';

interface Probe {
  readonly httpGet?: { readonly path?: string; readonly port: number | string };
}

interface Container {
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
}

interface Pods {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
}

interface Deployment {
  readonly metadata: { readonly namespace?: string };
  readonly spec: { readonly template: { readonly spec: Pods } };
}

/**
 * The kubelet has no identity. Linkerd lets its probes pass, but not on a Server that routes hang on, which is how requests are told apart.
 * @see https://github.com/linkerd/linkerd2/blob/main/policy-controller/k8s/index/src/inbound/index.rs (http_routes)
 */
export function checkProbes(model: RoutingModel, objects: ObjectIndex): Finding[] {
  const report = new Report(model.path);
  if (limitedClients(model).length === 0) return [];
  const ports = model.ports.filter(({ protocol }) => carriesHttp(protocol)).map(({ targetPort }) => targetPort);
  for (const { name, deployment } of model.versions) {
    const pods = objectsNamed(objects, 'apps', 'Deployment', deployment).map((object) => object.toJson() as Deployment)
      .filter(({ metadata }) => (metadata.namespace ?? model.namespace) === model.namespace);
    for (const { path, port } of pods.flatMap(probesOf).filter((probe) => ports.includes(probe.port))) {
      report.add('access-invalid', `versions.${name}`, `the pods are probed at "${path}" on port ${port}, and where clients are limited to some requests Linkerd denies probes`,
        'probe by TCP or on another port, or leave `requests` out');
    }
  }
  return report.findings;
}

function probesOf({ spec }: Deployment): { readonly path: string; readonly port: number }[] {
  const { containers = [], initContainers = [] } = spec.template.spec;
  return [...containers, ...initContainers].flatMap(({ ports = [], livenessProbe, readinessProbe, startupProbe }) => (
    [livenessProbe, readinessProbe, startupProbe].flatMap((probe) => {
      if (!probe?.httpGet) return [];
      const { path = '/', port } = probe.httpGet;
      return [{ path, port: typeof port === 'number' ? port : ports.find((one) => one.name === port)?.containerPort ?? NaN }];
    })
  ));
}
