import { Mirror as MirrorModel } from '../model/routing-model';

/**
 * Copies of requests that go to a version whose answers are thrown away.
 *
 * Refused at synthesis: an unknown version (`version-unknown`), the version that answers all of these requests anyway (`mirror-self`), a
 * share outside 0 to 100 (`mirror-invalid`).
 */
export class Mirror {
  /**
   * Copies requests to a version.
   *
   * @param version name of the version
   * @param percent share of the requests that are copied, in percent, 0 to 100, decimals allowed (default: 100)
   */
  public static to(version: string, percent?: number): Mirror {
    return new Mirror({ version, percent: percent ?? 100 });
  }

  private constructor(private readonly model: MirrorModel) {}

  /** @internal */
  public _toModel(): MirrorModel {
    return this.model;
  }
}
