import { Construct } from 'constructs';
import { INGRESS_NGINX_CAPABILITIES } from './capabilities';
import { checkAnnotations, checkCanary } from './check-gateway';
import { NAME, PREFIX } from './name';
import { ExposurePlan, planExposure } from './plan';
import { addFindings } from '../../app/findings';
import { Gateway } from '../../declaration/gateway';
import { Finding } from '../../model/finding';
import { Report } from '../../model/report';
import { Exposure, Gateway as GatewayModel, RoutingModel, Version } from '../../model/routing-model';
import { writeFor } from '../mesh-objects';
import { checkExposure, checkSettings, IngressSystem } from '../plain-ingress/check-gateway';
import { BoundExposure, exposuresOf } from '../plain-ingress/exposures';
import { API, certificates, ingress, Path } from '../plain-ingress/ingress';
import { ingressModel } from '../plain-ingress/model';
import { IngressOptions, IngressTls } from '../plain-ingress/options';

/**
 * Properties of `NginxIngressGateway`.
 */
export interface NginxIngressGatewayProps extends IngressOptions {
  /**
   * Name of the IngressClass.
   *
   * @default 'nginx'
   */
  readonly ingressClassName?: string;

  /**
   * Whether requests without TLS are sent to https, for hosts with a certificate.
   *
   * @default true
   */
  readonly httpsRedirect?: boolean;

  /**
   * Namespace that the controller's pods run in. Services with `allowFrom` let it in when they are exposed.
   *
   * @default 'ingress-nginx'
   */
  readonly podNamespace?: string;
}

/**
 * Ingresses for the controller ingress-nginx, which knows a second Service for some of the requests: the canary. The project is retired
 * (`gateway-deprecated`, a warning).
 *
 * Each exposure becomes an Ingress `<name>-primary`, which sends to the leaf of the stable version, and where two versions share the requests an
 * Ingress `<name>-canary` for the other one. The version declared first is the stable one, as long as it has pods. The controller sends straight to
 * the pods, whatever the mesh of the service. What it keeps:
 *
 * - shares of two versions, exactly; while one has everything the canary stays with a weight of 0 or all,
 * - before that, routes that send all requests with one header to the canary: an exact value, a prefix, a regular expression or presence,
 * - then, a cookie: "always" to the canary, "never" to the stable version,
 * - paths, with the same rules at all paths of one Service: a canary hangs on the Service. Ingresses that are declared elsewhere and send to
 *   a leaf of the service get its canary too.
 *
 * All else is refused (`capability-missing`, `order-inexpressible`). Session affinity, if the `annotations` ask for it, makes shares of clients
 * instead of requests.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#canary
 */
export class NginxIngressGateway extends Gateway {
  public readonly gatewayName: string;
  public readonly gatewayNamespace: string;
  private readonly model: GatewayModel;
  private readonly props: NginxIngressGatewayProps;
  private readonly ingressClassName: string;
  private readonly onClass: BoundExposure[];

  /**
   * Declares a gateway.
   *
   * @param scope a chart, or a construct in one
   * @param id id of the construct
   * @param props properties
   */
  public constructor(scope: Construct, id: string, props: NginxIngressGatewayProps = {}) {
    super(scope, id);
    this.props = props;
    this.ingressClassName = props.ingressClassName ?? 'nginx';
    this.model = ingressModel(NAME, props.name ?? id, props.podNamespace ?? 'ingress-nginx', props);
    this.gatewayName = this.model.name;
    this.gatewayNamespace = this.model.namespace;
    this.onClass = exposuresOf(this, this.ingressClassName);
    addFindings(this, () => this.findings());
  }

  /** @internal */
  public _toModel(): GatewayModel {
    return this.model;
  }

  /** @internal */
  public _check(model: RoutingModel, exposure: Exposure, _mesh: string): Finding[] {
    return [...checkExposure({ model, exposure }, SYSTEM, this.onClass), ...checkCanary({ model, exposure }, this.onClass)];
  }

  /** @internal */
  public _render(scope: Construct, model: RoutingModel, exposure: Exposure): void {
    this.onClass.push({ model, exposure });
    const tls = certificates(exposure, this.props.tls ?? []);
    const { port, paths } = planExposure(model, exposure);
    const canary = paths.find((path) => path.canary)?.canary;
    this.write(scope, { model, exposure }, {
      part: 'Primary',
      annotations: {
        ...(port?.protocol === 'GRPC' ? { [`${PREFIX}/backend-protocol`]: 'GRPC' } : {}),
        ...(tls.length > 0 ? { [`${PREFIX}/ssl-redirect`]: `${this.props.httpsRedirect ?? true}` } : {}),
      },
      tls,
      pathsOf: (plan) => plan.paths,
    });
    if (canary) this.write(scope, { model, exposure }, { part: 'Canary', annotations: canary.annotations, tls: [], pathsOf: canaryPaths });
  }

  /** A version that waits for its turn is a canary of the weight 0. @internal */
  public _routesToLeaf(model: RoutingModel, exposure: Exposure, { leaf }: Version): boolean {
    const plan = planExposure(model, exposure);
    return [...plan.paths, ...canaryPaths(plan)].some(({ service }) => service === leaf);
  }

  private write(scope: Construct, { model, exposure }: BoundExposure, { part, annotations, tls, pathsOf }: Part): void {
    writeFor(model, scope, {
      ...API,
      id: part,
      name: `${exposure.name}-${part.toLowerCase()}`,
      annotations: { ...this.props.annotations, ...annotations },
      manifest: () => {
        const plan = planExposure(model, exposure);
        return ingress({ ingressClassName: this.ingressClassName, hosts: exposure.hosts, port: plan.port!.number, paths: pathsOf(plan), tls });
      },
    });
  }

  private findings(): Finding[] {
    const report = new Report(this.node.path);
    report.warn('gateway-deprecated', 'class', 'the project ingress-nginx is retired and gets no fixes any more, not of security holes either',
      'plan the move to a gateway that is maintained: the same declaration serves it');
    const { model, ingressClassName, onClass, props: options } = this;
    const { path } = this.node;
    const settings = checkSettings({ path, model, ingressClassName, options, onClass });
    return [...report.findings, ...settings, ...checkAnnotations(path, options.annotations)];
  }
}

/** One of the two Ingresses of an exposure. */
interface Part {
  readonly part: 'Primary' | 'Canary';
  readonly annotations: Readonly<Record<string, string>>;
  readonly tls: readonly IngressTls[];
  readonly pathsOf: (plan: ExposurePlan) => readonly Path[];
}

/** A canary repeats host, path and type of what it is the canary of. */
function canaryPaths({ paths }: ExposurePlan): Path[] {
  return paths.flatMap(({ path, canary }) => (canary ? [{ path, service: canary.canary }] : []));
}

/** What h2c is to nginx, gRPC is: it has no other way to speak HTTP/2 to pods. */
const SYSTEM: IngressSystem = {
  is: 'ingress-nginx',
  capabilities: INGRESS_NGINX_CAPABILITIES,
  protocols: ['HTTP', 'GRPC'],
  protocolRemedy: 'declare the port as GRPC if it carries gRPC, or use a gateway that can',
};
