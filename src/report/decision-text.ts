import { conditionText } from '../evaluation/condition';
import { TableRule } from '../evaluation/route-table';
import { Outcome, Verdict } from '../evaluation/verdict';

/** A decision as lines of text: the shares first, then what decided, then why earlier rules did not. */
export function decisionText({ outcomes, rule, passedOver, followed, doubts }: Verdict): string {
  return [
    ...outcomes.map((one) => `${percent(one.share.toNumber()).padStart(7)}  ${outcomeText(one)}`),
    rule ? `decided by ${ruleText(rule)}` : `decided by no rule${followed ? ` of ${followed}` : ': any pod of the Service'}`,
    ...passedOver.map(({ rule: earlier, failed }) => `not by ${ruleText(earlier)}: ${conditionText(failed)} does not hold`),
    ...doubts.map((doubt) => `uncertain: ${doubt}`),
  ].join('\n');
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
    case 'answered': return `${one.status} ${one.reason}`;
    case 'redirected': return `${one.redirect.status} redirected`;
    case 'outside': return `outside: ${one.host}`;
  }
}
