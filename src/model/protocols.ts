import { coversMatch, EVERYTHING, isHttpMatch, withoutWholePath } from './match';
import { Port, Protocol, RoutingModel, Rule } from './routing-model';

export const PROTOCOLS: readonly string[] = ['HTTP', 'HTTP2', 'GRPC', 'HTTPS', 'TCP', 'TLS'] satisfies Protocol[];

const HTTP_PROTOCOLS: readonly Protocol[] = ['HTTP', 'HTTP2', 'GRPC', 'HTTPS'];

/** Whether requests, not just connections, can be told apart. */
export function carriesHttp(protocol: Protocol): boolean {
  return HTTP_PROTOCOLS.includes(protocol);
}

/** Whether any port carries requests. */
export function hasHttp(model: RoutingModel): boolean {
  return model.ports.some(({ protocol }) => carriesHttp(protocol));
}

/** Whether any rule does more than leave the shares to the number of pods. */
export function hasRules(model: RoutingModel): boolean {
  return model.rules.some((rule) => rule.action.kind === 'redirect' || rule.action.split.kind === 'weights' || httpParts(rule).length > 0);
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
export function rulesForPort(rules: readonly Rule[], port: Port): Rule[] {
  const applicable = rules.flatMap((rule) => ruleForPort(rule, port));
  const last = applicable.findIndex(takesEverything);
  return last < 0 ? applicable : applicable.slice(0, last + 1);
}

/** The rules of a port for clients inside the mesh: conditions on a gateway are not for them. */
export function meshRules(model: RoutingModel, port: Port): Rule[] {
  return rulesForPort(model.rules.flatMap(insideMesh), port);
}

function insideMesh(rule: Rule): Rule[] {
  const matches = rule.matches.filter((match) => match.gateway === undefined);
  return rule.matches.length > 0 && matches.length === 0 ? [] : [{ ...rule, matches }];
}

/** The rule as the port sees it, or nothing if it is not for the port. */
export function ruleForPort(rule: Rule, port: Port): Rule[] {
  if (rule.port !== undefined && rule.port !== port.number) return [];
  return carriesHttp(port.protocol) ? [rule] : forConnections(rule);
}

export function takesEverything(rule: Rule): boolean {
  return rule.matches.length === 0 || rule.matches.some((match) => coversMatch(match, EVERYTHING));
}

function forConnections(rule: Rule): Rule[] {
  if (rule.action.kind === 'redirect') return [];
  const matches = rule.matches.map(withoutWholePath).filter((match) => !isHttpMatch(match));
  if (rule.matches.length > 0 && matches.length === 0) return [];
  return [{ ...rule, matches: matches.some((match) => coversMatch(match, EVERYTHING)) ? [] : matches }];
}
