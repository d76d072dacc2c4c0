import { quoteRegex } from '../model/regex';
import { HeaderMatch } from '../model/routing-model';

/**
 * A condition on one cookie, wherever it stands in the Cookie header. Names and values are case-sensitive.
 *
 * One match takes one cookie condition at most: two are refused (`conditions-inexpressible`).
 */
export class CookieMatch {
  /**
   * The cookie has just this value.
   *
   * @param name name of the cookie
   * @param value its value
   */
  public static exact(name: string, value: string): CookieMatch {
    return new CookieMatch(name, quoteRegex(value));
  }

  /**
   * The value matches a regular expression in RE2 syntax, as a whole. Anything RE2 does not know is refused (`regex-invalid`).
   *
   * @param name name of the cookie
   * @param pattern for example `beta|canary`
   */
  public static regex(name: string, pattern: string): CookieMatch {
    return new CookieMatch(name, pattern);
  }

  /**
   * The request has the cookie, with any value.
   *
   * @param name name of the cookie
   */
  public static present(name: string): CookieMatch {
    return new CookieMatch(name, '[^;]*');
  }

  private constructor(private readonly name: string, private readonly pattern: string) {}

  /**
   * Browsers put "; " between cookies, other clients ";" alone.
   * @internal
   */
  public _toModel(): HeaderMatch {
    return { name: 'cookie', value: { kind: 'regex', value: `(.*;[ ]?)?${quoteRegex(this.name)}=(${this.pattern})([ ]?;.*)?` } };
  }
}
