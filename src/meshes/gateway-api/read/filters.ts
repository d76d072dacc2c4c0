import { RouteContext, target } from './backends';
import { milliseconds } from './duration';
import { Filters, HeaderChanges, PathChange, Redirect } from '../../../evaluation/route-table';
import { Field } from '../../../manifests/field';

export interface RuleFilters {
  readonly filters: Filters;
  readonly redirect?: Redirect;
  readonly doubts: readonly string[];
}

/** What a rule does to requests besides sending them on. @see https://gateway-api.sigs.k8s.io/reference/spec/#httproutefilter */
export function ruleFilters(rule: Field, context: RouteContext): RuleFilters {
  const all = rule.at('filters').items();
  const of = (type: string) => all.filter((filter) => filter.at('type').text() === type);
  const [rewrite] = of('URLRewrite').map((filter) => filter.at('urlRewrite'));
  const [redirect] = of('RequestRedirect').map((filter) => filter.at('requestRedirect'));
  const mirrors = of('RequestMirror').map((filter) => filter.at('requestMirror'));
  return {
    redirect: redirect && redirectOf(redirect),
    filters: {
      ...timing(rule, context),
      mirrors: mirrors.length > 0 ? mirrors.map((mirror) => ({ to: target(mirror.at('backendRef'), context), percent: percentOf(mirror) })) : undefined,
      requestHeaders: headerChanges(of('RequestHeaderModifier').map((filter) => filter.at('requestHeaderModifier'))),
      responseHeaders: headerChanges(of('ResponseHeaderModifier').map((filter) => filter.at('responseHeaderModifier'))),
      hostRewrite: rewrite?.at('hostname').text(),
      pathRewrite: rewrite && pathChange(rewrite.at('path')),
    },
    doubts: [...all.flatMap(unread), ...rule.at('backendRefs').items().filter((ref) => ref.at('filters').items().length > 0).map(({ place }) => `filters of a single backend are not followed: ${place}`)],
  };
}

const READ = ['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestMirror', 'RequestRedirect', 'URLRewrite'];
/** Answers requests of browsers by itself. */
const CORS = 'CORS';

function unread(filter: Field): string[] {
  const type = filter.at('type').text() ?? '';
  if (READ.includes(type)) return [];
  if (type === CORS) return [`requests of browsers that ask before they call are answered by the filter CORS: ${filter.place}`];
  const reference = filter.at('extensionRef');
  const what = reference.exists ? `${type} to ${reference.at('kind').text() ?? ''} "${reference.at('name').text() ?? ''}"` : `"${type}"`;
  return [`what the filter ${what} does is not known here: ${filter.place}`];
}

export function redirectOf(redirect: Field): Redirect {
  return {
    kind: 'redirect',
    status: redirect.at('statusCode').integer() ?? 302,
    scheme: redirect.at('scheme').text(),
    host: redirect.at('hostname').text(),
    port: redirect.at('port').integer(),
    path: pathChange(redirect.at('path')),
  };
}

export function pathChange(path: Field): PathChange | undefined {
  const full = path.at('replaceFullPath').text();
  if (full !== undefined) return { kind: 'full', value: full };
  const prefix = path.at('replacePrefixMatch').text();
  return prefix === undefined ? undefined : { kind: 'prefix', value: prefix };
}

/** Left out, everything is mirrored. */
function percentOf(mirror: Field): number {
  const fraction = mirror.at('fraction');
  if (!fraction.exists) return mirror.at('percent').integer() ?? 100;
  const denominator = fraction.at('denominator').integer() ?? 100;
  return denominator > 0 ? ((fraction.at('numerator').integer() ?? 0) * 100) / denominator : 0;
}

export function headerChanges([change]: readonly Field[]): HeaderChanges | undefined {
  if (change === undefined) return undefined;
  const values = (list: Field) => Object.fromEntries(list.items().map((item) => [item.at('name').text() ?? '', item.at('value').text() ?? '']));
  return { set: values(change.at('set')), add: values(change.at('add')), remove: change.at('remove').texts() };
}

/** A time of 0 means that requests do not end by themselves. */
function timing(rule: Field, { implementation }: RouteContext): Pick<Filters, 'timeoutMilliseconds' | 'retries'> {
  const request = milliseconds(rule.at('timeouts').at('request').text());
  const perTry = milliseconds(rule.at('timeouts').at('backendRequest').text());
  const retry = rule.at('retry');
  return {
    timeoutMilliseconds: (request ?? (retry.exists ? undefined : perTry) ?? implementation.timeoutMilliseconds) || undefined,
    retries: retry.exists ? {
      attempts: retry.at('attempts').integer() ?? implementation.retryAttempts,
      on: retry.at('codes').items().map((code) => code.integer()).filter((code) => code !== undefined).join(',') || undefined,
      perTryMilliseconds: perTry || undefined,
    } : undefined,
  };
}
