import { Request } from './request';
import { expressionOf } from '../model/regex';

/** What a condition looks at. `host` is the host header, also of gRPC calls; `authority` has the port with it, as clients send it. */
export type Subject =
  | { readonly of: 'path' | 'method' | 'scheme' | 'host' | 'authority' | 'server-name' }
  | { readonly of: 'header' | 'query'; readonly name: string };

/** How a text is tested. Meshes differ in what they call a prefix and in how much of a text an expression has to cover. */
export type Test =
  | { readonly kind: 'exact'; readonly value: string; readonly ignoreCase?: boolean }
  /** Of characters: `/v2` takes `/v20`. */
  | { readonly kind: 'prefix'; readonly value: string; readonly ignoreCase?: boolean }
  /** Of whole path elements: `/v2` takes `/v2`, `/v2/` and `/v2/x`. */
  | { readonly kind: 'elements'; readonly value: string }
  | { readonly kind: 'suffix'; readonly value: string }
  /** `whole`: the expression covers the text; `leftmost`: what it finds first does; `part`: it is found somewhere. */
  | { readonly kind: 'regex'; readonly value: string; readonly covers: 'whole' | 'leftmost' | 'part' }
  | { readonly kind: 'present' }
  /** Of a word that nobody here understands: never. */
  | { readonly kind: 'unknown'; readonly value: string };

export interface Condition {
  readonly subject: Subject;
  readonly test: Test;
  /** Holds where the test does not. */
  readonly negated?: boolean;
  /** What a missing value counts as: nothing (no test holds), or an empty text. */
  readonly missing?: 'empty';
}

export function holds(condition: Condition, request: Request): boolean {
  const value = valueOf(condition.subject, request) ?? (condition.missing === 'empty' ? '' : undefined);
  return passes(condition.test, value) !== (condition.negated ?? false);
}

export function passes(test: Test, value: string | undefined): boolean {
  if (value === undefined) return false;
  switch (test.kind) {
    case 'present': return true;
    case 'exact': return fold(value, test) === fold(test.value, test);
    case 'prefix': return fold(value, test).startsWith(fold(test.value, test));
    case 'suffix': return value.endsWith(test.value);
    case 'elements': return takesElements(test.value, value);
    case 'regex': return matchesRegex(test.value, test.covers, value);
    case 'unknown': return false;
  }
}

/** The condition as a person reads it: `path is under "/v2"`. */
export function conditionText({ subject, test, negated }: Condition): string {
  const what = 'name' in subject ? `${subject.of === 'query' ? 'query parameter' : 'header'} ${subject.name}` : subject.of.replace('-', ' ');
  return `${negated ? 'not: ' : ''}${what} ${testText(test)}`;
}

function testText(test: Test): string {
  switch (test.kind) {
    case 'present': return 'is there';
    case 'exact': return `is "${test.value}"${test.ignoreCase ? ' in any case' : ''}`;
    case 'prefix': return `begins with "${test.value}"${test.ignoreCase ? ' in any case' : ''}`;
    case 'suffix': return `ends with "${test.value}"`;
    case 'elements': return `is under "${test.value}"`;
    case 'regex': return `${test.covers === 'part' ? 'contains' : 'matches'} /${test.value}/`;
    case 'unknown': return `is tested by "${test.value}", which is unknown`;
  }
}

function valueOf(subject: Subject, request: Request): string | undefined {
  switch (subject.of) {
    case 'path': return request.path;
    case 'method': return request.method;
    case 'scheme': return request.scheme;
    case 'host': return request.host;
    case 'authority': return request.port === (request.scheme === 'https' ? 443 : 80) ? request.host : `${request.host}:${request.port}`;
    case 'server-name': return request.serverName;
    case 'header': return subject.name === 'host' ? request.host : request.headers.get(subject.name);
    case 'query': return request.query.get(subject.name);
  }
}

function takesElements(prefix: string, path: string): boolean {
  const bare = prefix.replace(/\/+$/, '');
  return path === bare || path.startsWith(`${bare}/`);
}

function fold(text: string, { ignoreCase }: { readonly ignoreCase?: boolean }): string {
  return ignoreCase ? text.toLowerCase() : text;
}

/** What is no RE2 expression matches nothing. */
function matchesRegex(pattern: string, covers: 'whole' | 'leftmost' | 'part', value: string): boolean {
  const expression = expressionOf(pattern);
  if (!expression) return false;
  if (covers === 'whole') return expression.matches(value);
  const matcher = expression.matcher(value);
  if (!matcher.find()) return false;
  return covers === 'part' || (matcher.start() === 0 && matcher.end() === value.length);
}

/** Whether a text is a regular expression of RE2. */
export function isExpression(pattern: string): boolean {
  return expressionOf(pattern) !== undefined;
}
