import { mirrored } from './backends';
import { Call } from './policies';
import { Filters, HeaderChanges, PathChange, Redirect } from '../../../evaluation/route-table';
import { Field } from '../../../manifests/field';

export interface RuleFilters {
  readonly filters: Filters;
  readonly redirect?: Redirect;
  readonly doubts: readonly string[];
}

/** @see https://github.com/kumahq/kuma/tree/v2.14.3/pkg/plugins/policies/meshhttproute/xds/filters */
export function ruleFilters(all: readonly Field[], call: Call): RuleFilters {
  const of = (type: string, key: string) => all.filter((filter) => filter.at('type').text() === type).map((filter) => filter.at(key));
  const [rewrite] = of('URLRewrite', 'urlRewrite');
  const [redirect] = of('RequestRedirect', 'requestRedirect');
  const mirrors = of('RequestMirror', 'requestMirror').map((mirror) => ({ mirror, to: mirrored(mirror.at('backendRef'), call) }));
  const broken = mirrors.filter(({ to }) => to === undefined);
  const copies = mirrors.flatMap(({ mirror, to }) => (to ? [{ to, percent: percent(mirror.at('percentage')) }] : []));
  return {
    redirect: redirect && redirectOf(redirect),
    filters: {
      mirrors: copies.length > 0 ? copies : undefined,
      requestHeaders: changes(of('RequestHeaderModifier', 'requestHeaderModifier')),
      responseHeaders: changes(of('ResponseHeaderModifier', 'responseHeaderModifier')),
      hostRewrite: rewrite?.at('hostname').text(),
      pathRewrite: rewrite && pathChange(rewrite.at('path')),
    },
    doubts: broken.map(({ mirror }) => `Kuma 2.14 finds no receiver for ${mirror.place.replace(/^spec\./, '')}, and then gives clients no configuration: they keep the one before`),
  };
}

function redirectOf(redirect: Field): Redirect {
  return {
    kind: 'redirect',
    status: redirect.at('statusCode').integer() ?? 302,
    scheme: redirect.at('scheme').text(),
    host: redirect.at('hostname').text(),
    port: redirect.at('port').integer(),
    path: pathChange(redirect.at('path')),
  };
}

function pathChange(path: Field): PathChange | undefined {
  const full = path.at('replaceFullPath').text();
  if (full !== undefined) return { kind: 'full', value: full };
  const prefix = path.at('replacePrefixMatch').text();
  return prefix === undefined ? undefined : { kind: 'prefix', value: prefix };
}

/** Left out, everything is mirrored. */
function percent(written: Field): number {
  const value = Number(written.integerOrText() ?? 100);
  return Number.isFinite(value) ? value : 100;
}

function changes([change]: readonly Field[]): HeaderChanges | undefined {
  if (change === undefined) return undefined;
  const values = (list: Field) => Object.fromEntries(list.items().map((item) => [item.at('name').text() ?? '', item.at('value').text() ?? '']));
  return { set: values(change.at('set')), add: values(change.at('add')), remove: change.at('remove').texts() };
}
