import { isHttpMatch } from './match';
import { Match, Port, Protocol, RoutingModel, Rule } from './routing-model';

const HTTP_PROTOCOLS: readonly Protocol[] = ['HTTP', 'HTTP2', 'GRPC', 'HTTPS'];

/** Whether requests, not just connections, can be told apart. */
export function carriesHttp(protocol: Protocol): boolean {
  return HTTP_PROTOCOLS.includes(protocol);
}

/** What in a rule needs HTTP, as places inside the rule. */
export function httpParts(rule: Rule): string[] {
  const parts: string[] = [];
  rule.matches.forEach((match, index) => isHttpMatch(match) && parts.push(`matches[${index}]`));
  if (rule.fault) parts.push('fault');
  if (rule.requestHeaders) parts.push('requestHeaders');
  if (rule.responseHeaders) parts.push('responseHeaders');
  if (rule.action.kind === 'redirect') return [...parts, 'redirect'];
  if (rule.action.rewrite) parts.push('rewrite');
  if (rule.action.mirrors.length > 0) parts.push('mirrors');
  if (rule.action.timeout !== undefined) parts.push('timeout');
  if (rule.action.retries) parts.push('retries');
  return parts;
}

/**
 * The rules for one port, up to the first that takes everything. On a port without HTTP only conditions on the source remain:
 * rules that need to see a request are not for it.
 */
export function rulesForPort(model: RoutingModel, port: Port): Rule[] {
  const rules = model.rules
    .filter((rule) => rule.port === undefined || rule.port === port.number)
    .flatMap((rule) => (carriesHttp(port.protocol) ? [rule] : forConnections(rule)));
  const last = rules.findIndex((rule) => rule.matches.length === 0);
  return last < 0 ? rules : rules.slice(0, last + 1);
}

function forConnections(rule: Rule): Rule[] {
  if (rule.action.kind === 'redirect') return [];
  const matches: Match[] = rule.matches.filter((match) => !isHttpMatch(match));
  return rule.matches.length > 0 && matches.length === 0 ? [] : [{ ...rule, matches }];
}
