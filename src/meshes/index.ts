import { IConstruct } from 'constructs';
import { gatewayApi } from './gateway-api';
import { GatewayApiOptions } from './gateway-api/options';
import { istio } from './istio';
import { IstioOptions } from './istio/options';
import { kubernetes } from './kubernetes';
import { KubernetesOptions } from './kubernetes/options';
import { kuma } from './kuma';
import { KumaOptions } from './kuma/options';
import { linkerd } from './linkerd';
import { LinkerdOptions } from './linkerd/options';
import { MeshDriver } from './mesh-driver';
import { openServiceMesh, smi } from './smi';
import { OpenServiceMeshOptions, SmiOptions } from './smi/options';

const defaults = new WeakMap<IConstruct, Mesh>();

/**
 * What decides the traffic between the pods of the cluster.
 */
export class Mesh {
  /**
   * Routes of the Gateway API that hang on Services (GAMMA), for any mesh that takes them.
   *
   * @param options which implementation, and its versions
   * @see https://gateway-api.sigs.k8s.io/mesh/
   */
  public static gatewayApi(options: GatewayApiOptions = {}): Mesh {
    return new Mesh(gatewayApi(options));
  }

  /**
   * Istio with sidecars.
   *
   * @param options settings of Istio
   * @see https://istio.io/latest/docs/concepts/traffic-management/
   */
  public static istio(options: IstioOptions = {}): Mesh {
    return new Mesh(istio(options));
  }

  /**
   * No mesh: plain Kubernetes, where every ready pod behind the root Service gets the same share, so that numbers of pods make the weights.
   *
   * A share is one of connections, not of requests: a client that keeps its connection stays with one version, and with HTTP/2 and gRPC
   * that is the rule. The weight 0 means no pods. Routes and whatever else looks at requests are refused (`capability-missing`).
   * `allowFrom` takes namespaces only, and becomes a NetworkPolicy: it closes all other ports of the pods and keeps out what comes from outside
   * the cluster, if the cluster's network enforces such policies.
   *
   * @param options settings
   * @see https://kubernetes.io/docs/concepts/workloads/management/#canary-deployments
   */
  public static kubernetes(options: KubernetesOptions = {}): Mesh {
    return new Mesh(kubernetes(options));
  }

  /**
   * Kuma with sidecars, by its own policies.
   *
   * @param options settings of Kuma
   * @see https://kuma.io
   */
  public static kuma(options: KumaOptions = {}): Mesh {
    return new Mesh(kuma(options));
  }

  /**
   * Linkerd.
   *
   * @param options settings of Linkerd
   * @see https://linkerd.io
   */
  public static linkerd(options: LinkerdOptions = {}): Mesh {
    return new Mesh(linkerd(options));
  }

  /**
   * Open Service Mesh. It is archived (warning `mesh-deprecated`).
   *
   * @param options settings of Open Service Mesh
   * @see https://openservicemesh.io
   */
  public static openServiceMesh(options: OpenServiceMeshOptions = {}): Mesh {
    return new Mesh(openServiceMesh(options));
  }

  /**
   * Any mesh that follows the Service Mesh Interface. The interface is archived (warning `mesh-deprecated`).
   *
   * @param options settings
   * @see https://github.com/servicemeshinterface/smi-spec
   */
  public static smi(options: SmiOptions = {}): Mesh {
    return new Mesh(smi(options));
  }

  /**
   * Chooses the mesh for all services below a scope that name none themselves. The nearest scope wins.
   *
   * @param scope an app, a chart or any construct
   * @param mesh the mesh
   */
  public static setDefault(scope: IConstruct, mesh: Mesh): void {
    defaults.set(scope, mesh);
  }

  /**
   * The mesh chosen for a scope, or nothing.
   *
   * @param scope where to look, and upwards from there
   */
  public static of(scope: IConstruct): Mesh | undefined {
    return [...scope.node.scopes].reverse().map((ancestor) => defaults.get(ancestor)).find((mesh) => mesh !== undefined);
  }

  /** Name of the mesh. */
  public readonly name: string;

  private constructor(
    /** @internal */
    public readonly _driver: MeshDriver,
  ) {
    this.name = _driver.name;
  }
}
