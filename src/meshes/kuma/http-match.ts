import { HttpMatch, ValueMatch } from './policies';
import { quoteRegex } from '../../model/regex';
import { Match, QueryMatch } from '../../model/routing-model';
import { some } from '../gateway-api/http-match';
import { writtenPath } from '../gateway-api/precedence';

const PATH_TYPES = { exact: 'Exact', prefix: 'PathPrefix', regex: 'RegularExpression' } as const;
const HEADER_TYPES = { exact: 'Exact', prefix: 'Prefix', regex: 'RegularExpression', present: 'Present', absent: 'Absent' } as const;

/** Types are always written. A match without a path has none, as that comes last of all. */
export function httpMatch(match: Match): HttpMatch {
  const { kind, value } = writtenPath(match);
  return {
    path: match.path && { type: PATH_TYPES[kind], value },
    method: match.method,
    headers: some(match.headers.map((header) => ({
      type: HEADER_TYPES[header.value.kind], name: header.name, value: 'value' in header.value ? header.value.value : undefined,
    }))),
    queryParams: some(match.queryParams.map(queryMatch)),
  };
}

/** Beginnings and bare presence have no type of their own. */
function queryMatch({ name, value }: QueryMatch): ValueMatch<'Exact' | 'RegularExpression'> {
  switch (value.kind) {
    case 'exact': return { type: 'Exact', name, value: value.value };
    case 'regex': return { type: 'RegularExpression', name, value: value.value };
    case 'prefix': return { type: 'RegularExpression', name, value: `${quoteRegex(value.value)}.*` };
    case 'present': return { type: 'RegularExpression', name, value: '.*' };
  }
}
