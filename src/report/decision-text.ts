import { conditionText } from '../evaluation/condition';
import { Filters, PathChange, Redirect, TableRule } from '../evaluation/route-table';
import { Outcome, Verdict } from '../evaluation/verdict';

export interface DecisionLine {
  readonly text: string;
  /** It tells of traffic that reaches no pod. */
  readonly lost: boolean;
}

/** A decision as lines of text: the shares first, then what decided, then why earlier rules did not. */
export function decisionText(verdict: Verdict): string {
  return decisionLines(verdict, 0).map(({ text }) => text).join('\n');
}

/** @param bar columns for a bar beside each share; 0 for none */
export function decisionLines({ outcomes, rule, passedOver, followed, filters, doubts }: Verdict, bar: number): DecisionLine[] {
  const plain = [
    ...filtersText(filters),
    rule ? `decided by ${ruleText(rule)}` : `decided by no rule${withoutRule(followed, outcomes)}`,
    ...passedOver.map(({ rule: earlier, failed }) => `not by ${ruleText(earlier)}: does not hold: ${conditionText(failed)}`),
    ...doubts.map((doubt) => `uncertain: ${doubt}`),
  ];
  return [
    ...outcomes.map((one) => ({ text: `${shareBar(one.share.toNumber(), bar)}${percent(one.share.toNumber()).padStart(9)}  ${outcomeText(one)}`, lost: isLost(one) })),
    ...plain.map((text) => ({ text, lost: false })),
  ];
}

function withoutRule(followed: string | undefined, outcomes: readonly Outcome[]): string {
  if (followed !== undefined) return ` of ${followed}`;
  return outcomes.some(({ kind }) => kind === 'pods') ? ': any pod of the Service' : '';
}

function shareBar(share: number, columns: number): string {
  return columns === 0 ? '' : `${'█'.repeat(Math.round(share * columns)).padEnd(columns, '░')} `;
}

function isLost(one: Outcome): boolean {
  return one.kind === 'answered' && one.cause !== 'rule';
}

export function percent(share: number): string {
  return `${Number((share * 100).toFixed(4))} %`;
}

export function ruleText({ object, place, name }: TableRule): string {
  return [object?.title, place, name && `"${name}"`].filter(Boolean).join(' ');
}

export function outcomeText(one: Outcome): string {
  switch (one.kind) {
    case 'pods': return `${one.version} (${one.workload.object.title})`;
    case 'answered': return `${one.status}: ${one.reason}${one.object ? ` (${one.object.title})` : ''}`;
    case 'redirected': return `${one.redirect.status}: ${redirectText(one.redirect)}`;
    case 'outside': return `outside: ${one.host}`;
  }
}

/** What is not named stays as it was asked for. */
export function redirectText({ scheme, host, port, path }: Redirect): string {
  const becomes = Object.entries({ scheme, host, port }).flatMap(([part, value]) => (value === undefined ? [] : [`${part} becomes ${value}`]));
  return ['redirected', ...becomes, ...path ? [pathText(path)] : []].join(', ');
}

function pathText(change: PathChange): string {
  switch (change.kind) {
    case 'full': return `path becomes ${change.value}`;
    case 'prefix': return `matched prefix becomes ${change.value}`;
    case 'regex': return `what ${change.pattern} finds in the path becomes ${change.value}`;
  }
}

/** `7 s`, `250 ms`. */
function timeText(milliseconds: number): string {
  return milliseconds >= 1000 && milliseconds % 100 === 0 ? `${milliseconds / 1000} s` : `${milliseconds} ms`;
}

/** What else happens to a request, one text for each thing. */
export function filtersText(filters: Filters): string[] {
  const { delay, abort, mirrors = [], timeoutMilliseconds, retries, hostRewrite, pathRewrite, requestHeaders, responseHeaders } = filters;
  return [
    ...delay ? [`delayed by ${timeText(delay.milliseconds)}, ${delay.percent} % of the requests`] : [],
    ...abort ? [`aborted with ${abort.status}, ${abort.percent} % of the requests`] : [],
    ...mirrors.map(({ to, percent: share }) => `mirrored to ${to.kind === 'pods' ? `${to.service.object.title}${to.subset ? ` ${to.subset}` : ''}` : 'nowhere'}, ${share} % of the requests`),
    ...timeoutMilliseconds === undefined ? [] : [`given up after ${timeText(timeoutMilliseconds)}`],
    ...retries && retries.attempts > 0 ? [`tried again up to ${retries.attempts} times${retries.on ? ` on ${retries.on}` : ''}`] : [],
    ...hostRewrite === undefined ? [] : [`host becomes ${hostRewrite}`],
    ...pathRewrite ? [pathText(pathRewrite)] : [],
    ...requestHeaders ? ['request headers are changed'] : [],
    ...responseHeaders ? ['response headers are changed'] : [],
  ];
}

/** Without what it is tried again on: that is often what the mesh does by itself, and longer than all the rest of a row. */
export function filtersInShort({ retries, ...filters }: Filters): string[] {
  return filtersText(retries ? { ...filters, retries: { ...retries, on: undefined } } : filters);
}
