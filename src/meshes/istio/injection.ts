/**
 * How pods get their sidecars.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
 */
export class InjectionMode {
  /** By a label of the namespace (`istio-injection: enabled`), which `MeshNamespace` writes. */
  public static namespace(): InjectionMode {
    return new InjectionMode({ 'istio-injection': 'enabled' }, {});
  }

  /** By a label of each pod (`sidecar.istio.io/inject: "true"`). */
  public static pod(): InjectionMode {
    return new InjectionMode({}, { 'sidecar.istio.io/inject': 'true' });
  }

  /**
   * By a label of the namespace that names a revision of Istio (`istio.io/rev`), which `MeshNamespace` writes.
   *
   * @param revision name of the revision, or a revision tag
   */
  public static revision(revision: string): InjectionMode {
    return new InjectionMode({ 'istio.io/rev': revision }, {});
  }

  /** By something else: no label is written. */
  public static none(): InjectionMode {
    return new InjectionMode({}, {});
  }

  private constructor(
    /** @internal */
    public readonly _namespaceLabels: Record<string, string>,
    /** @internal */
    public readonly _podLabels: Record<string, string>,
  ) {}
}
