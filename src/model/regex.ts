import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS>();

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

function compile(pattern: string): RE2JS {
  let regex = compiled.get(pattern);
  if (!regex) {
    regex = RE2JS.compile(pattern);
    compiled.set(pattern, regex);
  }
  return regex;
}
