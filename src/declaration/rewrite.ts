import { Rewrite as RewriteModel } from '../model/routing-model';

/**
 * A change to the host or path of a request before it reaches a version.
 */
export class Rewrite {
  /**
   * The matched path prefix is replaced: `/api/x`, matched by the prefix `/api`, becomes `/v2/x`.
   * Each match of the rule needs a `PathMatch.prefix` (`rewrite-invalid` otherwise).
   *
   * @param prefix what stands there instead, beginning with "/"
   */
  public static prefix(prefix: string): Rewrite {
    return new Rewrite({ path: { kind: 'prefix', value: prefix } });
  }

  /**
   * The whole path is replaced; the query stays.
   *
   * @param path the new path, beginning with "/" (`rewrite-invalid` otherwise)
   */
  public static path(path: string): Rewrite {
    return new Rewrite({ path: { kind: 'full', value: path } });
  }

  /**
   * The host (authority) is replaced.
   *
   * @param hostname the new host, a DNS name (`name-invalid` otherwise)
   */
  public static hostname(hostname: string): Rewrite {
    return new Rewrite({ hostname });
  }

  /**
   * Host and path at once. Two rewrites of the host, or of the path, are refused (`rewrite-invalid`).
   *
   * @param rewrites a rewrite of the host and one of the path
   */
  public static all(...rewrites: Rewrite[]): Rewrite {
    const models = rewrites.map((rewrite) => rewrite.model);
    const repeated = (['hostname', 'path'] as const).find((part) => models.filter((model) => model[part] !== undefined).length > 1);
    const problem = repeated ? `the ${repeated} is rewritten twice` : rewrites.map((rewrite) => rewrite.problem).find((inner) => inner !== undefined);
    return new Rewrite(Object.assign({}, ...models), problem);
  }

  private constructor(private readonly model: RewriteModel, private readonly problem?: string) {}

  /** @internal */
  public _toModel(): RewriteModel {
    return this.model;
  }

  /** @internal */
  public _problem(): string | undefined {
    return this.problem;
  }
}
