import { PRECEDENCE } from './precedence';
import { prefixElements } from '../../model/match';
import { replacesPrefix } from '../../model/path-rewrites';
import { carriesHttp, meshRules } from '../../model/protocols';
import { PathMatch, PathRewrite, Port, RoutingModel, Rule } from '../../model/routing-model';
import { Ordered, ordered } from '../gateway-api/order';

/** The rules of one port, as they will stand in the route. */
export interface PortPlan extends Ordered {
  readonly port: Port;
}

/** Nothing tells connections apart, so that they have one rule. */
export function planPort(model: RoutingModel, port: Port): PortPlan {
  const rules = meshRules(model, port);
  if (!carriesHttp(port.protocol)) return { port, rules: rules.slice(0, 1), conflicts: [] };
  return { port, ...ordered(rules.flatMap(prefixInTwo), PRECEDENCE) };
}

/**
 * Kuma puts the new prefix right in the place of the old one and its slash, so that `/old/x` would become `/newx`. With a slash at its end
 * it is right for what lies under the prefix, and wrong for the prefix alone, which gets a rule of its own.
 * @see https://github.com/kumahq/kuma/blob/v2.14.3/pkg/plugins/policies/meshhttproute/xds/filters/urlrewrite.go
 */
function prefixInTwo(rule: Rule): Rule[] {
  if (!replacesPrefix(rule)) return [rule];
  const matches = rule.matches.map((match) => ({ ...match, path: match.path && alone(match.path) }));
  return [
    { ...withPath(rule, (value) => ({ kind: 'full', value: value || '/' })), matches },
    withPath(rule, (value) => ({ kind: 'prefix', value: `${value}/` })),
  ];
}

function alone({ value }: PathMatch): PathMatch {
  return { kind: 'exact', value: prefixElements(value) || '/' };
}

function withPath(rule: Rule, change: (value: string) => PathRewrite): Rule {
  const { action } = rule;
  if (action.kind === 'redirect') return { ...rule, action: { ...action, path: action.path && change(prefixElements(action.path.value)) } };
  const path = action.rewrite?.path;
  return { ...rule, action: { ...action, rewrite: { ...action.rewrite, path: path && change(prefixElements(path.value)) } } };
}
