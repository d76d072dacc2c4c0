import * as kplus from 'cdk8s-plus-28';

/**
 * One version of a `CanaryService`, to build on.
 */
export class CanaryVersion {
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

  /** @internal */
  public constructor(name: string, deployment: kplus.Deployment, leaf: kplus.Service, host: string, serviceAccountName: string) {
    this.name = name;
    this.deployment = deployment;
    this.leaf = leaf;
    this.host = host;
    this.serviceAccountName = serviceAccountName;
  }
}
