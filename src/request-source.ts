import { Source } from './evaluation/request';
import { InputError } from './input-error';
import { listed } from './model/nearest';

/**
 * A pod that sends requests, for `RequestSource.meshed`.
 */
export interface MeshedSourceOptions {
  /**
   * Namespace of the pod.
   *
   * @default - that of the called Service
   */
  readonly namespace?: string;

  /**
   * Service account that the pod runs under, for access rules.
   *
   * @default 'default'
   */
  readonly serviceAccount?: string;

  /**
   * Labels of the pod, for routes and network policies that look at the client.
   *
   * @default - none
   */
  readonly labels?: Record<string, string>;
}

/**
 * A pod outside the mesh, for `RequestSource.plain`.
 */
export interface PlainSourceOptions {
  /**
   * Namespace of the pod.
   *
   * @default - that of the called Service
   */
  readonly namespace?: string;

  /**
   * Labels of the pod, for network policies.
   *
   * @default - none
   */
  readonly labels?: Record<string, string>;
}

/**
 * A gateway that requests come through, for `RequestSource.gateway`.
 */
export interface GatewaySourceOptions {
  /**
   * Namespace of the gateway.
   *
   * @default - that of the only gateway of this name; several of one name are refused by an exception when the request is decided
   */
  readonly namespace?: string;

  /**
   * Listener of the gateway, where several share a port.
   *
   * @default - the one that fits the port and the host
   */
  readonly listener?: string;
}

/**
 * Who sends a request. The rules of a mesh hold for pods of the mesh, those of a gateway for what comes through it, and neither for other pods.
 */
export class RequestSource {
  /**
   * Through a gateway or an ingress.
   *
   * @param name name of the object: a Gateway, or an Ingress; or the class of Ingresses, all of which are served together. `<namespace>/<name>`
   * says the namespace as well
   * @param options where it is
   */
  public static gateway(name: string, options: GatewaySourceOptions = {}): RequestSource {
    const [own, namespace] = name.split('/', 2).reverse();
    const said = options.namespace ?? namespace;
    return new RequestSource((_, gateways) => ({ kind: 'gateway', name: own, namespace: said ?? namespaceOf(own, gateways()), listener: options.listener }));
  }

  /**
   * A pod with the proxy of the mesh.
   *
   * @param options who it is
   */
  public static meshed(options: MeshedSourceOptions = {}): RequestSource {
    const { serviceAccount = 'default', labels = {} } = options;
    return new RequestSource((calledIn) => ({ kind: 'meshed', namespace: options.namespace ?? calledIn, serviceAccount, labels: { ...labels } }));
  }

  /**
   * A pod without a proxy: kube-proxy alone decides where its connections go.
   *
   * @param options who it is
   */
  public static plain(options: PlainSourceOptions = {}): RequestSource {
    return new RequestSource((calledIn) => ({ kind: 'plain', namespace: options.namespace ?? calledIn, labels: { ...options.labels } }));
  }

  private constructor(private readonly make: (calledIn: string, gateways: () => readonly string[]) => Source) {}

  /**
   * @internal
   * @param calledIn namespace of the called Service
   * @param gateways those that are there, as `namespace/name`
   */
  public _toSource(calledIn: string, gateways: () => readonly string[]): Source {
    return this.make(calledIn, gateways);
  }
}

/** Empty if there is none of the name: it may be a class, which has no namespace. */
function namespaceOf(name: string, gateways: readonly string[]): string {
  const same = gateways.filter((one) => one.endsWith(`/${name}`));
  if (same.length > 1) throw new InputError(`several gateways are called "${name}": say which, there are ${listed(same)}`);
  return same.length === 1 ? same[0].slice(0, -name.length - 1) : '';
}
