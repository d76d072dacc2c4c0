/** @internal */
export type ReplicaSplitModel =
  | { readonly kind: 'as-declared' }
  | { readonly kind: 'total'; readonly total: number }
  | { readonly kind: 'max-error'; readonly percent: number };

/**
 * How numbers of pods make the weights of a service come true where nothing else does.
 *
 * A share is one of the connections: behind one Service every ready pod gets the same part of them. So a version with the weight 0 gets no
 * pods, and one with a weight above 0 gets one at least. Whatever else changes the number of pods, such as an autoscaler, changes the shares.
 * A service with `splitByPods` has no weights, and keeps its `replicas`.
 *
 * Where the numbers are derived, versions need no `replicas`. Other numbers than the derived ones are refused (`replicas-invalid`), those of
 * existing Deployments too: they are not changed.
 */
export class ReplicaSplit {
  /**
   * The declared `replicas`, which have to be in the proportion of the weights, exactly; 0 for a version with the weight 0
   * (`replicas-invalid` otherwise, with the shares that they make and the fewest pods for the weights).
   */
  public static asDeclared(): ReplicaSplit {
    return new ReplicaSplit({ kind: 'as-declared' });
  }

  /**
   * So many pods in all, in the whole numbers nearest to the weights: what rounding down leaves over goes to the largest remainders.
   * A version with a weight above 0 that would round to no pod is refused (`version-without-replicas`, with the fewest pods for the weights).
   *
   * @param pods number of pods of all versions together, from the number of versions with a weight above 0 to 150000 (`replicas-invalid` otherwise)
   */
  public static total(pods: number): ReplicaSplit {
    return new ReplicaSplit({ kind: 'total', total: pods });
  }

  /**
   * The fewest pods whose shares are near enough to the weights, for every version. Refused if 150000 are too few (`replicas-invalid`).
   *
   * @param percent how far a share may be off, in percentage points from 0 to 100, taken to six decimals (`replicas-invalid` otherwise)
   */
  public static maxError(percent: number): ReplicaSplit {
    return new ReplicaSplit({ kind: 'max-error', percent });
  }

  private constructor(private readonly model: ReplicaSplitModel) {}

  /** @internal */
  public _toModel(): ReplicaSplitModel {
    return this.model;
  }
}
