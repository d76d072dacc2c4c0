import { Construct } from 'constructs';
import { backend } from './backend';
import { INGRESS_CAPABILITIES } from './capabilities';
import { checkExposure, checkSettings, checkSplits } from './check-gateway';
import { BoundExposure, exposuresOf } from './exposures';
import { API, certificates, ingress, Path } from './ingress';
import { locations } from './locations';
import { ingressModel } from './model';
import { NAME } from './name';
import { IngressOptions } from './options';
import { addFindings } from '../../app/findings';
import { Gateway } from '../../declaration/gateway';
import { namespaceOf } from '../../declaration/namespace';
import { Protocol } from '../../declaration/protocol';
import { exposedRules } from '../../model/exposed-rules';
import { Finding } from '../../model/finding';
import { Report } from '../../model/report';
import { Exposure, Gateway as GatewayModel, RoutingModel, Version } from '../../model/routing-model';
import { writeFor } from '../mesh-objects';

/**
 * Properties of `IngressGateway`.
 */
export interface IngressGatewayProps extends IngressOptions {
  /**
   * Name of the IngressClass, which says whose Ingresses they are.
   *
   * @default - the default class of the cluster
   */
  readonly ingressClassName?: string;

  /**
   * Protocols that the controller speaks to pods, by `appProtocol` of their Service or because `annotations` say so: an Ingress itself cannot.
   * A service on a port of another protocol cannot be exposed (`capability-missing`).
   *
   * @default [Protocol.HTTP]
   */
  readonly backendProtocols?: Protocol[];

  /**
   * Namespace that the controller's pods run in. Services with `allowFrom` let it in when they are exposed.
   *
   * @default - that of the chart; without one, "default"
   */
  readonly podNamespace?: string;
}

/**
 * Plain Ingresses, for whatever controller serves their class: one for each exposure, in the namespace of the service.
 *
 * An Ingress tells hosts and paths apart, and has one Service for each. The controller stands outside the mesh and sees plain Services: the leaf
 * of the one version that has all the weight, or the root, where numbers of pods make the shares (`Mesh.kubernetes()` and `splitByPods`).
 * Whatever else is declared is refused (`capability-missing`). A host "*.example.com" takes one label before it, not several.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export class IngressGateway extends Gateway {
  public readonly gatewayName: string;
  public readonly gatewayNamespace: string;
  private readonly model: GatewayModel;
  private readonly props: IngressGatewayProps;
  private readonly onClass: BoundExposure[];

  /**
   * Declares a gateway.
   *
   * @param scope a chart, or a construct in one
   * @param id id of the construct
   * @param props properties
   */
  public constructor(scope: Construct, id: string, props: IngressGatewayProps = {}) {
    super(scope, id);
    this.props = props;
    this.model = ingressModel(NAME, props.name ?? id, props.podNamespace ?? namespaceOf(this), props);
    this.gatewayName = this.model.name;
    this.gatewayNamespace = this.model.namespace;
    this.onClass = exposuresOf(this, props.ingressClassName);
    const { model, onClass } = this;
    addFindings(this, () => checkSettings({ path: this.node.path, model, ingressClassName: props.ingressClassName, options: props, onClass }));
  }

  /** @internal */
  public _toModel(): GatewayModel {
    return this.model;
  }

  /** @internal */
  public _check(model: RoutingModel, exposure: Exposure, _mesh: string): Finding[] {
    const report = new Report(exposure.path);
    checkSplits(report, { model, exposure }, locations(exposedRules(model, exposure)?.rules ?? []));
    return [...report.findings, ...checkExposure({ model, exposure }, {
      is: 'a plain Ingress',
      capabilities: INGRESS_CAPABILITIES,
      protocols: this.props.backendProtocols ?? [Protocol.HTTP],
      protocolRemedy: 'name the protocol in `backendProtocols` if the controller knows it by other means, or use a gateway that can',
    }, this.onClass)];
  }

  /** @internal */
  public _render(scope: Construct, model: RoutingModel, exposure: Exposure): void {
    this.onClass.push({ model, exposure });
    const { ingressClassName, annotations, tls = [] } = this.props;
    writeFor(model, scope, {
      ...API,
      name: exposure.name,
      annotations,
      manifest: () => {
        const { port } = exposedRules(model, exposure)!;
        const paths = pathsOf(model, exposure);
        return ingress({ ingressClassName, hosts: exposure.hosts, port: port.number, paths, tls: certificates(exposure, tls) });
      },
    });
  }

  /** @internal */
  public _routesToLeaf(model: RoutingModel, exposure: Exposure, { leaf }: Version): boolean {
    return pathsOf(model, exposure).some(({ service }) => service === leaf);
  }
}

/** A path has one Service. */
function pathsOf(model: RoutingModel, exposure: Exposure): Path[] {
  return locations(exposedRules(model, exposure)?.rules ?? []).flatMap(({ path, rules: [{ action }] }) => {
    const service = action.kind === 'forward' ? backend(model, action.split) : undefined;
    return service === undefined ? [] : [{ path, service }];
  });
}
