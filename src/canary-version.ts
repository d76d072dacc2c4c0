import * as kplus from 'cdk8s-plus-28';

/** @internal */
export interface CanaryVersionParts {
  readonly name: string;
  readonly deployment?: kplus.Deployment;
  /** It has none at this stage. */
  readonly undeployed?: boolean;
  /** Writes the leaf if nobody has asked for it yet. */
  readonly leaf: () => kplus.Service | undefined;
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

  /** Name of the leaf inside the cluster, fully qualified. */
  public readonly host: string;

  /** Name of the service account that its pods run under. */
  public readonly serviceAccountName: string;

  private constructor(private readonly parts: CanaryVersionParts) {
    this.name = parts.name;
    this.host = parts.host;
    this.serviceAccountName = parts.serviceAccountName;
  }

  /**
   * Its Deployment. Throws for an existing one that is no Deployment of cdk8s-plus in this app, and for a version with an autoscaler at a stage of a
   * rollout that leaves it without pods: its Deployment is gone then.
   */
  public get deployment(): kplus.Deployment {
    if (this.parts.undeployed) throw new Error(`version "${this.name}" has an autoscaler, and no Deployment at this stage of the rollout; ask with \`tryDeployment\``);
    return this.parts.deployment ?? taken('Deployment', this.name);
  }

  /** Its Deployment, or nothing where `deployment` throws. */
  public get tryDeployment(): kplus.Deployment | undefined {
    return this.parts.deployment;
  }

  /**
   * Its own Service, also called leaf. Traffic rules hold for the root Service; who calls the leaf gets this version whatever the weights. Throws
   * where it is an existing root that is no Service of cdk8s-plus in this app.
   *
   * At a stage of a rollout that leaves the version without pods it is there if the routes of the mesh need it, or if it is asked for here.
   */
  public get leaf(): kplus.Service {
    return this.parts.leaf() ?? taken('leaf', this.name);
  }

  /** Has the leaf written if it is one that is written here. @internal */
  public _needLeaf(): void {
    this.parts.leaf();
  }
}

function taken(what: string, version: string): never {
  throw new Error(`the ${what} of version "${version}" was taken over, and is no construct of cdk8s-plus; use its name`);
}
