import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { CanaryVersion } from './canary-version';
import { ExposeViaGatewayOptions } from './declaration/exposure';
import { Gateway } from './declaration/gateway';
import { namespaceOf } from './declaration/namespace';
import { ServiceDeclaration } from './declaration/service-declaration';
import { exposureToModel, toModel } from './declaration/to-model';
import { Mesh } from './meshes';
import { MeshDriver } from './meshes/mesh-driver';
import { missingCapabilities } from './model/capabilities';
import { error, Finding, findingText } from './model/finding';
import { listed } from './model/nearest';
import { Exposure, RoutingModel } from './model/routing-model';
import { validate } from './model/validate';
import { objectKey, objectPaths } from './object-index';
import { renderWorkload } from './workload/workload';

/**
 * Properties of `CanaryService`.
 */
export interface CanaryServiceProps extends ServiceDeclaration {
  /**
   * What decides the traffic inside the cluster.
   *
   * @default - the one chosen with `Mesh.setDefault` for the nearest scope; without one, the service is refused (`mesh-missing`)
   */
  readonly mesh?: Mesh;
}

/**
 * A service with several versions that share its traffic: one declaration, and every manifest that the mesh needs for it.
 *
 * What is wrong is not thrown but collected: `app.synth()` reports all findings of all services at once, and writes nothing.
 */
export class CanaryService extends Construct {
  /** Name of the root Service inside the cluster, fully qualified. That is what clients have to call. */
  public readonly host: string;

  /** The root Service, also called apex. */
  public readonly root: kplus.Service;

  private readonly driver?: MeshDriver;
  private readonly model: RoutingModel;
  private readonly declared: readonly Finding[];
  private readonly exposures: Exposure[] = [];
  private readonly gateways = new Map<Exposure, Gateway>();
  private readonly versions: ReadonlyMap<string, CanaryVersion>;
  private found?: { readonly exposures: number; readonly findings: readonly Finding[] };

  /**
   * Declares a service.
   *
   * @param scope a chart, or a construct in one
   * @param id id of the construct; also the name of the root Service unless `name` is given
   * @param props the declaration
   */
  public constructor(scope: Construct, id: string, props: CanaryServiceProps) {
    super(scope, id);
    this.driver = (props.mesh ?? Mesh.of(this))?._driver;
    const { model, findings: declared } = toModel(props, {
      path: this.node.path,
      name: props.name ?? id,
      namespace: props.namespace ?? namespaceOf(this),
      clusterDomain: this.driver?.clusterDomain ?? 'cluster.local',
      exposures: this.exposures,
    });
    this.model = model;
    this.declared = declared;
    this.host = model.root.host;
    const { root, versions } = renderWorkload({
      scope: this,
      model,
      versions: props.versions,
      labels: { ...props.labels, [model.app.key]: model.app.value },
      meshLabels: this.driver?.podLabels ?? {},
      rootType: props.serviceType ?? kplus.ServiceType.CLUSTER_IP,
    });
    this.root = root;
    this.versions = versions;
    this.driver?.render(this, model);
    this.node.addValidation({ validate: () => [...this.findingsAt(this), ...this.duplicates()].map(findingText) });
  }

  /**
   * A version, to build on.
   *
   * @param name name of a declared version; any other throws
   */
  public version(name: string): CanaryVersion {
    const version = this.versions.get(name);
    if (!version) throw new Error(`"${this.node.path}" has no version "${name}", declared are ${listed([...this.versions.keys()])}`);
    return version;
  }

  /**
   * Lets traffic from outside in, by the same rules and weights as inside.
   *
   * @param gateway where it comes in
   * @param options hosts and conditions
   */
  public exposeViaGateway(gateway: Gateway, options: ExposeViaGatewayOptions = {}): void {
    const scope = new Construct(this, `Exposure${this.exposures.length + 1}`);
    const exposure = exposureToModel(scope.node.path, this.model.root.name, gateway, options);
    this.exposures.push(exposure);
    this.gateways.set(exposure, gateway);
    gateway._render(scope, this.model, exposure);
    scope.node.addDependency(gateway);
    scope.node.addValidation({ validate: () => this.findingsAt(scope).map(findingText) });
  }

  /** cdk8s validates each construct once for each chart of the app. Only a new exposure can change what comes out. */
  private findingsAt(construct: Construct): Finding[] {
    if (this.found?.exposures !== this.exposures.length) this.found = { exposures: this.exposures.length, findings: this.findings() };
    return this.found.findings.filter(({ path }) => path === construct.node.path);
  }

  private findings(): Finding[] {
    const exposed = [...this.gateways].flatMap(([exposure, gateway]) => gateway._check(this.model, exposure));
    return [...this.declared, ...validate(this.model), ...exposed, ...this.meshFindings()];
  }

  private meshFindings(): Finding[] {
    if (!this.driver) {
      return [error(this.node.path, 'mesh-missing', 'mesh', 'no mesh is chosen for this service', 'give `mesh`, or call `Mesh.setDefault` for the app or the chart before the service is declared')];
    }
    return [...missingCapabilities(this.model, this.driver.name, this.driver.capabilities), ...this.driver.check(this.model)];
  }

  /** Objects of this service that are declared elsewhere as well. Of two equal services only the roots are reported. */
  private duplicates(): Finding[] {
    const paths = objectPaths(this);
    const twins = [...new Set(this.others(ApiObject.of(this.root), paths))].filter((path) => path.endsWith('/Root/Resource'));
    const findings = twins.map((path) => error(this.node.path, 'root-duplicate', 'name',
      `"${path.replace(/\/Root\/Resource$/, '')}" has the root "${this.model.root.name}" in namespace "${this.model.namespace}" too`, 'give one of them another `name`'));
    if (findings.length > 0) return findings;
    return this.node.findAll().filter((construct) => ApiObject.isApiObject(construct)).flatMap((object) => {
      const [other] = this.others(object, paths);
      return other === undefined ? [] : [error(this.node.path, 'object-duplicate', object.node.path.slice(this.node.path.length + 1),
        `${objectKey(object)} is declared by "${other}" too`, 'give one of them another name')];
    });
  }

  private others(object: ApiObject, paths: ReadonlyMap<string, readonly string[]>): string[] {
    return (paths.get(objectKey(object)) ?? []).filter((path) => path !== object.node.path);
  }
}
