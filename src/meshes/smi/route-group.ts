import { HttpRouteGroup, HttpRouteGroupSpecMatches, HttpRouteGroupSpecMatchesMethods as Method } from '../../../imports/specs.smi-spec.io';
import { oneConditionPerName, prefixElements } from '../../model/match';
import { quoteRegex } from '../../model/regex';
import { HeaderMatch, Match, PathMatch } from '../../model/routing-model';

/**
 * The requests that a TrafficSplit is for. Every field is written, and headers as a list of maps with one key each, which is what the CRDs take.
 * @see https://github.com/servicemeshinterface/smi-sdk-go/blob/main/crds/httproutegroup.yaml
 */
export function conditions(matches: readonly Match[]): { readonly spec?: unknown } {
  return HttpRouteGroup.manifest({ spec: { matches: matches.map((match, index) => routeMatch(match, `match-${index + 1}`)) } });
}

function routeMatch(match: Match, name: string): HttpRouteGroupSpecMatches {
  const single = oneConditionPerName(match);
  const { path, method, headers } = single.kind === 'one' ? single.value : match;
  return {
    name,
    pathRegex: path ? anchored(pathPattern(path)) : '.*',
    methods: [(method ?? '*') as Method],
    headers: headers.length > 0 ? headers.map((header) => ({ [header.name]: anchored(headerPattern(header)) })) : undefined,
  };
}

/** The specification anchors an expression at the start alone, implementations at both ends: written out, both mean the same. */
export function anchored(pattern: string): string {
  return pattern.includes('|') ? `^(${pattern})$` : `^${pattern}$`;
}

/** Expression for the whole path. */
export function pathPattern(path: PathMatch): string {
  switch (path.kind) {
    case 'regex': return path.value;
    case 'exact': return quoteRegex(path.value);
    case 'prefix': return `${quoteRegex(prefixElements(path.value))}(/.*)?`;
  }
}

/** Expression for the whole value. The other kinds of conditions are refused. */
function headerPattern({ value }: HeaderMatch): string {
  switch (value.kind) {
    case 'exact': return quoteRegex(value.value);
    case 'prefix': return `${quoteRegex(value.value)}.*`;
    case 'regex': return value.value;
    case 'present':
    case 'absent': return '';
  }
}
