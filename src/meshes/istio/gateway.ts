import { Construct } from 'constructs';
import { BoundExposure, checkExposure, checkMesh, checkNeighbours, checkPods, exposuresOn, GatewayOfApp, joinGateways } from './check-gateway';
import { isSubset } from './destination';
import { typeOf } from './kinds';
import { NAME } from './name';
import { IstioApiVersion } from './options';
import { gatewayVirtualService } from './virtual-service';
import { Gateway as GatewayManifest, GatewaySpecServersTlsMode as IstioTlsMode } from '../../../imports/networking.istio.io';
import { addFindings } from '../../app/findings';
import { duplicateObjects } from '../../app/object-index';
import { Gateway, GatewayListener } from '../../declaration/gateway';
import { listenersToModel } from '../../declaration/listeners';
import { namespaceOf } from '../../declaration/namespace';
import { Finding } from '../../model/finding';
import { Exposure, Gateway as GatewayModel, Listener, RoutingModel, Version } from '../../model/routing-model';
import { checkGateway } from '../../model/validate/gateway';
import { writeFor, writeObject } from '../mesh-objects';

/**
 * Properties of `IstioGateway`.
 */
export interface IstioGatewayProps {
  /**
   * Ports on which traffic enters, at least one (`listener-invalid` otherwise).
   */
  readonly listeners: GatewayListener[];

  /**
   * Name of the Gateway object, a DNS label (`name-invalid` otherwise).
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Namespace of the Gateway object.
   *
   * @default - that of the chart; without one, "default"
   */
  readonly namespace?: string;

  /**
   * Labels of the pods that are the gateway.
   *
   * @default - those of Istio's own ingress gateway: `istio: ingressgateway`
   */
  readonly selector?: { [key: string]: string };

  /**
   * Service account that the gateway's pods run under. Services with `allowFrom` let it in when they are exposed.
   *
   * @default 'istio-ingressgateway-service-account'
   */
  readonly serviceAccountName?: string;

  /**
   * Namespace that the gateway's pods run in.
   *
   * @default 'istio-system'
   */
  readonly podNamespace?: string;

  /**
   * API version of the Gateway and of the VirtualServices bound to it.
   *
   * @default IstioApiVersion.V1
   */
  readonly apiVersion?: IstioApiVersion;

  /**
   * Whether the Gateway object exists in the cluster already, so that none is written.
   *
   * @default false
   */
  readonly existing?: boolean;
}

/**
 * An ingress gateway of Istio: a port of the gateway's pods and the hosts it takes.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/
 */
export class IstioGateway extends Gateway {
  public readonly gatewayName: string;
  public readonly gatewayNamespace: string;
  private readonly apiVersion?: IstioApiVersion;
  private readonly model: GatewayModel;
  private readonly selector: { [key: string]: string };
  private readonly exposed: BoundExposure[];
  private neighbours: readonly GatewayOfApp[] = [];

  /**
   * Declares a gateway.
   *
   * @param scope a chart, or a construct in one
   * @param id id of the construct
   * @param props properties
   */
  public constructor(scope: Construct, id: string, props: IstioGatewayProps) {
    super(scope, id);
    this.gatewayName = props.name ?? id;
    this.gatewayNamespace = props.namespace ?? namespaceOf(this);
    this.apiVersion = props.apiVersion;
    this.model = {
      system: NAME,
      name: this.gatewayName,
      namespace: this.gatewayNamespace,
      client: {
        kind: 'service-account',
        name: props.serviceAccountName ?? 'istio-ingressgateway-service-account',
        namespace: props.podNamespace ?? 'istio-system',
        requests: [],
      },
      listeners: listenersToModel(props.listeners),
    };
    this.exposed = exposuresOn(this, this.model);
    this.selector = props.selector ?? { istio: 'ingressgateway' };
    if (!props.existing) {
      this.renderGateway();
      this.neighbours = joinGateways(this, { path: this.node.path, selector: this.selector, model: this.model });
    }
    addFindings(this, () => this.findings());
  }

  /** @internal */
  public _toModel(): GatewayModel {
    return this.model;
  }

  /** @internal */
  public _check(model: RoutingModel, exposure: Exposure, mesh: string): Finding[] {
    return [...checkMesh(exposure, mesh), ...checkExposure(model, exposure, this.exposed)];
  }

  /** @internal */
  public _render(scope: Construct, model: RoutingModel, exposure: Exposure): void {
    this.exposed.push({ model, exposure });
    writeFor(model, scope, { ...typeOf('VirtualService', this.apiVersion), name: exposure.name, manifest: () => gatewayVirtualService(model, exposure) });
  }

  /** @internal */
  public _routesToLeaf(model: RoutingModel, _exposure: Exposure, version: Version): boolean {
    return !isSubset(model, version);
  }

  private findings(): Finding[] {
    return [
      ...checkGateway(this.node.path, this.model),
      ...checkPods(this.node.path, this.selector, this.model),
      ...checkNeighbours(this.node.path, this.neighbours),
      ...duplicateObjects(this),
    ];
  }

  private renderGateway(): void {
    writeObject(this, {
      ...typeOf('Gateway', this.apiVersion),
      id: 'Resource',
      name: this.gatewayName,
      namespace: this.gatewayNamespace,
      manifest: () => GatewayManifest.manifest({ spec: { selector: this.selector, servers: this.model.listeners.map(server) } }),
    });
  }
}

const TLS_MODES = { terminate: IstioTlsMode.SIMPLE, mutual: IstioTlsMode.MUTUAL, passthrough: IstioTlsMode.PASSTHROUGH } as const;

function server({ name, port, protocol, hosts, tls, httpsRedirect }: Listener) {
  return {
    port: { number: port, name, protocol },
    hosts: [...hosts],
    tls: tls ? { mode: TLS_MODES[tls.mode], credentialName: tls.secretName } : httpsRedirect ? { httpsRedirect } : undefined,
  };
}
