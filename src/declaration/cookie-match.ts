import { withinCookie } from './cookie-pattern';
import { cookieHeader } from '../model/cookie';
import { ErrorCode } from '../model/finding-codes';
import { quoteRegex, regexProblem } from '../model/regex';
import { HeaderMatch } from '../model/routing-model';

/** @see https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1 */
const COOKIE_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const COOKIE_VALUE = /^[^;\s\u0000-\u001f\u007f](?:[^;\u0000-\u001f\u007f]*[^;\s\u0000-\u001f\u007f])?$/;

/** @internal */
export interface CookieProblem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
}

/**
 * A condition on one cookie, wherever it stands in the Cookie header. Names and values are case-sensitive.
 *
 * One match takes one cookie condition at most: two are refused (`conditions-inexpressible`). Names and values that no cookie can have are
 * refused too (`match-invalid`).
 */
export class CookieMatch {
  /**
   * The cookie has just this value.
   *
   * @param name name of the cookie
   * @param value its value
   */
  public static exact(name: string, value: string): CookieMatch {
    return new CookieMatch(name, COOKIE_VALUE.test(value) ? quoteRegex(value) : undefined, value);
  }

  /**
   * The value matches a regular expression in RE2 syntax, as a whole. Anything RE2 does not know is refused (`regex-invalid`), and
   * so is a pattern that would run into the next cookie (`match-invalid`).
   *
   * @param name name of the cookie
   * @param pattern for example `beta|canary`
   */
  public static regex(name: string, pattern: string): CookieMatch {
    return new CookieMatch(name, pattern, pattern);
  }

  /**
   * The request has the cookie, with any value.
   *
   * @param name name of the cookie
   */
  public static present(name: string): CookieMatch {
    return new CookieMatch(name, '.*', '');
  }

  private constructor(private readonly name: string, private readonly pattern: string | undefined, private readonly value: string) {}

  /** @internal */
  public _problem(): CookieProblem | undefined {
    if (!COOKIE_NAME.test(this.name)) return { code: 'match-invalid', message: `"${this.name}" is no cookie name`, remedy: 'use letters, digits, "-" and "_"' };
    if (this.pattern === undefined) return { code: 'match-invalid', message: `"${this.value}" is no cookie value`, remedy: 'leave out ";" and spaces at the ends, or use `present`' };
    const problem = regexProblem(this.pattern);
    if (problem !== undefined) {
      return { code: 'regex-invalid', message: `"${this.pattern}" is no RE2 expression: ${problem}`, remedy: 'use RE2 syntax: no look-around, no back-references' };
    }
    return withinCookie(this.pattern) === undefined ? {
      code: 'match-invalid', message: `"${this.pattern}" can match ";", where the next cookie begins`, remedy: 'leave ";" and classes of punctuation out',
    } : undefined;
  }

  /**
   * A cookie with a problem is a finding: what stands for it here is never rendered.
   * @internal
   */
  public _toModel(): HeaderMatch {
    return cookieHeader({ name: this.name, pattern: (this._problem() ? '' : withinCookie(this.pattern ?? '')) ?? '' });
  }
}
