/** @internal */
export type DisruptionBudgetModel = { readonly field: 'minAvailable' | 'maxUnavailable'; readonly value: number | string };

/**
 * How many pods of a version may be gone when nodes are emptied.
 *
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/
 */
export class DisruptionBudget {
  /**
   * At most so many pods may be gone.
   *
   * @param pods number of pods, a whole number from 0 on (`disruption-budget-invalid` otherwise)
   */
  public static maxUnavailable(pods: number): DisruptionBudget {
    return new DisruptionBudget({ field: 'maxUnavailable', value: pods });
  }

  /**
   * At most so many percent of the pods may be gone, rounded up.
   *
   * @param percent a whole number from 0 to 100 (`disruption-budget-invalid` otherwise)
   */
  public static maxUnavailablePercent(percent: number): DisruptionBudget {
    return new DisruptionBudget({ field: 'maxUnavailable', value: `${percent}%` });
  }

  /**
   * At least so many pods have to be there.
   *
   * @param pods number of pods, a whole number from 0 on (`disruption-budget-invalid` otherwise)
   */
  public static minAvailable(pods: number): DisruptionBudget {
    return new DisruptionBudget({ field: 'minAvailable', value: pods });
  }

  /**
   * At least so many percent of the pods have to be there, rounded up.
   *
   * @param percent a whole number from 0 to 100 (`disruption-budget-invalid` otherwise)
   */
  public static minAvailablePercent(percent: number): DisruptionBudget {
    return new DisruptionBudget({ field: 'minAvailable', value: `${percent}%` });
  }

  private constructor(private readonly model: DisruptionBudgetModel) {}

  /** @internal */
  public _toModel(): DisruptionBudgetModel {
    return this.model;
  }
}
