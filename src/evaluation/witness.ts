import { Condition, holds, passes, Subject, Test } from './condition';
import { Request } from './request';

/**
 * A request that meets all conditions, made from one that meets none in particular. Nothing where none is found: conditions that contradict
 * each other, or an expression whose texts cannot be guessed.
 */
export function witness(conditions: readonly Condition[], base: Request): Request | undefined {
  const request = conditions.reduce((made, condition) => (holds(condition, made) ? made : meeting(condition, made)), base);
  return conditions.every((condition) => holds(condition, request)) ? request : undefined;
}

function meeting(condition: Condition, request: Request): Request {
  const value = condition.negated ? otherText(condition.test) : textFor(condition.test);
  return value === undefined ? request : changed(request, condition.subject, value);
}

function changed(request: Request, subject: Subject, value: string): Request {
  switch (subject.of) {
    case 'path': return { ...request, path: value };
    case 'method': return { ...request, method: value };
    case 'host':
    case 'authority': return { ...request, host: value.split(':')[0] };
    case 'server-name': return { ...request, serverName: value };
    case 'scheme': return value === 'https' || value === 'http' ? { ...request, scheme: value } : request;
    case 'header': return { ...request, headers: new Map([...request.headers, [subject.name, value]]) };
    case 'query': return { ...request, query: new Map([...request.query, [subject.name, value]]) };
  }
}

function textFor(test: Test): string | undefined {
  switch (test.kind) {
    case 'exact':
    case 'prefix': return test.value;
    case 'elements': return test.value || '/';
    case 'suffix': return `x${test.value}`;
    case 'present': return 'x';
    case 'regex': return guesses(test.value).find((guess) => passes(test, guess));
    case 'unknown': return undefined;
  }
}

function otherText(test: Test): string | undefined {
  return ['x', '/x', 'other', ''].find((guess) => !passes(test, guess));
}

/** Texts that simple expressions take: the first of each choice, and one of whatever may repeat. */
function guesses(pattern: string): string[] {
  const bare = pattern.replace(/^\^|\$$/g, '').replace(/\(\?[:iP][^)]*?:?/g, '(');
  const first = bare.replace(/\(([^()|]*)(\|[^()]*)?\)\??/g, '$1').split('|')[0];
  const plain = first.replace(/\.[*+]\??/g, 'x').replace(/\[([^\]^])[^\]]*\][*+?]?/g, '$1').replace(/\\d[*+]?/g, '1').replace(/\\w[*+]?/g, 'a')
    .replace(/\\(.)/g, '$1').replace(/(.)[*?+]/g, '$1');
  return [plain, plain.replace(/\./g, 'x'), pattern, 'x', '1', '/x', '', `x${plain}x`];
}
