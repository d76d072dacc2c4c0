import { hostText, PlannedRow } from './rows';
import { compare } from '../../evaluation/compare';
import { Evaluator } from '../../evaluation/evaluator';
import { Verdict } from '../../evaluation/verdict';
import { requestText } from '../change-text';
import { percent } from '../decision-text';

/** What is sent to a backend that is missing or empty, and what the set before answered and this one refuses. */
export function lossesOf(traffic: readonly PlannedRow[], before: Evaluator | undefined, after: Evaluator, inner: ReadonlySet<string>): string[] {
  const dead = traffic.filter(({ lost }) => lost > 0);
  return [...dead.map((row) => `${percent(row.lost)} of ${hostText(row)}, ${row.when}`), ...before ? newlyLost(before, after, inner, isRefusal) : []];
}

/** Requests that get nowhere any more. Those to inner Services are those to their roots, which are asked too. */
export function newlyLost(before: Evaluator, after: Evaluator, inner: ReadonlySet<string>, which = (_: Verdict) => true): string[] {
  const lost = compare(before, after).changes.filter((change) => change.loses && which(change.after));
  return lost.filter(({ entry }) => !entry.objects.some(({ key }) => inner.has(key))).map(({ request }) => requestText(request));
}

function isRefusal({ outcomes }: Verdict): boolean {
  return outcomes.some((one) => one.kind === 'answered' && (one.cause === 'unmatched' || one.cause === 'denied'));
}
