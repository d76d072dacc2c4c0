import { coversMatch } from '../../model/match';
import { Match } from '../../model/routing-model';

/** Asked of one match after the other, in order: whether anything is left for it that no earlier one takes already. */
export function reachableInOrder(): (match: Match) => boolean {
  const taken: Match[] = [];
  return (match) => {
    const reachable = !taken.some((earlier) => coversMatch(earlier, match));
    if (reachable) taken.push(match);
    return reachable;
  };
}
