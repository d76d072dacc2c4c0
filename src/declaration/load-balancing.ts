import { Duration } from 'cdk8s';
import { LoadBalancing as BalancingModel } from '../model/routing-model';

/**
 * How a pod of the chosen version is picked. It never changes how versions share the traffic: weights do that.
 */
export class LoadBalancing {
  /** Pods in turn. */
  public static roundRobin(): LoadBalancing {
    return new LoadBalancing({ kind: 'round-robin' });
  }

  /** The pod with the fewer open requests of two random ones. */
  public static leastRequest(): LoadBalancing {
    return new LoadBalancing({ kind: 'least-request' });
  }

  /** A random pod. */
  public static random(): LoadBalancing {
    return new LoadBalancing({ kind: 'random' });
  }

  /** The address that the client called, without any balancing. That leaves no choice of a version: refused where weights choose one (`policy-invalid`). */
  public static passthrough(): LoadBalancing {
    return new LoadBalancing({ kind: 'passthrough' });
  }

  /**
   * The same pod for the same value of a header.
   *
   * @param name name of the header (`header-invalid` if HTTP does not allow it)
   */
  public static hashHeader(name: string): LoadBalancing {
    return new LoadBalancing({ kind: 'hash-header', name });
  }

  /**
   * The same pod for the same value of a cookie, which is set where it is missing.
   *
   * @param name name of the cookie (`policy-invalid` if empty)
   * @param ttl how long a newly set cookie lasts; 0 for the session of the browser
   * @param path path of a newly set cookie (default: none)
   */
  public static hashCookie(name: string, ttl: Duration, path?: string): LoadBalancing {
    return new LoadBalancing({ kind: 'hash-cookie', name, ttl: ttl.toMilliseconds({ integral: false }), path });
  }

  /** The same pod for the same client address. */
  public static hashSourceIp(): LoadBalancing {
    return new LoadBalancing({ kind: 'hash-source-ip' });
  }

  /**
   * The same pod for the same value of a query parameter.
   *
   * @param name name of the parameter (`policy-invalid` if empty)
   */
  public static hashQuery(name: string): LoadBalancing {
    return new LoadBalancing({ kind: 'hash-query', name });
  }

  private constructor(private readonly model: BalancingModel) {}

  /** @internal */
  public _toModel(): BalancingModel {
    return this.model;
  }
}
