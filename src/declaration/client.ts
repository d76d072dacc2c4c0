import { Client as ClientModel } from '../model/routing-model';

/**
 * Somebody who may call the service. Malformed names are refused at synthesis (`name-invalid`), the same client twice too (`access-invalid`).
 */
export class Client {
  /**
   * Pods that run under a service account.
   *
   * @param name name of the account
   * @param namespace its namespace (default: that of the called service)
   */
  public static serviceAccount(name: string, namespace?: string): Client {
    return new Client((own) => ({ kind: 'service-account', name, namespace: namespace ?? own }));
  }

  /**
   * All pods of a namespace.
   *
   * @param namespace name of the namespace
   */
  public static namespace(namespace: string): Client {
    return new Client(() => ({ kind: 'namespace', namespace }));
  }

  private constructor(private readonly model: (ownNamespace: string) => ClientModel) {}

  /** @internal */
  public _toModel(ownNamespace: string): ClientModel {
    return this.model(ownNamespace);
  }
}
