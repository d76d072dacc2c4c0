import { PathMatch as PathModel } from '../model/routing-model';

/**
 * A condition on the path of a request, without the query. Paths are case-sensitive.
 *
 * A path that does not start with "/" is refused at synthesis (`path-invalid`).
 */
export class PathMatch {
  /**
   * The path is just this.
   *
   * @param path for example `/productpage`
   */
  public static exact(path: string): PathMatch {
    return new PathMatch({ kind: 'exact', value: path });
  }

  /**
   * The path is this, or lies under it, by whole elements: `/v2` takes `/v2`, `/v2/` and `/v2/x`, and not `/v20`.
   *
   * @param path for example `/static`; a "/" at the end has no meaning
   */
  public static prefix(path: string): PathMatch {
    return new PathMatch({ kind: 'prefix', value: path });
  }

  /**
   * The whole path matches a regular expression in RE2 syntax. Anything RE2 does not know is refused (`regex-invalid`).
   *
   * @param pattern for example `/items/[0-9]+`
   * @see https://github.com/google/re2/wiki/Syntax
   */
  public static regex(pattern: string): PathMatch {
    return new PathMatch({ kind: 'regex', value: pattern });
  }

  private constructor(private readonly model: PathModel) {}

  /** @internal */
  public _toModel(): PathModel {
    return this.model;
  }
}
