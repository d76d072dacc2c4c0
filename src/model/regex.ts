import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS | Error>();

/** Why `pattern` is no RE2 expression, or `undefined` if it is one. */
export function regexProblem(pattern: string): string | undefined {
  if (!pattern) return 'it is empty';
  try {
    compile(pattern);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^error parsing regexp: /, '');
  }
}

/** Whether the whole of `value` matches. A pattern that is no RE2 expression matches nothing; `regexProblem` tells. */
export function fullyMatches(pattern: string, value: string): boolean {
  return regexProblem(pattern) === undefined && compile(pattern).matches(value);
}

/** `text` as a pattern that matches just itself. */
export function quoteRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** The expression; nothing where the pattern is none. */
export function expressionOf(pattern: string): RE2JS | undefined {
  const found = compiledOnce(pattern);
  return found instanceof RE2JS ? found : undefined;
}

function compile(pattern: string): RE2JS {
  const found = compiledOnce(pattern);
  if (found instanceof RE2JS) return found;
  throw found;
}

function compiledOnce(pattern: string): RE2JS | Error {
  let found = compiled.get(pattern);
  if (!found) {
    try {
      found = RE2JS.compile(pattern);
    } catch (error) {
      found = error as Error;
    }
    compiled.set(pattern, found);
  }
  return found;
}
