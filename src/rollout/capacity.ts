/** @internal */
export type CapacityModel = { readonly allowOverload: boolean } & (
  | { readonly kind: 'full' }
  | { readonly kind: 'proportional'; readonly warm: number }
  | { readonly kind: 'fixed'; readonly replicas: Readonly<Record<string, number>> }
);

/**
 * Options for all kinds of `Capacity`.
 */
export interface CapacityOptions {
  /**
   * Said when a version is meant to get more traffic for each of its pods than the stable version has before the rollout. Otherwise that is
   * refused (`capacity-short`).
   *
   * @default false
   */
  readonly allowOverload?: boolean;
}

/**
 * Options for `Capacity.proportional`.
 */
export interface ProportionalCapacityOptions extends CapacityOptions {
  /**
   * Fewest pods of a version that runs, so that it can take traffic back at once: a whole number from 1 on (`capacity-invalid` otherwise), but
   * never more than its `replicas`.
   *
   * @default 1
   */
  readonly warm?: number;
}

/**
 * How many pods the versions have during a rollout. The `replicas` of a version are what it needs for all of the traffic.
 *
 * Whatever the kind, pods stand ready a stage before the traffic that needs them, and go a stage after it. Versions with an autoscaler keep
 * it, and their number is left to it.
 */
export class Capacity {
  /**
   * Every version that runs has all of its `replicas`. The stable version can take everything back at once.
   *
   * @param options settings
   */
  public static full(options: CapacityOptions = {}): Capacity {
    return new Capacity({ kind: 'full', allowOverload: options.allowOverload ?? false });
  }

  /**
   * Every version that runs has as many of its `replicas` as its share of the traffic asks for, rounded up; copies of requests count too.
   *
   * @param options settings
   */
  public static proportional(options: ProportionalCapacityOptions = {}): Capacity {
    return new Capacity({ kind: 'proportional', warm: options.warm ?? 1, allowOverload: options.allowOverload ?? false });
  }

  /**
   * Numbers by version name, as long as the version runs. A version left out has its `replicas`.
   *
   * @param replicas number of pods by version name, from 1 on (`capacity-invalid` otherwise)
   * @param options settings
   */
  public static fixed(replicas: { [version: string]: number }, options: CapacityOptions = {}): Capacity {
    return new Capacity({ kind: 'fixed', replicas, allowOverload: options.allowOverload ?? false });
  }

  private constructor(private readonly model: CapacityModel) {}

  /** @internal */
  public _toModel(): CapacityModel {
    return this.model;
  }
}
