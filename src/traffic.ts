import { IConstruct } from 'constructs';
import { Decision } from './decision';
import { Evaluator } from './evaluation/evaluator';
import { REQUEST_PROTOCOLS } from './evaluation/request';
import { toRequest } from './evaluation/to-request';
import { InputError } from './input-error';
import { Cluster } from './manifests/cluster';
import { fromConstructs, fromFiles, fromFolder, fromText, Manifests, placeOf } from './manifests/load';
import { portOf, Service } from './manifests/service';
import { MESH_NAMES, READERS } from './meshes/readers';
import { listed, suggestion } from './model/nearest';
import { RequestSource } from './request-source';

/**
 * How manifests are to be understood, for `Traffic`.
 */
export interface TrafficOptions {
  /**
   * Name of the mesh that the manifests are for, as in `Mesh.name`.
   *
   * @default - the one that the manifests show; none if they show none
   */
  readonly mesh?: string;

  /**
   * Namespace of objects that name none.
   *
   * @default 'default'
   */
  readonly namespace?: string;

  /**
   * DNS domain of the cluster.
   *
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;
}

/**
 * A request, or a connection.
 */
export interface TrafficRequest {
  /** What is called: a Service, by its short or its full name, or a host that a gateway serves. */
  readonly host: string;

  /**
   * Port of the Service, or of the gateway's listener.
   *
   * @default - the port of the Service if it has only one, else 80
   */
  readonly port?: number;

  /**
   * What is spoken: `HTTP`, `HTTP2`, `GRPC`, `TCP` or `TLS`.
   *
   * @default - what the port of the Service is declared for, else HTTP
   */
  readonly protocol?: string;

  /**
   * Path, with a query if there is one. For gRPC `/package.Service/Method`.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * HTTP method.
   *
   * @default - GET; POST for gRPC
   */
  readonly method?: string;

  /**
   * Headers, by name in any case.
   *
   * @default - none
   */
  readonly headers?: Record<string, string>;

  /**
   * Server name of a TLS connection.
   *
   * @default - the host
   */
  readonly serverName?: string;

  /**
   * Who sends it.
   *
   * @default RequestSource.meshed()
   */
  readonly from?: RequestSource;
}

/**
 * What manifests do with requests, decided the way the meshes' own code does it: those of an app, of files, or of a text, written by anybody.
 *
 * Every pod counts as running and ready. Nothing is asked of a cluster. The name of a mesh that there is none of is refused by an exception.
 */
export class Traffic {
  /**
   * Manifests of an app or of charts, as they will be written, JSON patches included.
   *
   * @param scope an app, a chart or any construct
   * @param options how to understand them
   */
  public static fromChart(scope: IConstruct, options: TrafficOptions = {}): Traffic {
    return Traffic._fromConstructs([scope], options);
  }

  /**
   * Manifests in files.
   *
   * @param paths files, and folders of which every YAML and JSON file is read; `-` for the standard input
   * @param options how to understand them
   */
  public static fromFiles(paths: string[], options: TrafficOptions = {}): Traffic {
    return new Traffic(fromFiles(paths, options.namespace), options);
  }

  /**
   * Manifests in a text of one or more YAML documents.
   *
   * @param text the text
   * @param options how to understand it
   */
  public static fromYaml(text: string, options: TrafficOptions = {}): Traffic {
    return new Traffic(fromText(text, 'text', options.namespace), options);
  }

  /** @internal */
  public static _fromFiles(paths: readonly string[], options: TrafficOptions, tell: (done: number, all: number) => void): Traffic {
    return new Traffic(fromFiles(paths, options.namespace, tell), options);
  }

  /** @internal */
  public static _fromConstructs(scopes: readonly IConstruct[], options: TrafficOptions = {}): Traffic {
    return new Traffic(fromConstructs(scopes, options.namespace), options);
  }

  /** @internal */
  public static _fromFolder(folder: string, options: TrafficOptions = {}): Traffic {
    return new Traffic(fromFolder(folder, options.namespace), options);
  }

  /** Name of the mesh that the manifests are for; empty for none. */
  public readonly mesh: string;

  /** Documents that are no objects of Kubernetes, or cannot be read: where, and why. */
  public readonly unread: string[];

  /** @internal */
  public readonly _evaluator: Evaluator;

  private constructor(
    /** @internal */
    public readonly _manifests: Manifests,
    options: TrafficOptions,
  ) {
    refuseUnknown('mesh', options.mesh, MESH_NAMES);
    this._evaluator = new Evaluator(new Cluster(_manifests.objects, options.clusterDomain), READERS, options.mesh);
    this.mesh = this._evaluator.mesh?.name ?? '';
    this.unread = _manifests.problems.filter(({ kind }) => kind !== 'duplicate').map(({ origin, message }) => `${placeOf(origin)}: ${message}`);
  }

  /**
   * What becomes of a request. A host or gateway that is not there is an answer, which names the nearest one; an unknown protocol is an
   * exception, and so is a gateway without its namespace where several have that name.
   *
   * @param request the request
   */
  public decide(request: TrafficRequest): Decision {
    refuseUnknown('protocol', request.protocol, REQUEST_PROTOCOLS);
    const meant = this.called(request);
    const source = (request.from ?? RequestSource.meshed())._toSource(meant?.namespace ?? 'default', () => this._evaluator.gateways());
    // At a gateway the port is that of a listener, whatever Service has the name of the host.
    const called = source.kind === 'gateway' ? undefined : meant;
    const port = request.port ?? (called?.ports.length === 1 ? called.ports[0].number : 80);
    const protocol = request.protocol ?? (called && declaredProtocol(called, port)) ?? 'HTTP';
    return Decision._of(this._evaluator.decide(toRequest({ ...request, serverName: request.serverName ?? request.host, source, port, protocol: protocol as 'HTTP' })));
  }

  /** The Service that a host means to a client beside it: in the namespace that the host names, or in the only one that has it. */
  private called({ host }: TrafficRequest): Service | undefined {
    const { cluster } = this._evaluator;
    const named = cluster.serviceCalled(host, 'default');
    if (named) return named;
    const same = cluster.services.filter(({ name }) => name === host.toLowerCase());
    return same.length === 1 ? same[0] : undefined;
  }
}

/** A name that nobody knows would be no mesh, or HTTP, without a word. */
function refuseUnknown(what: string, name: string | undefined, known: readonly string[]): void {
  if (name === undefined || known.includes(name)) return;
  throw new InputError(`"${name}" is no ${what}, there are ${listed(known)}; ${suggestion(name, known, 'name one of them')}`);
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  'grpc': 'GRPC', 'grpc-web': 'GRPC', 'http2': 'HTTP2', 'kubernetes.io/h2c': 'HTTP2', 'tcp': 'TCP', 'linkerd.io/opaque': 'TCP', 'tls': 'TLS', 'https': 'TLS',
};

/** What a Service says of its port: `appProtocol`, else the first word of the port's name. */
function declaredProtocol(service: Service, number: number): string | undefined {
  const port = portOf(service, number);
  return port && PROTOCOLS[port.appProtocol ?? port.name?.split('-')[0] ?? ''];
}
