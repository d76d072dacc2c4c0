import { HttpMatch } from './http-match';
import { destinationRefusal, destinationsRefusal, durationRefusal, first, isPort, percentageRefusal, shareRefusal, statusRefusal } from './refusal-parts';
import { isPresence, StringMatch } from './string-match';
import { HttpRule } from './virtual-service';
import { isExpression } from '../../../evaluation/condition';
import { Field } from '../../../manifests/field';

/** @see https://github.com/istio/istio/blob/release-1.31/pkg/config/validation/virtualservice.go (validateHTTPRoute) */
export function httpRuleRefusal(rule: HttpRule, delegated: boolean): string | undefined {
  return purposeRefusal(rule, delegated)
    ?? first(rule.matches, matchRefusal)
    ?? faultRefusal(rule.field('fault'))
    ?? mirrorRefusal(rule)
    ?? redirectRefusal(rule)
    ?? statusRefusal(rule.field('directResponse').at('status'))
    ?? retriesRefusal(rule.field('retries'))
    ?? rewriteRefusal(rule.field('rewrite'))
    ?? destinationsRefusal(rule.place, rule.field('route').items())
    ?? durationRefusal(rule.field('timeout'));
}

/** A rule sends on, redirects, answers or delegates: one of them, and what goes with it. */
function purposeRefusal({ place, field }: HttpRule, delegated: boolean): string | undefined {
  const has = (key: string) => field(key).exists;
  const routed = field('route').items().length > 0;
  if (has('delegate')) {
    if (delegated) return `${place} delegates although others delegate to it`;
    return has('redirect') || has('route') ? `${place} has more than its delegate` : undefined;
  }
  const own = has('redirect') ? 'redirect' : 'directResponse';
  if (has(own)) {
    const more = ['fault', 'rewrite', ...(own === 'redirect' ? ['directResponse'] : [])].find(has) ?? (routed ? 'route' : undefined);
    return more === undefined ? undefined : `${place} has both ${own} and ${more}`;
  }
  if (!routed) return `${place} has neither route, redirect nor directResponse`;
  return has('mirror') && field('mirrors').items().length > 0 ? `${place} has both mirror and mirrors` : undefined;
}

function matchRefusal(match: HttpMatch): string | undefined {
  if (match.port !== 0 && !isPort(match.port)) return `${match.place}.port is no port`;
  const whole: [string, StringMatch | undefined][] = [['scheme', match.scheme], ['method', match.method], ['authority', match.authority]];
  const without = [...match.withoutHeaders].filter(([, test]) => !isPresence(test));
  const parts = [...whole, ...match.headers, ...without, ...match.queryParams];
  return first(parts, ([key, test]) => stringRefusal(`${match.place}, ${key}`, test, false)) ?? stringRefusal(`${match.place}.uri`, match.uri, true);
}

function stringRefusal(place: string, test: StringMatch | undefined, mayBeEmpty: boolean): string | undefined {
  if (test?.kind === 'prefix' && test.value === '' && !mayBeEmpty) return `${place}: the prefix is empty`;
  if (test?.kind !== 'regex') return undefined;
  return test.value === '' || test.value.length > 1024 || !isExpression(test.value) ? `${place}: "${test.value}" is no regular expression of RE2` : undefined;
}

/** @see https://github.com/grpc/grpc/blob/master/doc/statuscodes.md */
const GRPC_STATUSES = ['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS', 'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED'];

function faultRefusal(fault: Field): string | undefined {
  if (!fault.exists) return undefined;
  const [delay, abort] = [fault.at('delay'), fault.at('abort')];
  if (!delay.exists && !abort.exists) return `${fault.place} has neither delay nor abort`;
  if (delay.at('exponentialDelay').exists) return `${delay.place}.exponentialDelay is not supported`;
  if (abort.at('http2Error').exists) return `${abort.place}.http2Error is not supported`;
  const status = abort.at('grpcStatus').text();
  if (status !== undefined && !GRPC_STATUSES.includes(status)) return `${abort.place}.grpcStatus is none: "${status}"`;
  return percentageRefusal(delay.at('percentage')) ?? percentageRefusal(abort.at('percentage'))
    ?? statusRefusal(abort.at('httpStatus')) ?? durationRefusal(delay.at('fixedDelay'));
}

function mirrorRefusal({ field }: HttpRule): string | undefined {
  return destinationRefusal(field('mirror')) ?? shareRefusal(field('mirrorPercentage')) ?? first(field('mirrors').items(), (mirror) => {
    const destination = mirror.at('destination');
    return destination.exists ? destinationRefusal(destination) ?? shareRefusal(mirror.at('percentage')) : `${destination.place} is missing`;
  });
}

function redirectRefusal({ field, matches }: HttpRule): string | undefined {
  const redirect = field('redirect');
  if (!redirect.exists) return undefined;
  const [uri, prefix, authority, scheme] = ['uri', 'prefixRewrite', 'authority', 'scheme'].map((key) => redirect.at(key).text() ?? '');
  if (uri && prefix) return `${redirect.place} has both uri and prefixRewrite`;
  if (prefix && matches.some((match) => match.uri && match.uri.kind !== 'prefix')) return `${redirect.place}.prefixRewrite needs matches by prefix`;
  if (!uri && !prefix && !authority && !scheme && !redirect.at('port').exists && !redirect.at('derivePort').exists) return `${redirect.place} says nothing`;
  if (!['', 'http', 'https'].includes(scheme)) return `${redirect.place}.scheme is neither http nor https`;
  const code = redirect.at('redirectCode').integer() ?? 0;
  return code !== 0 && (code < 300 || code > 399) ? `${redirect.place}.redirectCode is not from 300 to 399` : undefined;
}

function retriesRefusal(retries: Field): string | undefined {
  const attempts = retries.at('attempts').integer() ?? 0;
  if (attempts < 0) return `${retries.place}.attempts is below 0`;
  const more = ['perTryTimeout', 'retryOn', 'retryRemoteLocalities'].find((key) => retries.at(key).exists && retries.at(key).raw !== '');
  return attempts === 0 && more !== undefined ? `${retries.place} has ${more} but no attempts` : durationRefusal(retries.at('perTryTimeout'));
}

function rewriteRefusal(rewrite: Field): string | undefined {
  if (!rewrite.exists) return undefined;
  const regex = rewrite.at('uriRegexRewrite');
  const uri = rewrite.at('uri').text() ?? '';
  if (uri && regex.exists) return `${rewrite.place} has both uri and uriRegexRewrite`;
  if (!uri && !regex.exists && !rewrite.at('authority').text()) return `${rewrite.place} says nothing`;
  const pattern = regex.at('match').text() ?? '';
  return regex.exists && (pattern === '' || !regex.at('rewrite').text() || !isExpression(pattern)) ? `${regex.place} is no rewrite` : undefined;
}
