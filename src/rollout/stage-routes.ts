import { Lane } from './lane';
import { matchModel } from '../declaration/match-to-model';
import { Mirror } from '../declaration/mirror';
import { RouteMatch } from '../declaration/route';
import { RulePlaces, StagedDeclaration, StagedRoute } from '../declaration/staged-route';
import { oneConditionPerName } from '../model/match';
import { Report } from '../model/report';
import { repeatedAt } from '../model/validate/repetition';

const PLACE = 'rollout.lane';

/** What the lane says of the service itself. */
const OWN_PARTS = ['fault', 'mirrors', 'requestHeaders', 'responseHeaders', 'rewrite'] as const;

/** Where the requests with the mark of a lane go. */
export interface Marked {
  readonly lane: Lane;
  readonly version: string;
  /** Where the version was declared. */
  readonly place: string;
}

/**
 * Routes that keep requests with the mark of a lane on one version. What the declared routes do to a request holds for marked ones too, so each
 * of them stands there once more, with the mark as one more condition.
 */
export function laneRoutes(marked: Marked, service: StagedDeclaration, routes: readonly StagedRoute[]): StagedRoute[] {
  const { lane, version } = marked;
  const kept = { weights: { [version]: 1 } };
  const repeated = routes.map((route, index): StagedRoute => ({
    ...route,
    name: route.name === undefined ? undefined : `${route.name}-lane`,
    matches: (route.matches ?? [{}]).filter((match) => isPossible(withMark(lane, match)) || !isPossible(match)).map((match) => withMark(lane, match)),
    ...(route.redirect ? {} : { ...kept, mirrors: others(route.mirrors, version) }),
    declaredAt: repeatedPlaces(route.declaredAt ?? { place: `routes[${index}]` }, marked),
  })).filter(({ matches }) => matches?.length !== 0);
  if (routes.some(({ matches = [], port }) => matches.length === 0 && port === undefined)) return repeated;
  const { fault, mirrors, requestHeaders, responseHeaders, rewrite } = service;
  const own: StagedRoute = {
    name: 'lane', matches: [withMark(lane, {})], ...kept, fault, mirrors: others(mirrors, version), requestHeaders, responseHeaders, rewrite, declaredAt: ownPlaces(marked),
  };
  return [...repeated, own];
}

function repeatedPlaces({ place, places = {} }: RulePlaces, marked: Marked): RulePlaces {
  const repeated = Object.entries(places).map(([part, at]) => [part, repeatedAt(PLACE, at)]);
  return { place: repeatedAt(PLACE, place), places: { ...Object.fromEntries(repeated), ...versionPlaces(marked) } };
}

function ownPlaces(marked: Marked): RulePlaces {
  const repeated = OWN_PARTS.map((part) => [part, repeatedAt(PLACE, part)]);
  return { place: PLACE, places: { ...Object.fromEntries(repeated), 'matches': PLACE, 'matches[0]': PLACE, ...versionPlaces(marked) } };
}

function versionPlaces({ version, place }: Marked): Record<string, string> {
  return { weights: place, [`weights.${version}`]: place };
}

function withMark(lane: Lane, match: RouteMatch): RouteMatch {
  const headers = [...(match.headers ?? []), ...lane._headers()];
  const cookies = [...(match.cookies ?? []), ...lane._cookies()];
  return { ...match, ...(headers.length > 0 && { headers }), ...(cookies.length > 0 && { cookies }) };
}

/** A route for another value of the header or cookie is not for requests with the mark. */
function isPossible(match: RouteMatch): boolean {
  return oneConditionPerName(matchModel(new Report(''), match, '')).kind !== 'never';
}

/** A version gets no copies of what it answers itself. */
function others(mirrors: readonly Mirror[] | undefined, version: string): Mirror[] | undefined {
  return mirrors?.filter((mirror) => mirror._toModel().version !== version);
}
