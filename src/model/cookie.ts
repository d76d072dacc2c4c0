import { quoteRegex } from './regex';
import { HeaderMatch } from './routing-model';

/** A condition on one cookie, as the model holds it: a pattern for the whole Cookie header. */
export interface CookieCondition {
  readonly name: string;
  /** RE2 pattern of the whole value. */
  readonly pattern: string;
}

const COOKIE_HEADER = /^\(\.\*;\[ \]\?\)\?(.+?)=\((.*)\)\(\[ \]\?;\.\*\)\?$/s;

/** Browsers put "; " between cookies, other clients ";" alone. */
export function cookieHeader({ name, pattern }: CookieCondition): HeaderMatch {
  return { name: 'cookie', value: { kind: 'regex', value: `(.*;[ ]?)?${quoteRegex(name)}=(${pattern})([ ]?;.*)?` } };
}

/** The cookie that a condition on a header is about, if it was made by `cookieHeader`. */
export function cookieOf({ name, value }: HeaderMatch): CookieCondition | undefined {
  const parts = name === 'cookie' && value.kind === 'regex' ? COOKIE_HEADER.exec(value.value) : undefined;
  return parts ? { name: parts[1].replace(/\\(.)/gs, '$1'), pattern: parts[2] } : undefined;
}
