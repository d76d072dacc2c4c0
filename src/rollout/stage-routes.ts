import { Lane } from './lane';
import { Mirror } from '../declaration/mirror';
import { RouteMatch, RouteProps } from '../declaration/route';
import { ServiceDeclaration } from '../declaration/service-declaration';

/**
 * Routes that keep requests with the mark of a lane on one version. What the declared routes do to a request holds for marked ones too, so each
 * of them stands there once more, with the mark as one more condition.
 */
export function laneRoutes(lane: Lane, version: string, service: ServiceDeclaration, routes: readonly RouteProps[]): RouteProps[] {
  const kept = { weights: { [version]: 1 } };
  const marked = routes.map((route) => ({
    ...route,
    name: route.name === undefined ? undefined : `${route.name}-lane`,
    matches: (route.matches ?? [{}]).map((match) => withMark(lane, match)),
    ...(route.redirect ? {} : { ...kept, mirrors: others(route.mirrors, version) }),
  }));
  if (routes.some(({ matches = [], port }) => matches.length === 0 && port === undefined)) return marked;
  const { fault, mirrors, requestHeaders, responseHeaders, rewrite } = service;
  const own: RouteProps = { name: 'lane', matches: [withMark(lane, {})], ...kept, fault, mirrors: others(mirrors, version), requestHeaders, responseHeaders, rewrite };
  return [...marked, own];
}

function withMark(lane: Lane, match: RouteMatch): RouteMatch {
  const headers = [...(match.headers ?? []), ...lane._headers()];
  const cookies = [...(match.cookies ?? []), ...lane._cookies()];
  return { ...match, ...(headers.length > 0 && { headers }), ...(cookies.length > 0 && { cookies }) };
}

/** A version gets no copies of what it answers itself. */
function others(mirrors: readonly Mirror[] | undefined, version: string): Mirror[] | undefined {
  return mirrors?.filter((mirror) => mirror._toModel().version !== version);
}
