import { patternOf } from './pattern';
import { cookieOf } from '../../model/cookie';
import { Match } from '../../model/routing-model';

/** What the annotations of a canary can ask of a request. */
export type Condition =
  | { readonly kind: 'header'; readonly name: string; readonly value: HeaderValue }
  | { readonly kind: 'cookie'; readonly name: string; readonly value: 'always' | 'never' };

export type HeaderValue = { readonly kind: 'exact' | 'pattern'; readonly value: string };

export interface Problem {
  readonly message: string;
  readonly remedy: string;
}

/**
 * Characters of header names, header values and cookie names that the controller takes from an annotation; others make it leave the annotation
 * out. @see https://github.com/kubernetes/ingress-nginx/blob/controller-v1.15.1/internal/ingress/annotations/parser/validators.go (BasicCharsRegex)
 */
const BASIC = /^[-/._~a-zA-Z0-9:]+$/;

/** The one condition that a match comes to, or why there is none. Methods and parameters are refused elsewhere already. */
export function conditionOf({ headers: [header, ...others] }: Match): Condition | Problem | undefined {
  if (!header) return undefined;
  if (others.length > 0) return { message: 'a canary asks for one header or one cookie at a time', remedy: 'use one condition in a match' };
  const cookie = cookieOf(header);
  if (cookie) return cookieCondition(cookie.name, cookie.pattern);
  const { name, value } = header;
  // By default nginx drops headers with an underscore, and it takes a dash for one: enable-underscores-in-headers.
  if (!BASIC.test(name) || name.includes('_')) return { message: `a canary cannot ask for the header "${name}"`, remedy: 'use letters, digits and "-" in its name' };
  if (value.kind === 'absent') return undefined;
  if (value.kind === 'exact' && BASIC.test(value.value)) return { kind: 'header', name, value: { kind: 'exact', value: value.value } };
  const pattern = patternOf(value);
  if (pattern === undefined) {
    return {
      message: `the header "${name}" is compared with "${'value' in value ? value.value : ''}", which no annotation of a canary can say for sure`,
      remedy: 'use letters, digits and "-", "_", ".", "/", ":", and of regular expressions what RE2 and PCRE have in common',
    };
  }
  return { kind: 'header', name, value: { kind: 'pattern', value: pattern } };
}

function cookieCondition(name: string, pattern: string): Condition | Problem {
  if (!BASIC.test(name)) return { message: `a canary cannot ask for the cookie "${name}"`, remedy: 'use letters, digits, "-" and "_" in its name' };
  if (pattern === 'always' || pattern === 'never') return { kind: 'cookie', name, value: pattern };
  return { message: `a canary knows just the values "always" and "never" of the cookie "${name}"`, remedy: 'use `CookieMatch.exact` with "always" or "never", or a header' };
}
