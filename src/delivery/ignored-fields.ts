/**
 * An entry of `spec.ignoreDifferences` in an Argo CD `Application`.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
 */
export interface ArgoCdIgnoreDifference {
  /**
   * API group of the object; empty for the core group.
   */
  readonly group: string;

  /**
   * Kind of the object.
   */
  readonly kind: string;

  /**
   * Name of the object.
   */
  readonly name: string;

  /**
   * Namespace of the object.
   */
  readonly namespace: string;

  /**
   * The fields, as jq paths.
   */
  readonly jqPathExpressions: string[];
}

/**
 * What a Flux rule of `ignore` holds for.
 */
export interface FluxIgnoreTarget {
  /**
   * API group of the object; empty for the core group.
   */
  readonly group: string;

  /**
   * Kind of the object.
   */
  readonly kind: string;

  /**
   * Name of the object, as a regular expression that matches just it.
   */
  readonly name: string;

  /**
   * Namespace of the object.
   */
  readonly namespace: string;
}

/**
 * An entry of `spec.ignore` in a Flux `Kustomization`, and of `spec.driftDetection.ignore` in a `HelmRelease`.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/#ignore-rules
 */
export interface FluxIgnoreRule {
  /**
   * The fields, as JSON pointers.
   */
  readonly paths: string[];

  /**
   * The object.
   */
  readonly target: FluxIgnoreTarget;
}
