import { rustProblem } from './rust-regex';
import { bothMatches, coversMatch, EVERYTHING } from '../../model/match';
import { Report } from '../../model/report';
import { Client, Match, RoutingModel } from '../../model/routing-model';
import { METHODS } from '../../model/validate/matches';
import { compareRanks, lengthAlone } from '../gateway-api/precedence';

/** Requests that just some clients may send. */
export interface AllowedRoute {
  readonly clients: readonly Client[];
  readonly matches: readonly Match[];
}

interface Allowed {
  readonly match: Match;
  readonly clients: readonly Client[];
}

/** More than the rules of one route hold. */
const MOST = 128;

/** Clients limited to some requests. */
export function limitedClients({ clients = [] }: RoutingModel): Client[] {
  return clients.filter(({ requests }) => requests.length > 0);
}

/** Whether anybody may send everything. */
export function hasUnlimited({ clients = [] }: RoutingModel): boolean {
  return clients.some(({ requests }) => requests.length === 0);
}

/** Routes by the clients that may use them. */
export function allowedRoutes(model: RoutingModel): AllowedRoute[] {
  const routes = new Map<string, { clients: readonly Client[]; matches: Match[] }>();
  for (const { match, clients } of allowed(limitedClients(model))) {
    const key = JSON.stringify(clients);
    const known = routes.get(key);
    if (known) known.matches.push(match);
    else routes.set(key, { clients, matches: [match] });
  }
  return [...routes.values()];
}

/**
 * Linkerd asks the policies of one route: of all that take a request, the one that says most of it. So what two clients may send both has a
 * route too, for both of them.
 */
function allowed(clients: readonly Client[]): Allowed[] {
  const matches = distinct(clients.flatMap(matchesOf));
  for (let at = 0; at < matches.length && matches.length <= MOST; at++) {
    for (const other of matches.slice(0, at)) {
      const both = bothMatches(other, matches[at]);
      if (both.kind === 'one' && !matches.some((known) => same(known, both.value))) matches.push(both.value);
    }
  }
  return matches.map((match) => ({ match, clients: clients.filter((client) => matchesOf(client).some((wide) => coversMatch(wide, match))) }));
}

/** One match for each method. Where the path alone would say no more than the route for everybody else does, the methods are spelt out. */
function matchesOf({ requests }: Client): Match[] {
  return requests.flatMap(({ path, methods }) => {
    const match: Match = { ...EVERYTHING, path };
    const spelt = methods.length === 0 && saysNothing(match) ? METHODS : methods;
    return spelt.length === 0 ? [match] : spelt.map((method) => ({ ...match, method }));
  });
}

function saysNothing(match: Match): boolean {
  return !compareRanks(lengthAlone(match), lengthAlone(EVERYTHING));
}

/** What the routes cannot keep apart, and expressions that Linkerd would read in another way. */
export function checkRequestAccess(report: Report, model: RoutingModel): void {
  (model.clients ?? []).forEach(({ requests }, index) => requests.forEach(({ path }, at) => {
    const problem = path?.kind === 'regex' ? rustProblem(path.value) : undefined;
    if (path && problem !== undefined) {
      report.add('regex-invalid', `allowFrom[${index}].requests[${at}].path`, `"${path.value}" holds "${problem}", which expressions of Linkerd (Rust) refuse or read in another way`,
        'escape it, or say it in another way');
    }
  }));
  const all = allowed(limitedClients(model));
  if (all.length > MOST) report.add('capability-missing', 'allowFrom', `more than ${MOST} kinds of requests, and one route of Linkerd holds no more`, 'allow fewer');
  const clash = all.flatMap((one, at) => all.slice(0, at).map((other) => ({ one, other }))).find(({ one, other }) => undecided(one, other, all));
  if (!clash) return;
  const [one, other] = [clash.other, clash.one].map(({ match }) => textOf(match));
  report.add('access-invalid', 'allowFrom', `Linkerd asks the policies of one route only, and nobody says whether that of ${one} or of ${other} for requests that both take`,
    'allow both to the same clients, or let the paths exclude each other');
}

/** Whether different clients may send what both take, and no route that is for all of them is sure to be asked. */
function undecided(one: Allowed, other: Allowed, all: readonly Allowed[]): boolean {
  const both = bothMatches(one.match, other.match);
  if (both.kind === 'never' || sameClients(one, other)) return false;
  if (both.kind === 'inexpressible') return true;
  const joint = all.find(({ match }) => same(match, both.value));
  const isAsked = (of: Allowed) => joint !== undefined
    && (sameClients(joint, of) || (compareRanks(lengthAlone(joint.match), lengthAlone(of.match)) ?? 0) > 0);
  return !isAsked(one) || !isAsked(other);
}

function sameClients(one: Allowed, other: Allowed): boolean {
  return one.clients.length === other.clients.length && one.clients.every((client) => other.clients.includes(client));
}

function textOf({ path, method }: Match): string {
  return [method, path && `${path.kind} "${path.value}"`].filter((part) => part !== undefined).join(' ');
}

function distinct(matches: readonly Match[]): Match[] {
  return matches.filter((match, index) => matches.findIndex((other) => same(match, other)) === index);
}

function same(one: Match, other: Match): boolean {
  return coversMatch(one, other) && coversMatch(other, one);
}
