import { destinations } from './destinations';
import { filters } from './filters';
import { conditions, takesAll } from './http-conditions';
import { HttpMatch } from './http-match';
import { Place } from './place';
import { redirect } from './redirect';
import { HttpRule, VirtualService } from './virtual-service';
import { Action, TableRule } from '../../../evaluation/route-table';
import { carries } from '../../../manifests/label-selector';

/** A rule, and whether nothing behind it can be reached. */
export interface CompiledRule extends TableRule {
  readonly takesAll: boolean;
}

/**
 * Rules of a VirtualService for one proxy and port, in the order of the document; a match that takes everything ends them.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/networking/core/route/route.go (BuildHTTPRoutesForVirtualService)
 */
export function httpRules({ http }: VirtualService, place: Place): CompiledRule[] {
  const rules: CompiledRule[] = [];
  for (const rule of http) {
    if (rule.matches.length === 0) {
      rules.push(compiled(rule, undefined, place));
      return rules;
    }
    for (const match of rule.matches.filter((one) => isFor(one, place))) {
      rules.push(compiled(rule, match, place));
      if (takesAll(match)) return rules;
    }
  }
  return rules;
}

/**
 * Whether a match is for this proxy. One that names gateways does not look at the client.
 * @see https://github.com/istio/istio/blob/release-1.31/pilot/pkg/networking/core/route/route.go (sourceMatchHTTP)
 */
function isFor(match: HttpMatch, { sender, gateway }: Place): boolean {
  if (match.port !== 0 && match.port !== sender.listenPort) return false;
  if (match.gateways.length > 0) return match.gateways.includes(gateway);
  const { labels, namespace } = sender.caller;
  return carries(labels, match.sourceLabels) && (match.sourceNamespace === '' || match.sourceNamespace === namespace);
}

function compiled(rule: HttpRule, match: HttpMatch | undefined, place: Place): CompiledRule {
  const claims = match && [...match.headers.keys(), ...match.withoutHeaders.keys()].find((name) => name.startsWith('@'));
  return {
    object: rule.object,
    place: (match ?? rule).place.replace(/^spec\./, ''),
    name: [rule.name, match?.name].filter(Boolean).join('.') || undefined,
    conditions: match ? conditions(match) : [],
    action: action(rule, place),
    doubts: claims === undefined ? undefined : [`the claims of a token, as in "${claims}", are not known here`],
    takesAll: !match || takesAll(match),
  };
}

function action(rule: HttpRule, place: Place): Action {
  const { sender } = place;
  const found = filters(sender, rule);
  const redirection = rule.field('redirect');
  if (redirection.exists) return redirect(redirection, place, found);
  const answer = rule.field('directResponse');
  if (answer.exists) return { kind: 'answer', status: answer.at('status').integer() ?? 0, reason: 'a rule answers by itself', filters: found };
  return { kind: 'forward', destinations: destinations(sender, rule.field('route').items(), rule.object.namespace), filters: found };
}
