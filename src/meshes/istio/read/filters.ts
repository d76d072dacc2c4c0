import { Sender, target } from './destinations';
import { milliseconds } from './duration';
import { HttpRule } from './virtual-service';
import { Filters, HeaderChanges } from '../../../evaluation/route-table';
import { Field } from '../../../manifests/field';

/** What a rule does to requests besides sending them on. */
export function filters(sender: Sender, rule: HttpRule): Filters {
  const headers = headersOf(rule);
  return {
    ...fault(rule.field('fault')),
    mirrors: mirrors(sender, rule),
    timeoutMilliseconds: milliseconds(rule.field('timeout').text()),
    retries: retries(rule.field('retries')),
    requestHeaders: changes(headers.map((one) => one.at('request'))),
    responseHeaders: changes(headers.map((one) => one.at('response'))),
    hostRewrite: rule.field('rewrite').at('authority').text() || authoritySet(headers),
    pathRewrite: pathRewrite(rule.field('rewrite')),
  };
}

/** A fault without a percentage hits nobody. @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/networking/core/route/route.go (TranslateFault) */
function fault(field: Field): Pick<Filters, 'delay' | 'abort'> {
  const [delay, abort] = [field.at('delay'), field.at('abort')];
  const held = milliseconds(delay.at('fixedDelay').text());
  const status = abort.at('httpStatus').integer() ?? abort.at('grpcStatus').text();
  const delayed = percentage(delay.at('percentage')) ?? delay.at('percent').integer() ?? 0;
  const aborted = percentage(abort.at('percentage')) ?? 0;
  return {
    delay: held === undefined || delayed === 0 ? undefined : { milliseconds: held, percent: delayed },
    abort: status === undefined || aborted === 0 ? undefined : { status, percent: aborted },
  };
}

/** In steps of a ten-thousandth; what lies between two is cut off. */
export function percentage(field: Field): number | undefined {
  return field.exists ? Math.trunc((field.at('value').number() ?? 0) * 10_000) / 10_000 : undefined;
}

/** A mirror without a percentage gets a copy of everything. */
function mirrors(sender: Sender, rule: HttpRule): Filters['mirrors'] {
  const lone = rule.field('mirror');
  const all = [
    ...(lone.exists ? [{ destination: lone, percent: percentage(rule.field('mirrorPercentage')) ?? rule.field('mirrorPercent').integer() }] : []),
    ...rule.field('mirrors').items().map((one) => ({ destination: one.at('destination'), percent: percentage(one.at('percentage')) })),
  ];
  return all
    .map(({ destination, percent = 100 }) => ({ to: target(sender, destination, rule.object.namespace), percent }))
    .filter(({ percent }) => percent > 0);
}

/** @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/networking/core/route/retry/retry.go */
export const DEFAULT_RETRIES = { attempts: 2, on: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes' };

function retries(field: Field): Filters['retries'] {
  if (!field.exists) return DEFAULT_RETRIES;
  const attempts = field.at('attempts').integer() ?? 0;
  if (attempts <= 0) return undefined;
  return { attempts, on: field.at('retryOn').text() || DEFAULT_RETRIES.on, perTryMilliseconds: milliseconds(field.at('perTryTimeout').text()) };
}

/** Of the rule, and of its destination if there is only one; those of several change with the destination. */
function headersOf(rule: HttpRule): Field[] {
  const routes = rule.field('route').items();
  return [rule.field('headers'), ...(routes.length === 1 ? [routes[0].at('headers')] : [])];
}

function changes(fields: readonly Field[]): HeaderChanges | undefined {
  const entries = (key: string) => fields.flatMap((field) => Object.entries(field.at(key).textMap()));
  const of = (key: string) => Object.fromEntries(entries(key).filter(([name]) => !isInternal(name)));
  const [set, add] = [of('set'), of('add')];
  const remove = fields.flatMap((field) => field.at('remove').texts()).filter((name) => !isInternal(name));
  return Object.keys(set).length + Object.keys(add).length + remove.length > 0 ? { set, add, remove } : undefined;
}

/** Headers of Envoy itself, which it does not let anybody change. */
function isInternal(name: string): boolean {
  return name.startsWith(':') || name.toLowerCase() === 'host';
}

/** Setting the header of the host rewrites the host; the first that does counts. */
function authoritySet(headers: readonly Field[]): string | undefined {
  const maps = headers.flatMap((one) => [one.at('request').at('set').textMap(), one.at('request').at('add').textMap()]);
  return maps.flatMap((map) => Object.entries(map)).find(([name, value]) => value !== '' && [':authority', 'host'].includes(name.toLowerCase()))?.[1];
}

function pathRewrite(rewrite: Field): Filters['pathRewrite'] {
  const uri = rewrite.at('uri').text();
  if (uri) return { kind: 'prefix', value: uri };
  const regex = rewrite.at('uriRegexRewrite');
  const [pattern, value] = [regex.at('match').text(), regex.at('rewrite').text()];
  return pattern === undefined || value === undefined ? undefined : { kind: 'regex', pattern, value };
}
