import { isWildcard } from './hosts';

/** Things by the host that they are for. */
export class HostIndex<T> {
  private readonly exact = new Map<string, T>();
  private readonly wildcards = new Map<string, T>();

  public get(host: string): T | undefined {
    return this.of(host).get(host);
  }

  public set(host: string, thing: T): void {
    this.of(host).set(host, thing);
  }

  /**
   * Of the host itself, else of the longest name with an asterisk that takes it.
   * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/model/config.go (MostSpecificHostMatch)
   */
  public mostSpecific(host: string): T | undefined {
    return this.get(host) ?? this.taking(host).sort(([one], [other]) => other.length - one.length)[0]?.[1];
  }

  /** Names with an asterisk that take the host, and what is for them. */
  public taking(host: string): [string, T][] {
    const bare = isWildcard(host) ? host.slice(1) : host;
    return [...this.wildcards].filter(([pattern]) => bare.endsWith(pattern.slice(1)));
  }

  private of(host: string): Map<string, T> {
    return isWildcard(host) ? this.wildcards : this.exact;
  }
}
