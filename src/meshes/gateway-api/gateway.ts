import { Construct } from 'constructs';
import { BoundExposure, checkExposure, checkListeners, GatewaySettings } from './check-gateway';
import { exposureKinds, planExposure } from './exposure';
import { implementationOf } from './implementation';
import { apiVersionOf } from './kinds';
import { NAME } from './name';
import { GatewayApiChannel, GatewayApiImplementation, TcpRouteVersion } from './options';
import { routeManifest, writeRoute } from './render';
import {
  Gateway as GatewayManifest, GatewaySpecListeners as ListenerManifest, GatewaySpecListenersAllowedRoutesNamespacesFrom as From,
  GatewaySpecListenersTlsMode as GatewayTlsMode,
} from '../../../imports/gateway.networking.k8s.io';
import { addFindings } from '../../app/findings';
import { duplicateObjects } from '../../app/object-index';
import { Gateway, GatewayListener } from '../../declaration/gateway';
import { listenersToModel } from '../../declaration/listeners';
import { namespaceOf } from '../../declaration/namespace';
import { Finding } from '../../model/finding';
import { Report } from '../../model/report';
import { Exposure, Gateway as GatewayModel, Listener, RoutingModel } from '../../model/routing-model';
import { checkGateway } from '../../model/validate/gateway';
import { writeObject } from '../mesh-objects';

/**
 * Namespaces whose routes a gateway admits.
 */
export enum AllowedRoutes {
  /** That of the Gateway object. */
  SAME = 'Same',
  /** All of them. */
  ALL = 'All',
}

/**
 * Properties of `GatewayApiGateway`.
 */
export interface GatewayApiGatewayProps {
  /**
   * Ports on which traffic enters, at least one. A listener of the Gateway API takes one host, asks no client for a certificate and redirects
   * nothing (`listener-invalid` otherwise).
   */
  readonly listeners: GatewayListener[];

  /**
   * Name of the GatewayClass, which says whose gateway it is.
   */
  readonly gatewayClassName: string;

  /**
   * What carries the routes out.
   *
   * @default GatewayApiImplementation.CONFORMANT
   */
  readonly implementation?: GatewayApiImplementation;

  /**
   * CRDs that the cluster has. Retries need the experimental ones (`capability-missing` otherwise).
   *
   * @default GatewayApiChannel.STANDARD
   */
  readonly channel?: GatewayApiChannel;

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
   * Namespaces whose routes every listener admits. A service elsewhere cannot be exposed (`exposure-invalid`).
   *
   * @default AllowedRoutes.SAME
   */
  readonly allowedRoutes?: AllowedRoutes;

  /**
   * API version of TCPRoutes.
   *
   * @default TcpRouteVersion.V1ALPHA2
   */
  readonly tcpRouteVersion?: TcpRouteVersion;

  /**
   * Service account of the gateway's pods, if they belong to the mesh of the services behind it. Services with `allowFrom` let it in when they
   * are exposed, and cannot be exposed without (`exposure-invalid`).
   *
   * @default - with Istio the account that it makes, `<gateway>-<class>`; with others none: their pods do not belong to a mesh
   */
  readonly serviceAccountName?: string;

  /**
   * Name of the Service of the gateway's pods, beside them (`podNamespace`). Open Service Mesh lets a gateway in by its Service only, and has to
   * watch that namespace, without sidecars in it.
   *
   * @default - none: services of that mesh cannot be exposed (`exposure-invalid`)
   */
  readonly serviceName?: string;

  /**
   * Namespace that the gateway's pods run in.
   *
   * @default - that of the Gateway object
   */
  readonly podNamespace?: string;

  /**
   * Whether the Gateway object exists in the cluster already, so that none is written.
   *
   * @default false
   */
  readonly existing?: boolean;
}

/**
 * A Gateway of the Gateway API. It sends straight to the pods of the versions, by the rules of the service, whatever the mesh of the service.
 * What that mesh alone would do, such as faults, retries or load balancing, is refused (`capability-missing`).
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/gateway/
 */
export class GatewayApiGateway extends Gateway {
  public readonly gatewayName: string;
  public readonly gatewayNamespace: string;
  private readonly model: GatewayModel;
  private readonly props: GatewayApiGatewayProps;
  private readonly settings: GatewaySettings;
  private readonly exposed: BoundExposure[] = [];

  /**
   * Declares a gateway.
   *
   * @param scope a chart, or a construct in one
   * @param id id of the construct
   * @param props properties
   */
  public constructor(scope: Construct, id: string, props: GatewayApiGatewayProps) {
    super(scope, id);
    this.props = props;
    this.gatewayName = props.name ?? id;
    this.gatewayNamespace = props.namespace ?? namespaceOf(this);
    const implementation = implementationOf(props.implementation, props.channel);
    const account = props.serviceAccountName ?? implementation.gatewayAccount?.(this.gatewayName, props.gatewayClassName);
    this.settings = { implementation, inMesh: account !== undefined, everyNamespace: props.allowedRoutes === AllowedRoutes.ALL };
    this.model = {
      system: NAME,
      name: this.gatewayName,
      namespace: this.gatewayNamespace,
      client: { kind: 'service-account', name: account ?? 'default', namespace: props.podNamespace ?? this.gatewayNamespace, requests: [] },
      service: props.serviceName,
      listeners: listenersToModel(props.listeners),
    };
    if (!props.existing) this.renderGateway();
    addFindings(this, () => this.findings());
  }

  /** @internal */
  public _toModel(): GatewayModel {
    return this.model;
  }

  /** @internal */
  public _check(model: RoutingModel, exposure: Exposure, _mesh: string): Finding[] {
    return checkExposure({ model, exposure }, this.settings, this.exposed);
  }

  /** @internal */
  public _render(scope: Construct, model: RoutingModel, exposure: Exposure): void {
    this.exposed.push({ model, exposure });
    const { implementation } = this.settings;
    exposureKinds(model, exposure).forEach(({ kind }) => writeRoute(scope, model, {
      kind,
      apiVersion: apiVersionOf(kind, this.props.tcpRouteVersion),
      name: exposure.name,
      id: kind,
      manifest: () => {
        const plan = planExposure(model, exposure, implementation).find((one) => one.kind === kind);
        return plan ? routeManifest(model, plan, implementation) : {};
      },
    }));
  }

  private findings(): Finding[] {
    const report = new Report(this.node.path);
    report.name('gatewayClassName', this.props.gatewayClassName, 'dns-1123-subdomain', 'give the name of a GatewayClass');
    report.name('podNamespace', this.model.client.namespace, 'dns-1123-label', 'give the name of a namespace');
    if (this.props.serviceAccountName !== undefined) {
      report.name('serviceAccountName', this.props.serviceAccountName, 'dns-1123-subdomain', 'give the name of a service account');
    }
    if (this.props.serviceName !== undefined) report.name('serviceName', this.props.serviceName, 'dns-1035-label', 'give the name of a Service');
    const { path } = this.node;
    return [...checkGateway(path, this.model), ...checkListeners(path, this.model), ...report.findings, ...duplicateObjects(this)];
  }

  private renderGateway(): void {
    const from = From[this.settings.everyNamespace ? 'ALL' : 'SAME'];
    const listeners = this.model.listeners.map((one) => ({ ...listener(one), allowedRoutes: { namespaces: { from } } }));
    writeObject(this, {
      apiVersion: apiVersionOf('Gateway'),
      kind: 'Gateway',
      id: 'Resource',
      name: this.gatewayName,
      namespace: this.gatewayNamespace,
      manifest: () => GatewayManifest.manifest({ spec: { gatewayClassName: this.props.gatewayClassName, listeners } }),
    });
  }
}

/** HTTP of any version comes in as HTTP; no host means every one. */
function listener({ name, port, protocol, hosts: [host], tls }: Listener): ListenerManifest {
  return {
    name,
    port,
    protocol: protocol === 'HTTP2' || protocol === 'GRPC' ? 'HTTP' : protocol,
    hostname: host === '*' ? undefined : host,
    tls: tls && {
      mode: tls.mode === 'passthrough' ? GatewayTlsMode.PASSTHROUGH : GatewayTlsMode.TERMINATE,
      certificateRefs: tls.secretName === undefined ? undefined : [{ kind: 'Secret', name: tls.secretName }],
    },
  };
}
