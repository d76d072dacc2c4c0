import { CLUSTER_DOMAIN } from './cluster-domain';
import { KubeObject, objectKey } from './kube-object';
import { carries } from './label-selector';
import { namedBy } from './named-objects';
import { PodIndex } from './pod-index';
import { portOf, Service, serviceOf, ServicePort } from './service';
import { Workload, workloadOf } from './workload';

/** Pods of one workload behind a Service. */
export interface Endpoint {
  readonly workload: Workload;
  readonly pods: number;
  /** Port that the pods are called on. */
  readonly port: number;
}

/** What a set of manifests would make of an empty cluster: every object applied, every pod running and ready. */
export class Cluster {
  public readonly services: readonly Service[];
  public readonly workloads: readonly Workload[];

  private readonly byKey = new Map<string, KubeObject>();
  private readonly byKind = new Map<string, KubeObject[]>();
  private readonly byName = new Map<string, Service>();
  private readonly pods: PodIndex;
  private readonly found = new Map<Service, readonly Workload[]>();

  /**
   * @param objects all objects; of several with one key the last counts, as with `kubectl apply`
   * @param clusterDomain DNS domain of the cluster
   */
  public constructor(objects: readonly KubeObject[], public readonly clusterDomain: string = CLUSTER_DOMAIN) {
    for (const object of objects) this.byKey.set(object.key, object);
    for (const named of objects.flatMap(namedBy)) if (!this.byKey.has(named.key)) this.byKey.set(named.key, named);
    for (const object of this.byKey.values()) {
      const kind = kindKey(object.group, object.kind);
      const same = this.byKind.get(kind);
      if (same) same.push(object);
      else this.byKind.set(kind, [object]);
    }
    this.services = this.ofKind('', 'Service').map(serviceOf);
    for (const service of this.services) this.byName.set(`${service.namespace}/${service.name}`, service);
    const workloads = this.objects.map((object) => workloadOf(object, (rollout) => this.templateFor(rollout)));
    this.workloads = workloads.filter((workload) => workload !== undefined);
    this.pods = new PodIndex(this.workloads);
  }

  public get objects(): readonly KubeObject[] {
    return [...this.byKey.values()];
  }

  /** Objects of a kind, in whatever version of its group. */
  public ofKind(group: string, kind: string): readonly KubeObject[] {
    return this.byKind.get(kindKey(group, kind)) ?? [];
  }

  public find(group: string, kind: string, namespace: string, name: string): KubeObject | undefined {
    return this.byKey.get(objectKey(group, kind, namespace, name));
  }

  public service(namespace: string, name: string): Service | undefined {
    return this.byName.get(`${namespace}/${name}`);
  }

  /** Labels of a namespace, where its object is among the manifests. */
  public namespaceLabels(namespace: string): Readonly<Record<string, string>> {
    return this.find('', 'Namespace', '', namespace)?.labels ?? {};
  }

  public namespaceAnnotations(namespace: string): Readonly<Record<string, string>> {
    return this.find('', 'Namespace', '', namespace)?.annotations ?? {};
  }

  /** Workloads whose pods carry all the labels; without labels all of the namespace. */
  public selected(namespace: string, labels: Readonly<Record<string, string>>): readonly Workload[] {
    return this.pods.selected(namespace, labels);
  }

  /** Workloads behind a Service, those without pods too. */
  public behind(service: Service): readonly Workload[] {
    let workloads = this.found.get(service);
    if (!workloads) {
      workloads = service.selector ? this.selected(service.namespace, service.selector) : [];
      this.found.set(service, workloads);
    }
    return workloads;
  }

  /** Pods behind a port of a Service, in whole workloads, narrowed to those with further labels. */
  public endpoints(service: Service, port: number, labels: Readonly<Record<string, string>> = {}): Endpoint[] {
    const declared = portOf(service, port);
    if (!declared) return [];
    return this.behind(service)
      .filter((workload) => workload.pods > 0 && carries(workload.labels, labels))
      .flatMap((workload) => {
        const target = targetPort(workload, declared);
        return target === undefined ? [] : [{ workload, pods: workload.pods, port: target }];
      });
  }

  /**
   * The Service that a name means for a client: `web`, `web.shop`, `web.shop.svc`, `web.shop.svc.cluster.local`, with or without a dot at the end.
   * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
   */
  public serviceCalled(host: string, fromNamespace: string): Service | undefined {
    const name = host.toLowerCase().replace(/\.$/, '');
    const [service, namespace, ...rest] = name.split('.');
    const suffixes = ['', 'svc', `svc.${this.clusterDomain}`];
    return suffixes.includes(rest.join('.')) ? this.service(namespace ?? fromNamespace, service) : undefined;
  }

  /** An Argo Rollout may take its template from a Deployment. */
  private templateFor(rollout: KubeObject) {
    const reference = rollout.spec.at('workloadRef');
    const name = reference.at('name').text();
    return name === undefined ? undefined : this.find('apps', reference.at('kind').text() ?? 'Deployment', rollout.namespace, name)?.spec.at('template');
  }
}

function kindKey(group: string, kind: string): string {
  return `${group}/${kind}`;
}

/** Pods without a port of that name are no endpoints of it; a number need not be declared. */
function targetPort({ containerPorts }: Workload, port: ServicePort): number | undefined {
  if (typeof port.targetPort === 'number') return port.targetPort;
  return containerPorts.find(({ name }) => name === port.targetPort)?.number;
}
