import * as kplus from 'cdk8s-plus-28';

/** @internal */
export interface CanaryVersionParts {
  readonly name: string;
  readonly deployment: kplus.Deployment;
  readonly leaf: kplus.Service;
  readonly host: string;
  readonly serviceAccountName: string;
}

/**
 * One version of a `CanaryService`, to build on.
 */
export class CanaryVersion {
  /** @internal */
  public static _of(parts: CanaryVersionParts): CanaryVersion {
    return new CanaryVersion(parts);
  }

  /** Name of the version. */
  public readonly name: string;

  /** Its Deployment. */
  public readonly deployment: kplus.Deployment;

  /** Its own Service, also called leaf. Traffic rules hold for the root Service; who calls the leaf gets this version whatever the weights. */
  public readonly leaf: kplus.Service;

  /** Name of the leaf inside the cluster, fully qualified. */
  public readonly host: string;

  /** Name of the service account that its pods run under. */
  public readonly serviceAccountName: string;

  private constructor(parts: CanaryVersionParts) {
    this.name = parts.name;
    this.deployment = parts.deployment;
    this.leaf = parts.leaf;
    this.host = parts.host;
    this.serviceAccountName = parts.serviceAccountName;
  }
}
