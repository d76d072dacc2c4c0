import { split } from './availability';
import { portSpeaks } from './port-protocol';
import { Field } from '../../../manifests/field';
import { HttpMatch } from '../../gateway-api/read/http-match';
import { namespaceFirst, SPECIFIED_BACKENDS } from '../../gateway-api/read/implementation';
import { Route } from '../../gateway-api/read/routes';
import { MeshImplementation } from '../../gateway-api/read/service-routes';

export const POLICY_GROUP = 'policy.linkerd.io';

/**
 * Linkerd as an implementation of the Gateway API, with its own HTTPRoutes beside.
 * @see https://linkerd.io/2/reference/httproute/
 */
export const LINKERD_ROUTES: MeshImplementation = {
  name: 'Linkerd',
  takes: () => false,
  groups: [POLICY_GROUP],
  // What is found first has to span the value. https://github.com/linkerd/linkerd2-proxy/blob/main/linkerd/http/route/src/http/match.rs
  covers: 'leftmost',
  rank,
  ranksByRequest: true,
  ageTie: namespaceFirst,
  open: false,
  gateway: { isolation: 'hosts', fallsBack: true },
  mesh: { serviceGroups: ['', 'core'], consumers: 'join', hostnames: 'honoured', portSpeaks },
  backends: { ...SPECIFIED_BACKENDS, others: [], namespace: backendNamespace, missing: 'parent', split, withoutPort: 502, lostCall: 500 },
  ignores: ignored,
  retryAttempts: 1,
};

/** The length of the path alone, whatever its kind, where an expression counts as long as what it took; the method comes last. */
function rank({ path, headers, query, method, grpc }: HttpMatch, asked: string): readonly number[] {
  if (grpc) return [grpc.service?.length ?? 0, grpc.method?.length ?? 0, headers.all];
  return [path.kind === 'regex' ? asked.length : path.value.length, headers.all, query.all, Number(method)];
}

/** Versions without weights have a namespace of that very name. Else it is the one of the parent, not of the route. */
function backendNamespace({ object }: Route, parentNamespace: string): string {
  return object.group === POLICY_GROUP && ['v1alpha1', 'v1beta1'].includes(object.version) ? 'default' : parentNamespace;
}

const FILTERS: Readonly<Record<string, readonly string[]>> = {
  HTTPRoute: ['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect'],
  GRPCRoute: ['RequestHeaderModifier', 'ResponseHeaderModifier'],
};

/** A filter that cannot be converted takes the whole route with it, which stays accepted. */
function ignored({ object, kind }: Route): string | undefined {
  const rules = object.spec.at('rules').items();
  const filter = rules.flatMap((rule) => rule.at('filters').items()).find((one) => FILTERS[kind] && !FILTERS[kind].includes(one.at('type').text() ?? ''));
  if (filter) return `${object.title} is ignored as a whole: Linkerd cannot convert the filter "${filter.at('type').text() ?? ''}" in ${filter.place}`;
  const expression = rules.flatMap((rule) => rule.at('matches').items()).find((match) => kind === 'GRPCRoute' && isExpression(match.at('method')));
  return expression && `${object.title} is ignored as a whole: Linkerd cannot convert the expression in ${expression.place}`;
}

function isExpression(method: Field): boolean {
  return method.at('type').text() === 'RegularExpression';
}
