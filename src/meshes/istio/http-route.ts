import { destinationOf, weightedDestinations } from './destination';
import { duration } from '../duration';
import { httpMatches, IstioMatch } from './http-match';
import { reachableInOrder } from './reachable';
import { VirtualServiceSpecHttp as HttpRoute, VirtualServiceSpecHttpFault as IstioFault, VirtualServiceSpecHttpMatch as HttpMatch } from '../../../imports/networking.istio.io';
import { EVERYTHING, prefixElements } from '../../model/match';
import { replacesPrefix } from '../../model/path-rewrites';
import { Fault, Forward, HeaderChanges, PathRewrite, Port, Redirect, Retries, RoutingModel, Rule } from '../../model/routing-model';

/**
 * What Istio does by itself, written out so that a reader of the manifests sees it.
 * @see https://github.com/istio/istio/blob/master/pilot/pkg/networking/core/route/retry/retry.go
 */
const DEFAULT_RETRIES: Retries = { attempts: 2, conditions: ['connect-failure', 'refused-stream', 'unavailable', 'cancelled', 'retriable-status-codes'] };

/**
 * The rules for one port, in order. What earlier routes take already is left out: it could never be reached, and Istio warns of it.
 * @see https://github.com/istio/istio/blob/master/pkg/config/validation/validation.go (analyzeUnreachableHTTPRules)
 */
export function httpRoutes(model: RoutingModel, rules: readonly Rule[], port: Port, matchPort: number | undefined): HttpRoute[] {
  const reachable = reachableInOrder();
  return rules.flatMap((rule) => {
    const matches = (rule.matches.length === 0 ? [EVERYTHING] : rule.matches).flatMap((match) => httpMatches(match, matchPort));
    const left = matches.filter(({ takes }) => reachable(takes));
    return inParts(rule, left).map(({ part, ofPart }) => ({ ...route(model, rule, port, part), match: conditionsOf(ofPart, matchPort) }));
  });
}

interface Part {
  readonly part: IstioMatch['part'];
  readonly ofPart: readonly IstioMatch[];
}

/** One route a rule, unless a path prefix is replaced: the path itself and what lies under it change differently, in the order of the matches. */
function inParts(rule: Rule, matches: readonly IstioMatch[]): Part[] {
  if (matches.length === 0) return [];
  if (!replacesPrefix(rule)) return [{ part: 'whole', ofPart: matches }];
  return matches.reduce<Part[]>((parts, match) => {
    const last = parts[parts.length - 1];
    if (last?.part !== match.part) return [...parts, { part: match.part, ofPart: [match] }];
    return [...parts.slice(0, -1), { part: last.part, ofPart: [...last.ofPart, match] }];
  }, []);
}

/** No conditions at all where one alternative has none. */
function conditionsOf(matches: readonly IstioMatch[], port: number | undefined): HttpMatch[] | undefined {
  return matches.some(({ match }) => !isConditional(match)) ? onlyPort(port) : matches.map(({ match }) => match);
}

function onlyPort(port: number | undefined): HttpMatch[] | undefined {
  return port === undefined ? undefined : [{ port }];
}

function isConditional(match: HttpMatch): boolean {
  return Object.entries(match).some(([field, value]) => field !== 'port' && value !== undefined);
}

function route(model: RoutingModel, rule: Rule, port: Port, part: IstioMatch['part']): HttpRoute {
  const shared: HttpRoute = { name: rule.name, fault: rule.fault && fault(rule.fault), headers: headers(rule) };
  if (rule.action.kind === 'redirect') return { ...shared, redirect: redirect(rule.action, part) };
  return { ...shared, ...forward(model, rule.action, port, part) };
}

function forward(model: RoutingModel, action: Forward, port: Port, part: IstioMatch['part']): HttpRoute {
  const { rewrite, mirrors } = action;
  return {
    route: weightedDestinations(model, action.split, port),
    rewrite: rewrite && { authority: rewrite.hostname, ...(rewrite.path && rewritePath(rewrite.path, part)) },
    mirrors: mirrors.length === 0 ? undefined : mirrors.map((mirror) => ({
      destination: mirrorDestination(model, mirror.version, port),
      percentage: { value: mirror.percent },
    })),
    timeout: duration(action.timeout),
    retries: retries(action.retries ?? DEFAULT_RETRIES),
  };
}

/** A version that nobody declared is a finding already. */
function mirrorDestination(model: RoutingModel, name: string, port: Port): ReturnType<typeof destinationOf> {
  const version = model.versions.find((one) => one.name === name);
  return version ? destinationOf(model, version, port) : { host: model.root.host };
}

function retries({ attempts, perTryTimeout, backoff, conditions }: Retries): HttpRoute['retries'] {
  if (attempts === 0) return { attempts };
  return { attempts, perTryTimeout: duration(perTryTimeout), backoff: duration(backoff), retryOn: conditions.join(',') };
}

/** Istio takes a missing percentage for 0: the share always stands there. */
function fault({ delay, abort }: Fault): IstioFault {
  return {
    delay: delay && { fixedDelay: duration(delay.duration), percentage: { value: delay.percent } },
    abort: abort && {
      httpStatus: abort.status.kind === 'http' ? abort.status.code : undefined,
      grpcStatus: abort.status.kind === 'grpc' ? abort.status.code : undefined,
      percentage: { value: abort.percent },
    },
  };
}

export function headers({ requestHeaders, responseHeaders }: Rule): HttpRoute['headers'] {
  if (!requestHeaders && !responseHeaders) return undefined;
  return { request: requestHeaders && headerOperations(requestHeaders), response: responseHeaders && headerOperations(responseHeaders) };
}

interface HeaderOperations {
  readonly set?: { [name: string]: string };
  readonly add?: { [name: string]: string };
  readonly remove?: string[];
}

function headerOperations({ set, add, remove }: HeaderChanges): HeaderOperations {
  return { set: literal(set), add: literal(add), remove: remove.length > 0 ? [...remove] : undefined };
}

/** Envoy reads `%NAME%` as a placeholder; a doubled sign is a plain one. */
function literal(values: Readonly<Record<string, string>>): { [name: string]: string } | undefined {
  const entries = Object.entries(values).map(([name, value]) => [name, value.replace(/%/g, '%%')]);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** Envoy replaces just the matched characters: what lies under a prefix was matched with its slash, and gets one back. */
function replacedPrefix(value: string, part: IstioMatch['part']): string {
  const elements = prefixElements(value);
  return part === 'exact' && elements !== '' ? elements : `${elements}/`;
}

function rewritePath({ kind, value }: PathRewrite, part: IstioMatch['part']): HttpRoute['rewrite'] {
  if (kind === 'prefix') return { uri: replacedPrefix(value, part) };
  return { uriRegexRewrite: { match: '^.*$', rewrite: value.replace(/\\/g, '\\\\') } };
}

/** `prefixRewrite` is refused beside an exact match, where the full path says the same. */
function redirect(action: Redirect, part: IstioMatch['part']): HttpRoute['redirect'] {
  const prefix = action.path?.kind === 'prefix' ? replacedPrefix(action.path.value, part) : undefined;
  return {
    scheme: action.scheme,
    authority: action.hostname,
    port: action.port,
    uri: action.path?.kind === 'full' ? action.path.value : part === 'exact' ? prefix : undefined,
    prefixRewrite: part === 'under' ? prefix : undefined,
    redirectCode: action.statusCode,
  };
}
