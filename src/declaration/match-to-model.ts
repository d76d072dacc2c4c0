import { RouteMatch } from './route';
import { gatewayKey } from '../model/exposed-rules';
import { Report } from '../model/report';
import { Match } from '../model/routing-model';

/** The meaning of a match: a cookie is a condition on the Cookie header. */
export function matchModel(report: Report, match: RouteMatch, place: string): Match {
  const gateway = match.gateway?._toModel();
  (match.cookies ?? []).forEach((cookie, index) => {
    const problem = cookie._problem();
    if (problem) report.add(problem.code, `${place}.cookies[${index}]`, problem.message, problem.remedy);
  });
  return {
    path: match.path?._toModel(),
    method: match.method,
    headers: [...(match.headers ?? []), ...(match.cookies ?? [])].map((condition) => condition._toModel()),
    queryParams: (match.queryParams ?? []).map((condition) => condition._toModel()),
    source: match.source?._toModel(),
    gateway: gateway && gatewayKey(gateway),
  };
}
