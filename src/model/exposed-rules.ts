import { bothMatches, isHttpMatch } from './match';
import { replacesPrefix } from './path-rewrites';
import { carriesHttp, rulesForPort } from './protocols';
import { Exposure, Gateway, Listener, Match, PathMatch, Port, Protocol, RoutingModel, Rule } from './routing-model';

/** What an exposure comes to: which port gets the traffic of which listeners, by which rules. */
export interface ExposedRules {
  readonly port: Port;
  readonly listeners: readonly Listener[];
  readonly rules: readonly Rule[];
  /** What could not be said as conditions of one match. */
  readonly problems: readonly ExposureProblem[];
}

export interface ExposureProblem {
  readonly rule: Rule;
  readonly what: string;
}

/** Listener protocols that can carry the traffic of a port. */
const LISTENERS_FOR: Record<Protocol, readonly Protocol[]> = {
  HTTP: ['HTTP', 'HTTP2', 'GRPC', 'HTTPS'],
  HTTP2: ['HTTP', 'HTTP2', 'GRPC', 'HTTPS'],
  GRPC: ['HTTP', 'HTTP2', 'GRPC', 'HTTPS'],
  HTTPS: [],
  TCP: ['TCP', 'TLS'],
  TLS: ['TLS', 'TCP'],
};

/** Whether the listener hands on the TLS stream as it is. */
export function passesThrough(listener: Listener): boolean {
  return listener.protocol === 'TLS' && listener.tls?.mode === 'passthrough';
}

/** Listeners of the exposure that can carry the port's traffic. A terminating TLS listener has no TLS stream left to give. */
export function fittingListeners(exposure: Exposure, port: Port): Listener[] {
  return exposure.gateway.listeners.filter((listener) =>
    (exposure.listener === undefined || exposure.listener === listener.name)
    && LISTENERS_FOR[port.protocol].includes(listener.protocol)
    && (listener.protocol !== 'TLS' || passesThrough(listener) === (port.protocol === 'TLS'))
    // Named hosts ask for listeners that can see the server name.
    && (port.protocol !== 'TLS' || passesThrough(listener) || exposure.hosts.every((host) => host === '*')));
}

/** Ports of the service that the exposure can mean. */
export function candidatePorts(model: RoutingModel, exposure: Exposure): Port[] {
  return model.ports.filter((port) => (exposure.port === undefined || exposure.port === port.number) && fittingListeners(exposure, port).length > 0);
}

/** The rules of the service as the gateway has to apply them: each of them, and what the exposure lets in. Ends where that ends. */
export function exposedRules(model: RoutingModel, exposure: Exposure): ExposedRules | undefined {
  const [port] = candidatePorts(model, exposure);
  if (!port) return undefined;
  const problems: ExposureProblem[] = [];
  const exposed = rulesForPort(model.rules, port).flatMap((rule) => exposeRule(rule, exposure, port, problems));
  const rules = rulesForPort(exposed, port);
  return { port, listeners: fittingListeners(exposure, port), rules, problems };
}

/** What names a gateway in the whole cluster. */
export function gatewayKey(gateway: Pick<Gateway, 'name' | 'namespace'>): string {
  return `${gateway.namespace}/${gateway.name}`;
}

function exposeRule(rule: Rule, exposure: Exposure, port: Port, problems: ExposureProblem[]): Rule[] {
  const reaching = rule.matches.filter((match) => reaches(match, exposure)).map((match) => ({ ...match, gateway: undefined }));
  if (rule.matches.length > 0 && reaching.length === 0) return [];
  if (!carriesHttp(port.protocol)) return [{ ...rule, matches: [] }];
  const everything = rule.matches.length === 0 || reaching.some((match) => !isHttpMatch(match));
  if (everything) return checkPrefix({ ...rule, matches: exposure.matches }, rule, problems);
  if (exposure.matches.length === 0) return [{ ...rule, matches: reaching }];
  const matches = exposure.matches.flatMap((outer) => reaching.flatMap((inner) => conjunction(outer, inner, rule, problems)));
  return matches.length === 0 ? [] : checkPrefix({ ...rule, matches }, rule, problems);
}

/** Traffic from outside has no source in the mesh. */
function reaches(match: Match, exposure: Exposure): boolean {
  return match.source === undefined && (match.gateway === undefined || match.gateway === gatewayKey(exposure.gateway));
}

function conjunction(outer: Match, inner: Match, rule: Rule, problems: ExposureProblem[]): Match[] {
  const both = bothMatches(outer, inner);
  if (both.kind === 'inexpressible') problems.push({ rule, what: both.what });
  return both.kind === 'one' ? [both.value] : [];
}

/** A replaced prefix has to stay the one that the rule was declared with. */
function checkPrefix(exposed: Rule, rule: Rule, problems: ExposureProblem[]): Rule[] {
  if (replacesPrefix(rule)) {
    const declared = rule.matches.map((match) => pathText(match.path));
    const narrowed = exposed.matches.find((match) => !declared.includes(pathText(match.path)));
    if (narrowed) problems.push({ rule, what: `that the prefix of the rule is replaced where the gateway lets in just ${pathText(narrowed.path)}` });
  }
  return [exposed];
}

function pathText(path: PathMatch | undefined): string {
  return path ? `the ${path.kind} path "${path.value}"` : 'any path';
}
