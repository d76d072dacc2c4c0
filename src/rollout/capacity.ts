/** @internal */
export type CapacityModel = { readonly allowOverload: boolean } & (
  | { readonly kind: 'full' }
  | { readonly kind: 'proportional'; readonly warm: number; readonly warmGiven: boolean }
  | { readonly kind: 'fixed'; readonly replicas: Readonly<Record<string, number>> }
);

/**
 * Options for all kinds of `Capacity`.
 */
export interface CapacityOptions {
  /**
   * Said when a version is meant to get more traffic for each of its pods than the stable version has before the rollout. Otherwise that is
   * refused (`capacity-short`), or a warning where it cannot be known (`capacity-unknown`).
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
   * Fewest pods of a version that runs: for traffic that it has to take back at once, and for requests that a lane or a route with conditions sends
   * to it, which no weight counts. A whole number from 1 on (`capacity-invalid` otherwise), but a version never gets more than its `replicas`.
   *
   * @default 1; where a lane or a route chooses a version that has fewer pods than all of the traffic needs, that is a warning (`capacity-unknown`)
   */
  readonly warm?: number;
}

/**
 * How many pods the versions have during a rollout. The `replicas` of a version are what it needs for all of the traffic.
 *
 * Whatever the kind, pods stand ready a stage before the traffic that needs them, and go a stage after it. Versions with an autoscaler keep
 * it, and their number is left to it; where others go to 0 pods, their Deployment goes.
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
   * Every version that runs has as many of its `replicas` as its share of the traffic asks for, rounded up; copies of requests count too. The share
   * is that of the weights: how many requests a lane or a route takes, nobody knows before, so that `warm` has to be enough for those.
   *
   * @param options settings
   */
  public static proportional(options: ProportionalCapacityOptions = {}): Capacity {
    const { warm, allowOverload = false } = options;
    return new Capacity({ kind: 'proportional', warm: warm ?? 1, warmGiven: warm !== undefined, allowOverload });
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
