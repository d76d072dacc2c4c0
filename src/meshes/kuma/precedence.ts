import { Match } from '../../model/routing-model';
import { writtenPath } from '../gateway-api/precedence';

const PATH_ORDER = ['regex', 'prefix', 'exact'] as const;

/**
 * Exact path, longest prefix, longest expression, no path at all, which is less than the prefix `/`; then method, headers and query parameters.
 * Among equals the first rule wins.
 * @see https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/meshhttproute/api/v1alpha1/compare.go
 */
export const PRECEDENCE = {
  tiesInOrder: true,
  rank: (match: Match): readonly number[] => {
    const { kind, value } = writtenPath(match);
    const path = match.path === undefined ? [-1, 0] : [PATH_ORDER.indexOf(kind), kind === 'exact' ? 0 : Buffer.byteLength(value)];
    return [...path, match.method === undefined ? 0 : 1, match.headers.length, match.queryParams.length];
  },
};
