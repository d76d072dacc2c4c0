import { Duration } from 'cdk8s';

/** @internal */
export type GateModel =
  | { readonly kind: 'approval'; readonly text: string }
  | { readonly kind: 'duration'; readonly milliseconds: number }
  | { readonly kind: 'metric'; readonly metric: MetricGateOptions };

/**
 * Options for `Gate.metric`.
 */
export interface MetricGateOptions {
  /**
   * What is measured, a DNS label such as `error-rate` (`name-invalid` otherwise).
   */
  readonly name: string;

  /**
   * PromQL expression with one number as its result; not empty (`rollout-invalid` otherwise).
   */
  readonly query: string;

  /**
   * Smallest number that is good, not above `max` (`rollout-invalid` otherwise).
   *
   * @default - any; then `max` has to be given (`rollout-invalid` otherwise)
   */
  readonly min?: number;

  /**
   * Largest number that is good.
   *
   * @default - any; then `min` has to be given (`rollout-invalid` otherwise)
   */
  readonly max?: number;

  /**
   * Time between two measurements, from 1 second to 365 days (`rollout-invalid` otherwise).
   *
   * @default Duration.minutes(1)
   */
  readonly interval?: Duration;
}

/**
 * What has to hold before the next stage of a rollout is applied.
 *
 * Manifests carry no gate: whoever applies the stages looks at them, be it a person, a pipeline or a controller.
 */
export class Gate {
  /**
   * A person says yes.
   *
   * @param text what the person has to look at; not empty (`rollout-invalid` otherwise)
   */
  public static approval(text: string): Gate {
    return new Gate({ kind: 'approval', text });
  }

  /**
   * Some time passes.
   *
   * @param duration how long, from 1 second to 365 days (`rollout-invalid` otherwise)
   */
  public static duration(duration: Duration): Gate {
    return new Gate({ kind: 'duration', milliseconds: duration.toMilliseconds({ integral: false }) });
  }

  /**
   * A measured number is good.
   *
   * @param options what is measured, and which numbers are good
   */
  public static metric(options: MetricGateOptions): Gate {
    return new Gate({ kind: 'metric', metric: options });
  }

  private constructor(private readonly model: GateModel) {}

  /** @internal */
  public _toModel(): GateModel {
    return this.model;
  }
}
