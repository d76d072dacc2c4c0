import { decisionJson } from './decision-json';
import { outcomeText, percent } from './decision-text';
import { Change } from '../evaluation/compare';
import { Request } from '../evaluation/request';
import { Verdict } from '../evaluation/verdict';

/** `web.shop:80 /v2 with x-tester: yes: v1 100 % -> v1 90 %, v2 10 %`. */
export function changeText({ request, before, after, loses }: Change): string {
  return `${loses ? 'LOST ' : ''}${requestText(request)}\n  before  ${sharesText(before)}\n  after   ${sharesText(after)}`;
}

export function changeJson({ request, before, after, loses }: Change) {
  return { request: requestText(request), loses, before: decisionJson(before).outcomes, after: decisionJson(after).outcomes };
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

function sharesText({ outcomes }: Verdict): string {
  return outcomes.map((one) => `${percent(one.share.toNumber())} ${outcomeText(one)}`).join(', ');
}
