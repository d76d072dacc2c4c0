import { decisionJson } from './decision-json';
import { filtersText, outcomeText, percent } from './decision-text';
import { Change } from '../evaluation/compare';
import { Request } from '../evaluation/request';
import { Verdict } from '../evaluation/verdict';

/** `web.shop:80 /v2 with x-tester: yes: v1 100 % -> v1 90 %, v2 10 %`. */
export function changeText({ request, before, after, loses }: Change): string {
  return `${loses ? 'LOST ' : ''}${requestText(request)}\n  before  ${effectText(before, after)}\n  after   ${effectText(after, before)}`;
}

export function changeJson({ request, before, after, loses }: Change) {
  return {
    request: requestText(request),
    loses,
    before: decisionJson(before).outcomes,
    after: decisionJson(after).outcomes,
    onTheWay: { before: only(before, after), after: only(after, before) },
  };
}

export function requestText({ source, host, port, protocol, method, path, headers, query }: Request): string {
  const http = protocol !== 'TCP' && protocol !== 'TLS';
  const conditions = [...[...headers].map(([name, value]) => `${name}: ${value}`), ...[...query].map(([name, value]) => `?${name}=${value}`)];
  return [
    source.kind === 'gateway' ? `through ${source.namespace}/${source.name}` : '',
    `${host}:${port}`,
    http ? `${method} ${path}` : protocol,
    conditions.length > 0 ? `with ${conditions.join(', ')}` : '',
  ].filter(Boolean).join(' ');
}

function effectText(verdict: Verdict, other: Verdict): string {
  return [verdict.outcomes.map((one) => `${percent(one.share.toNumber())} ${outcomeText(one)}`).join(', '), ...only(verdict, other)].join('; ');
}

/** What happens on the way by one decision and not by the other. */
function only({ filters }: Verdict, other: Verdict): string[] {
  const others = filtersText(other.filters);
  return filtersText(filters).filter((text) => !others.includes(text));
}
