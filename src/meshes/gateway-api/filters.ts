import { Implementation } from './implementation';
import {
  HttpRouteSpecRulesFilters as HttpFilter, HttpRouteSpecRulesFiltersRequestRedirectPath as PathModifier,
  HttpRouteSpecRulesFiltersRequestRedirectPathType as ModifierType, HttpRouteSpecRulesFiltersRequestRedirectScheme as Scheme,
  HttpRouteSpecRulesFiltersRequestRedirectStatusCode as StatusCode, HttpRouteSpecRulesFiltersType as FilterType,
  HttpRouteSpecRulesFiltersUrlRewritePath as RewritePath,
} from '../../../imports/gateway.networking.k8s.io';
import { prefixElements } from '../../model/match';
import { HeaderChanges, Mirror, PathRewrite, Port, Redirect, Rewrite, RoutingModel, Rule } from '../../model/routing-model';
import { fraction } from '../../model/weights';

/** Filters in the order in which a request meets them: headers, copies, then what changes its way. */
export function filters(model: RoutingModel, rule: Rule, port: Port, implementation: Implementation): HttpFilter[] {
  const { requestHeaders, responseHeaders, action } = rule;
  return [
    ...(requestHeaders ? [{ type: FilterType.REQUEST_HEADER_MODIFIER, requestHeaderModifier: modifier(requestHeaders, implementation) }] : []),
    ...(responseHeaders ? [{ type: FilterType.RESPONSE_HEADER_MODIFIER, responseHeaderModifier: modifier(responseHeaders, implementation) }] : []),
    ...(action.kind === 'redirect' ? [redirect(action)] : action.mirrors.filter(({ percent }) => percent > 0).map((one) => mirror(model, one, port))),
    ...(action.kind === 'forward' && action.rewrite ? [rewrite(action.rewrite)] : []),
  ];
}

interface HeaderModifier {
  readonly set?: { name: string; value: string }[];
  readonly add?: { name: string; value: string }[];
  readonly remove?: string[];
}

function modifier({ set, add, remove }: HeaderChanges, { percentSign }: Implementation): HeaderModifier {
  return { set: headers(set, percentSign), add: headers(add, percentSign), remove: remove.length > 0 ? [...remove] : undefined };
}

/** Proxies may take a per cent sign for the beginning of a placeholder. */
function headers(values: Readonly<Record<string, string>>, percentSign = '%'): { name: string; value: string }[] | undefined {
  const entries = Object.entries(values).map(([name, value]) => ({ name, value: value.split('%').join(percentSign) }));
  return entries.length > 0 ? entries : undefined;
}

/** The share is always written: left out, it is 100 %. A mirror of 0 % is none. */
function mirror(model: RoutingModel, { version, percent }: Mirror, port: Port): HttpFilter {
  const name = model.versions.find((candidate) => candidate.name === version)?.leaf ?? version;
  const share = Number.isInteger(percent) ? { percent } : { fraction: mirrorFraction(percent) };
  return { type: FilterType.REQUEST_MIRROR, requestMirror: { backendRef: { name, port: port.number }, ...share } };
}

/** Decimals of a percentage, six at most, as a fraction of whole numbers. */
function mirrorFraction(percent: number): { numerator: number; denominator: number } {
  return fraction(Math.round(percent * 1e6), 1e8);
}

function rewrite({ hostname, path }: Rewrite): HttpFilter {
  return { type: FilterType.URL_REWRITE, urlRewrite: { hostname, path: path && (pathModifier(path) as unknown as RewritePath) } };
}

function redirect({ scheme, hostname, port, path, statusCode }: Redirect): HttpFilter {
  const codes = { scheme: scheme as Scheme | undefined, statusCode: statusCode as StatusCode };
  return { type: FilterType.REQUEST_REDIRECT, requestRedirect: { ...codes, hostname, port, path: path && pathModifier(path) } };
}

/** A slash at the end of a replacement has no meaning. @see https://gateway-api.sigs.k8s.io/reference/spec/#httppathmodifier */
function pathModifier({ kind, value }: PathRewrite): PathModifier {
  if (kind === 'full') return { type: ModifierType.REPLACE_FULL_PATH, replaceFullPath: value };
  return { type: ModifierType.REPLACE_PREFIX_MATCH, replacePrefixMatch: prefixElements(value) || '/' };
}
