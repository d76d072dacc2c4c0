import { Filter, Header, HeaderModifier, PathModifier } from './policies';
import { HeaderChanges, PathRewrite, Rule } from '../../model/routing-model';
import { some } from '../gateway-api/http-match';

/** Filters in the order in which a request meets them. */
export function filters({ requestHeaders, responseHeaders, action }: Rule): Filter[] {
  const found: Filter[] = [];
  if (requestHeaders) found.push({ type: 'RequestHeaderModifier', requestHeaderModifier: modifier(requestHeaders) });
  if (responseHeaders) found.push({ type: 'ResponseHeaderModifier', responseHeaderModifier: modifier(responseHeaders) });
  if (action.kind === 'redirect') {
    const { scheme, hostname, port, path, statusCode } = action;
    found.push({ type: 'RequestRedirect', requestRedirect: { scheme, hostname, port, path: path && pathModifier(path), statusCode } });
  } else if (action.rewrite) {
    const { hostname, path } = action.rewrite;
    found.push({ type: 'URLRewrite', urlRewrite: { hostname, path: path && pathModifier(path) } });
  }
  return found;
}

/** Kuma takes names in lower case only. */
function modifier({ set, add, remove }: HeaderChanges): HeaderModifier {
  return { set: some(headers(set)), add: some(headers(add)), remove: some(remove.map((name) => name.toLowerCase())) };
}

/** Envoy takes a per cent sign for the beginning of a placeholder, and two for one. */
function headers(values: Readonly<Record<string, string>>): Header[] {
  return Object.entries(values).map(([name, value]) => ({ name: name.toLowerCase(), value: value.split('%').join('%%') }));
}

function pathModifier({ kind, value }: PathRewrite): PathModifier {
  return kind === 'full' ? { type: 'ReplaceFullPath', replaceFullPath: value } : { type: 'ReplacePrefixMatch', replacePrefixMatch: value };
}
