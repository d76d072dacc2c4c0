import { RolloutSpecStrategyCanaryStepsSetHeaderRouteMatch as Match } from '../../../imports/argoproj.io';
import { matchModel } from '../../declaration/match-to-model';
import { RouteMatch } from '../../declaration/route';
import { Report } from '../../model/report';
import { Match as MatchModel } from '../../model/routing-model';
import { Lane } from '../../rollout/lane';

/** The controller joins headers by "or": a match with one header is one of them. What else a match says is refused before. */
export function headerMatches(match: RouteMatch): Match[] {
  return modelOf(match).headers.flatMap(({ name, value }) => (value.kind === 'absent' ? [] : [{
    headerName: name,
    headerValue: value.kind === 'present' ? { regex: '.*' } : { [value.kind]: value.value },
  }]));
}

export function laneMatches(lane: Lane): Match[] {
  return headerMatches({ headers: lane._headers(), cookies: lane._cookies() });
}

/** What of a match the controller has no words for. */
export function unfitConditions(match: RouteMatch): string[] {
  const { headers, path, method, source, gateway, queryParams }: MatchModel = modelOf(match);
  return [
    ...(headers.length > 1 ? ['several headers at once'] : []),
    ...headers.filter(({ value }) => value.kind === 'absent').map(({ name }) => `the absence of "${name}"`),
    ...(path ? ['a path'] : []),
    ...(method === undefined ? [] : ['a method']),
    ...(source ? ['a source'] : []),
    ...(gateway === undefined ? [] : ['a gateway']),
    ...(queryParams.length > 0 ? ['a parameter'] : []),
  ];
}

function modelOf(match: RouteMatch): MatchModel {
  return matchModel(new Report(''), match, '');
}
