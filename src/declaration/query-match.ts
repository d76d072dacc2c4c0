import { QueryMatch as QueryModel } from '../model/routing-model';

/**
 * A condition on one query parameter. Names and values are case-sensitive; of a repeated parameter the first value counts.
 *
 * An empty name or value is refused at synthesis (`match-invalid`).
 */
export class QueryMatch {
  /**
   * The parameter has just this value.
   *
   * @param name name of the parameter
   * @param value its value
   */
  public static exact(name: string, value: string): QueryMatch {
    return new QueryMatch(name, { kind: 'exact', value });
  }

  /**
   * The value begins with this text.
   *
   * @param name name of the parameter
   * @param prefix beginning of the value
   */
  public static prefix(name: string, prefix: string): QueryMatch {
    return new QueryMatch(name, { kind: 'prefix', value: prefix });
  }

  /**
   * The whole value matches a regular expression in RE2 syntax. Anything RE2 does not know is refused (`regex-invalid`).
   *
   * @param name name of the parameter
   * @param pattern for example `[0-9]+`
   */
  public static regex(name: string, pattern: string): QueryMatch {
    return new QueryMatch(name, { kind: 'regex', value: pattern });
  }

  /**
   * The request has the parameter, with any value.
   *
   * @param name name of the parameter
   */
  public static present(name: string): QueryMatch {
    return new QueryMatch(name, { kind: 'present' });
  }

  private constructor(private readonly name: string, private readonly value: QueryModel['value']) {}

  /** @internal */
  public _toModel(): QueryModel {
    return { name: this.name, value: this.value };
  }
}
