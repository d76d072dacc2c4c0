import { Implementation } from './implementation';
import { writtenPath } from './precedence';
import {
  HttpRouteSpecRulesMatches as HttpMatch, HttpRouteSpecRulesMatchesHeadersType as ValueType, HttpRouteSpecRulesMatchesMethod as Method,
  HttpRouteSpecRulesMatchesPathType as PathType, HttpRouteSpecRulesMatchesQueryParamsType as QueryType,
} from '../../../imports/gateway.networking.k8s.io';
import { quoteRegex } from '../../model/regex';
import { HeaderMatch, Match } from '../../model/routing-model';

type Regex = Implementation['regex'];

const PATH_TYPES = { exact: PathType.EXACT, prefix: PathType.PATH_PREFIX, regex: PathType.REGULAR_EXPRESSION } as const;

/** Types are always written, and the path too: it has a default of its own. */
export function httpMatch(match: Match, regex: Regex): HttpMatch {
  const path = writtenPath(match);
  return {
    path: { type: PATH_TYPES[path.kind], value: path.kind === 'regex' && regex ? regex(path.value) : path.value },
    method: match.method as Method | undefined,
    headers: some(match.headers.map((header) => valueMatch(header, regex))),
    queryParams: some(match.queryParams.map((param) => valueMatch(param, regex) as ValueMatch & { type: QueryType })),
  };
}

export interface ValueMatch {
  readonly type: ValueType;
  readonly name: string;
  readonly value: string;
}

/** Beginnings and bare presence have no type of their own. Absence is refused before it comes here. */
export function valueMatch({ name, value }: HeaderMatch, regex: Regex): ValueMatch {
  if (value.kind === 'exact') return { type: ValueType.EXACT, name, value: value.value };
  return { type: ValueType.REGULAR_EXPRESSION, name, value: (regex ?? String)(pattern(value)) };
}

function pattern(value: HeaderMatch['value']): string {
  switch (value.kind) {
    case 'regex': return value.value;
    case 'prefix': return `${quoteRegex(value.value)}.*`;
    default: return '.*';
  }
}

export function some<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
