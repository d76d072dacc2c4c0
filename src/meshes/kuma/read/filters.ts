import { mirrored } from './backends';
import { Call } from './policies';
import { Filters, Redirect } from '../../../evaluation/route-table';
import { Field } from '../../../manifests/field';
import { headerChanges, pathChange, redirectOf } from '../../gateway-api/read/filters';

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
      requestHeaders: headerChanges(of('RequestHeaderModifier', 'requestHeaderModifier')),
      responseHeaders: headerChanges(of('ResponseHeaderModifier', 'responseHeaderModifier')),
      hostRewrite: rewrite?.at('hostname').text(),
      pathRewrite: rewrite && pathChange(rewrite.at('path')),
    },
    doubts: broken.map(({ mirror }) => `Kuma 2.14 finds no receiver for ${mirror.place.replace(/^spec\./, '')}, and then gives clients no configuration: they keep the one before`),
  };
}

/** Left out, everything is mirrored. */
function percent(written: Field): number {
  const value = Number(written.integerOrText() ?? 100);
  return Number.isFinite(value) ? value : 100;
}
