import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { addFindings } from './app/findings';
import { changed, clashes, join, revision, sameRoot } from './app/neighbours';
import { duplicateObjects, objectIndex } from './app/object-index';
import { CanaryVersion } from './canary-version';
import { Client } from './declaration/client';
import { podLabelsOf, selectorOf } from './declaration/existing-deployment';
import { ExposeViaGatewayOptions } from './declaration/exposure';
import { exposureToModel } from './declaration/exposure-to-model';
import { Gateway } from './declaration/gateway';
import { namespaceOf } from './declaration/namespace';
import { ServiceDeclaration } from './declaration/service-declaration';
import { Declared, toModel } from './declaration/to-model';
import { Mesh } from './meshes';
import { checkRoot } from './meshes/check-root';
import { MeshDriver } from './meshes/mesh-driver';
import { missingCapabilities } from './model/capabilities';
import { Finding } from './model/finding';
import { listed } from './model/nearest';
import { Report } from './model/report';
import { Exposure, RoutingModel } from './model/routing-model';
import { validate, withoutRepetition } from './model/validate';
import { appProtocol } from './workload/app-protocol';
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

  /** The pods of all versions, as clients of other services: for their `allowFrom`. */
  public readonly clients: Client[];

  private readonly driver?: MeshDriver;
  private readonly existingDeployments: readonly kplus.Deployment[];
  private readonly model: RoutingModel;
  private readonly declared: () => Declared;
  private readonly podProblems: readonly Finding[];
  private readonly exposures: Exposure[] = [];
  private readonly exposureFindings: Finding[] = [];
  private readonly gateways = new Map<Exposure, Gateway>();
  private readonly versions: ReadonlyMap<string, CanaryVersion>;
  private found?: { readonly state: string; readonly findings: readonly Finding[] };

  /**
   * Declares a service.
   *
   * @param scope a chart, or a construct in one
   * @param id id of the construct; also the name of the root Service unless `name` is given
   * @param props the declaration
   */
  public constructor(scope: Construct, id: string, props: CanaryServiceProps) {
    super(scope, id);
    // Callers without types may leave out what is required: that is a finding, like anything else.
    const declaration = { ...props, ports: props.ports ?? [], versions: props.versions ?? [] };
    this.driver = (props.mesh ?? Mesh.of(this))?._driver;
    this.existingDeployments = declaration.versions.map(({ deployment }) => deployment).filter((deployment) => deployment !== undefined);
    const pods = this.driver?.podMetadata ?? {};
    this.declared = () => toModel(declaration, {
      path: this.node.path,
      name: props.name ?? id,
      namespace: props.namespace ?? namespaceOf(this),
      clusterDomain: this.driver?.clusterDomain ?? 'cluster.local',
      meshPods: pods,
      rootSelector: this.driver?.rootSelector,
      replicas: this.driver?.replicas,
      exposures: this.exposures,
    });
    this.model = this.declared().model;
    this.host = this.model.root.host;
    const accounts = new Set(this.model.versions.map(({ serviceAccount }) => serviceAccount));
    this.clients = [...accounts].map((account) => Client.serviceAccount(account, { namespace: this.model.namespace }));
    const rootType = props.serviceType ?? kplus.ServiceType.CLUSTER_IP;
    const { root, versions, problems } = renderWorkload({
      scope: this,
      model: this.model,
      versions: declaration.versions,
      rootType,
      meshPods: pods,
      meshRoot: this.driver?.rootMetadata?.(this.model) ?? {},
      appProtocol: this.driver?.appProtocol ?? appProtocol,
    });
    this.root = root;
    this.versions = versions;
    this.podProblems = problems;
    this.driver?.render(this, this.model);
    join(this.node.root, this.model);
    addFindings(this, () => [...this.findingsAt(this), ...this.objectFindings()]);
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
    const { exposure, findings } = exposureToModel(scope.node.path, this.model.root.name, gateway, options);
    this.exposures.push(exposure);
    this.exposureFindings.push(...findings);
    this.gateways.set(exposure, gateway);
    changed(this.node.root);
    gateway._render(scope, this.model, exposure);
    scope.node.addDependency(gateway);
    addFindings(scope, () => this.findingsAt(scope));
  }

  /** cdk8s validates each construct once for each chart of the app. What was found holds until something joins the app. */
  private findingsAt(construct: Construct): Finding[] {
    const state = `${revision(this.node.root)} ${this.existing()}`;
    if (this.found?.state !== state) this.found = { state, findings: this.findings(this.declared()) };
    return this.found.findings.filter(({ path }) => path === construct.node.path);
  }

  /** Existing Deployments may change until the app is synthesized. */
  private existing(): string {
    return JSON.stringify(this.existingDeployments.map((deployment) => [selectorOf(deployment), podLabelsOf(deployment)]));
  }

  private findings({ model, findings }: Declared): Finding[] {
    return withoutRepetition([
      ...findings,
      ...this.podProblems,
      ...validate(model),
      ...this.exposureFindings,
      ...[...this.gateways].flatMap(([exposure, gateway]) => gateway._check(model, exposure, this.driver?.name ?? '')),
      ...this.meshFindings(model),
      ...clashes(this.node.root, this.model),
    ]);
  }

  /** What other objects of the app have to do with those of the service. */
  private objectFindings(): Finding[] {
    const objects = objectIndex(this);
    const twins = sameRoot(this.node.root, this.model).map(({ path }) => path);
    return [...duplicateObjects(this, twins, objects), ...(this.driver?.checkObjects?.(this.model, objects) ?? [])];
  }

  private meshFindings(model: RoutingModel): Finding[] {
    const { driver } = this;
    if (driver) return [...missingCapabilities(model, driver.name, driver.capabilities), ...checkRoot(model, driver), ...driver.check(model)];
    const report = new Report(this.node.path);
    report.add('mesh-missing', 'mesh', 'no mesh is chosen for this service',
      'give `mesh`, or call `Mesh.setDefault` for the app or the chart before the service is declared');
    return report.findings;
  }
}
