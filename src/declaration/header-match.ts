import { HeaderMatch as HeaderModel } from '../model/routing-model';

/**
 * A condition on one request header. The name is case-insensitive, the value is not.
 *
 * A name that HTTP does not allow is refused at synthesis (`header-invalid`), an empty value too (`match-invalid`).
 */
export class HeaderMatch {
  /**
   * The header has just this value.
   *
   * @param name name of the header
   * @param value value, case-sensitive
   */
  public static exact(name: string, value: string): HeaderMatch {
    return new HeaderMatch(name, { kind: 'exact', value });
  }

  /**
   * The value begins with this text.
   *
   * @param name name of the header
   * @param prefix beginning of the value, case-sensitive
   */
  public static prefix(name: string, prefix: string): HeaderMatch {
    return new HeaderMatch(name, { kind: 'prefix', value: prefix });
  }

  /**
   * The whole value matches a regular expression in RE2 syntax. Anything RE2 does not know is refused (`regex-invalid`).
   *
   * @param name name of the header
   * @param pattern for example `.*Firefox.*`
   * @see https://github.com/google/re2/wiki/Syntax
   */
  public static regex(name: string, pattern: string): HeaderMatch {
    return new HeaderMatch(name, { kind: 'regex', value: pattern });
  }

  /**
   * The request has the header, with any value.
   *
   * @param name name of the header
   */
  public static present(name: string): HeaderMatch {
    return new HeaderMatch(name, { kind: 'present' });
  }

  /**
   * The request does not have the header.
   *
   * @param name name of the header
   */
  public static absent(name: string): HeaderMatch {
    return new HeaderMatch(name, { kind: 'absent' });
  }

  private constructor(private readonly name: string, private readonly value: HeaderModel['value']) {}

  /** @internal */
  public _toModel(): HeaderModel {
    return { name: this.name.toLowerCase(), value: this.value };
  }
}
