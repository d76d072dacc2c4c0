import { HttpMethod } from './http-method';
import { PathMatch } from './path-match';
import { AllowedRequest as RequestModel, Client as ClientModel } from '../model/routing-model';

/**
 * Requests that a client may send: those that fit path and method.
 */
export interface AllowedRequest {
  /**
   * Name of these requests, a DNS label, for meshes that name them (`name-invalid` otherwise).
   *
   * @default - made of methods and path
   */
  readonly name?: string;

  /**
   * Condition on the path.
   *
   * @default - any path
   */
  readonly path?: PathMatch;

  /**
   * Methods.
   *
   * @default - any method
   */
  readonly methods?: HttpMethod[];
}

/**
 * Options for `Client.serviceAccount`.
 */
export interface ServiceAccountClientOptions {
  /**
   * Namespace of the account.
   *
   * @default - that of the called service
   */
  readonly namespace?: string;

  /**
   * Requests that it may send. Ports without HTTP are open to it all the same. A service without HTTP refuses this (`rule-needs-http`).
   *
   * @default - all
   */
  readonly requests?: AllowedRequest[];
}

/**
 * Options for `Client.namespace`.
 */
export interface NamespaceClientOptions {
  /**
   * Requests that its pods may send. Ports without HTTP are open to them all the same. A service without HTTP refuses this (`rule-needs-http`).
   *
   * @default - all
   */
  readonly requests?: AllowedRequest[];
}

/**
 * Somebody who may call the service. Malformed names are refused at synthesis (`name-invalid`), the same client twice too (`access-invalid`).
 */
export class Client {
  /**
   * Pods that run under a service account.
   *
   * @param name name of the account
   * @param options its namespace, and what it may send
   */
  public static serviceAccount(name: string, options: ServiceAccountClientOptions = {}): Client {
    return new Client((own) => ({ kind: 'service-account', name, namespace: options.namespace ?? own, requests: (options.requests ?? []).map(requestModel) }));
  }

  /**
   * All pods of a namespace.
   *
   * @param namespace name of the namespace
   * @param options what they may send
   */
  public static namespace(namespace: string, options: NamespaceClientOptions = {}): Client {
    return new Client(() => ({ kind: 'namespace', namespace, requests: (options.requests ?? []).map(requestModel) }));
  }

  private constructor(private readonly model: (ownNamespace: string) => ClientModel) {}

  /** @internal */
  public _toModel(ownNamespace: string): ClientModel {
    return this.model(ownNamespace);
  }
}

function requestModel({ name, path, methods }: AllowedRequest): RequestModel {
  return { name, path: path?._toModel(), methods: methods ?? [] };
}
