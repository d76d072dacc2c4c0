import { IConstruct } from 'constructs';
import { istio } from './istio';
import { IstioOptions } from './istio/options';
import { MeshDriver } from './mesh-driver';
import { openServiceMesh, smi } from './smi';
import { OpenServiceMeshOptions, SmiOptions } from './smi/options';

const defaults = new WeakMap<IConstruct, Mesh>();

/**
 * What decides the traffic between the pods of the cluster.
 */
export class Mesh {
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
   * Open Service Mesh.
   *
   * @param options settings of Open Service Mesh
   * @see https://openservicemesh.io
   */
  public static openServiceMesh(options: OpenServiceMeshOptions = {}): Mesh {
    return new Mesh(openServiceMesh(options));
  }

  /**
   * Any mesh that follows the Service Mesh Interface. The interface is archived; new services should choose another mesh.
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
