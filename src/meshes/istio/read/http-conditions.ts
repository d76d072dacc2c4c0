import { HttpMatch } from './http-match';
import { isPresence, StringMatch, testOf } from './string-match';
import { Condition, Subject } from '../../../evaluation/condition';

/**
 * Conditions of a match on the request itself; those on the client and on the port are settled before.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/networking/core/route/route.go (TranslateRouteMatch)
 */
export function conditions(match: HttpMatch): Condition[] {
  return [
    ...uriCondition(match),
    ...when(match.method, { of: 'method' }),
    ...when(match.authority, { of: 'authority' }),
    ...when(match.scheme, { of: 'scheme' }),
    ...[...match.headers].map(([name, test]) => ({ subject: headerNamed(name), test: testOf(test) })),
    ...[...match.withoutHeaders].map(([name, test]): Condition => withoutHeader(name, test)),
    ...[...match.queryParams].map(([name, test]): Condition => ({ subject: { of: 'query', name }, test: testOf(test) })),
  ];
}

/** Whether nothing behind the match can be reached. @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/networking/core/route/route.go (IsCatchAllRoute) */
export function takesAll(match: HttpMatch): boolean {
  const { uri, method, authority, scheme, headers, withoutHeaders, queryParams } = match;
  if (method || authority || scheme || headers.size + withoutHeaders.size + queryParams.size > 0) return false;
  return !uri || uri.kind === 'any' || (uri.kind === 'prefix' && uri.value === '/') || (uri.kind === 'regex' && uri.value === '.*');
}

function uriCondition({ uri, ignoreUriCase }: HttpMatch): Condition[] {
  return uri && uri.kind !== 'any' ? [{ subject: { of: 'path' }, test: testOf(uri, ignoreUriCase) }] : [];
}

function when(test: StringMatch | undefined, subject: Subject): Condition[] {
  return test ? [{ subject, test: testOf(test) }] : [];
}

/** A header that is missing counts as empty, unless it is only to be missing. */
function withoutHeader(name: string, test: StringMatch): Condition {
  return { subject: headerNamed(name), test: testOf(test), negated: true, missing: isPresence(test) ? undefined : 'empty' };
}

/** Names of HTTP/2 for parts of the request. Others, `uri` and `method` too, are those of headers. */
const PSEUDO_HEADERS: Readonly<Record<string, Subject>> = {
  ':authority': { of: 'authority' }, ':method': { of: 'method' }, ':path': { of: 'path' }, ':scheme': { of: 'scheme' }, 'host': { of: 'authority' },
};

function headerNamed(name: string): Subject {
  const word = name.toLowerCase();
  return Object.hasOwn(PSEUDO_HEADERS, word) ? PSEUDO_HEADERS[word] : { of: 'header', name: word };
}
