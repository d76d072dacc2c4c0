/** @internal */
export interface RootIdentity {
  readonly appKey: string;
  readonly app: string;
  readonly versionKey: string;
  versionLabel(name: string): string | undefined;
}

/**
 * Which pods the root Service selects. That is what clients outside the mesh get, and what meshes fall back to.
 */
export class RootSelector {
  /** The pods of all versions. Clients outside the mesh reach them by their number: a warning where that is far from the weights (`plain-clients-bypass`). */
  public static allVersions(): RootSelector {
    return new RootSelector(({ appKey, app }) => ({ [appKey]: app }));
  }

  /**
   * The pods of one version. Refused by meshes that need the root to select every version (`root-selector-unfit`).
   *
   * @param name name of a declared version (`version-unknown` otherwise)
   */
  public static version(name: string): RootSelector {
    return new RootSelector(({ appKey, app, versionKey, versionLabel }) => ({ [appKey]: app, [versionKey]: versionLabel(name) ?? name }), name);
  }

  /**
   * No pods: the root is just a name. Clients outside the mesh get no answer. Refused by meshes that need the root to select every version
   * (`root-selector-unfit`).
   */
  public static none(): RootSelector {
    return new RootSelector(({ appKey, app, versionKey }) => ({ [appKey]: app, [versionKey]: 'none' }));
  }

  /**
   * Pods with these labels.
   *
   * @param labels label keys and values (`label-invalid` if Kubernetes refuses them)
   */
  public static labels(labels: { [key: string]: string }): RootSelector {
    return new RootSelector(() => ({ ...labels }));
  }

  private constructor(
    private readonly select: (identity: RootIdentity) => Record<string, string>,
    /** @internal */
    public readonly _version?: string,
  ) {}

  /** @internal */
  public _toModel(identity: RootIdentity): Record<string, string> {
    return this.select(identity);
  }
}
