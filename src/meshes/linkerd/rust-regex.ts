/** Escapes, classes, counts and single characters, in this order. */
const TOKENS = /\\[pPx]\{[^}]*\}|\\.|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|\{[^}]*\}?|./gs;

/**
 * What in a RE2 expression Rust's crate `regex` refuses or reads in another way, or `undefined`.
 * @see https://docs.rs/regex/latest/regex/#syntax
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function rustProblem(pattern: string): string | undefined {
  return [...pattern.matchAll(TOKENS)].map(([token]) => tokenProblem(token)).find((problem) => problem !== undefined);
}

/** For the whole value: Linkerd takes the first match, and asks afterwards whether it is the whole. */
export function rustRegex(pattern: string): string {
  return `^(?:${pattern})$`;
}

function tokenProblem(token: string): string | undefined {
  if (token.length > 1 && token.startsWith('[')) return classProblem(token);
  const knownEscape = !token.startsWith('\\') || /^\\[dDwWsSbBAzpPxaftnrv]|^\\[^0-9A-Za-z<>]/.test(token);
  const knownCount = !token.startsWith('{') || /^\{\d+(,\d*)?\}$/.test(token);
  return knownEscape && knownCount ? undefined : token;
}

/** Classes inside of classes, and sets made of two, are Rust's alone. */
function classProblem(token: string): string | undefined {
  const inner = token.slice(1, -1).replace(/\[:\^?\w+:\]/g, '');
  const escape = [...inner.matchAll(/\\./gs)].map(([text]) => tokenProblem(text)).find((problem) => problem !== undefined);
  return escape ?? /\[|&&|--|~~/.exec(inner.replace(/\\./gs, ''))?.[0];
}
