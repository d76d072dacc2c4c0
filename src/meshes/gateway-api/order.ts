import { Implementation } from './implementation';
import { compareRanks } from './precedence';
import { Both, bothMatches, coversMatch, EVERYTHING, oneConditionPerName } from '../../model/match';
import { replacesPrefix } from '../../model/path-rewrites';
import { Match, Rule } from '../../model/routing-model';

/** Rules whose declared order the computed one keeps, and where it does not. */
export interface Ordered {
  readonly rules: readonly Rule[];
  readonly conflicts: readonly Conflict[];
}

/** Requests that `early` takes before `late` are taken by `late` all the same. */
export interface Conflict {
  readonly early: Rule;
  readonly late: Rule;
  /** Whether that is so because they stand in objects of their own. */
  readonly apart: boolean;
}

/** Whether two rules stand in objects of their own, of which nobody can say which comes first. */
export type Apart = (one: Rule, other: Rule) => boolean;

const together: Apart = () => false;

interface Alternative {
  readonly rule: Rule;
  readonly at: number;
  readonly match: Match;
}

/** What the computed order goes by. */
type Precedence = Pick<Implementation, 'rank' | 'tiesInOrder'>;

/** Whether a match of an earlier rule decides on what a later one takes as well. */
type Wins = (early: Alternative, late: Alternative) => boolean;

/** Growing lists of matches end here: one more than a route holds. */
const MAX_ALTERNATIVES = 129;

/**
 * The Gateway API has no order of rules: the most specific match decides. Where a later match outranks an earlier one, the earlier rule also
 * names what both take, which outranks either. Matches for which earlier rules leave nothing are left out.
 *
 * That keeps the declared order: whatever request, let the first rule that takes it be E, and let a match of a later rule L outrank those of
 * E. Then a match that covers what both take belongs to a rule no later than E, so to E itself, and outranks L's.
 */
export function ordered(rules: readonly Rule[], { rank, tiesInOrder }: Precedence, apart: Apart = together): Ordered {
  const order = (early: Alternative, late: Alternative) => compareRanks(rank(early.match), rank(late.match));
  const losesTie: Wins = (early, late) => order(early, late) === 0 && tiesInOrder && apart(early.rule, late.rule);
  const wins: Wins = (early, late) => (order(early, late) ?? -1) > 0 || (order(early, late) === 0 && tiesInOrder && !losesTie(early, late));
  const alternatives = reachable(rules);
  let missing = nextMissing(alternatives, wins);
  while (missing && alternatives.length < MAX_ALTERNATIVES) {
    const after = alternatives.reduce((last, { at }, index) => (at <= missing!.at ? index : last), 0);
    alternatives.splice(after + 1, 0, missing);
    missing = nextMissing(alternatives, wins);
  }
  // A list that was cut off has too many matches, and that is what is wrong with it.
  return { rules: rulesOf(rules, alternatives), conflicts: missing ? [] : conflicts(alternatives, wins, losesTie) };
}

function reachable(rules: readonly Rule[]): Alternative[] {
  const taken: Alternative[] = [];
  rules.forEach((rule, at) => (rule.matches.length === 0 ? [EVERYTHING] : rule.matches).forEach((declared) => {
    const one = oneConditionPerName(declared);
    const match = one.kind === 'one' ? one.value : declared;
    if (!taken.some((earlier) => coversMatch(earlier.match, match))) taken.push({ rule, at, match });
  }));
  return taken;
}

function rulesOf(rules: readonly Rule[], alternatives: readonly Alternative[]): Rule[] {
  return rules.flatMap((rule, at) => {
    const matches = alternatives.filter((alternative) => alternative.at === at).map(({ match }) => match);
    return matches.length === 0 ? [] : [{ ...rule, matches }];
  });
}

/** A match that an earlier rule has to name as well. */
function nextMissing(alternatives: readonly Alternative[], wins: Wins): Alternative | undefined {
  for (const late of alternatives) {
    for (const early of alternatives) {
      const lost = lostTo(late, early, alternatives, wins);
      if (lost?.kind !== 'one' || !mayTake(early.rule, lost.value)) continue;
      const joint = { ...early, match: lost.value };
      if (!lostTo(late, early, [...alternatives, joint], wins)) return joint;
    }
  }
  return undefined;
}

function conflicts(alternatives: readonly Alternative[], wins: Wins, losesTie: Wins): Conflict[] {
  const found = alternatives.flatMap((late) => {
    const losers = alternatives.filter((early) => lostTo(late, early, alternatives, wins));
    return losers.map((early) => ({ early, late }));
  });
  const first = found.filter((one, index) => found.findIndex((other) => other.early.at === one.early.at && other.late.at === one.late.at) === index);
  return first.map(({ early, late }) => ({ early: early.rule, late: late.rule, apart: losesTie(early, late) }));
}

/** What both take although it belongs to the earlier rule, unless a match of that rule, or of one before it, is sure of it. */
function lostTo(
  late: Alternative, early: Alternative, alternatives: readonly Alternative[], wins: Wins,
): Both<Match> | undefined {
  if (early.at >= late.at || wins(early, late)) return undefined;
  const both = bothMatches(early.match, late.match);
  if (both.kind === 'never') return undefined;
  if (both.kind !== 'one') return both;
  const keeps = (other: Alternative) => other.at <= early.at && coversMatch(other.match, both.value) && wins(other, late);
  return alternatives.some(keeps) ? undefined : both;
}

/** A rule that replaces a prefix can take just the requests whose prefix it names. */
function mayTake(rule: Rule, { path }: Match): boolean {
  return !replacesPrefix(rule) || rule.matches.some((match) => match.path?.kind === path?.kind && match.path?.value === path?.value);
}
