import { AuthorizationPolicy, AuthorizationPolicySpecAction as Action, PeerAuthentication, PeerAuthenticationSpecMtlsMode as MtlsMode } from '../../../imports/security.istio.io';
import { prefixElements } from '../../model/match';
import { carriesHttp } from '../../model/protocols';
import { Client, PathMatch, RoutingModel } from '../../model/routing-model';

/**
 * One policy over the pods of all versions, so that none is left out. Without any rule it denies everybody.
 * Gateways that the service is exposed on are clients too: an exposure that ends in 403 is none.
 */
export function authorizationPolicy(model: RoutingModel, trustDomain: string): { readonly spec?: unknown } {
  const clients = [...(model.clients ?? []), ...model.exposures.map(({ gateway }) => gateway.client)];
  const unlimited = clients.filter(({ requests }) => requests.length === 0);
  const limited = clients.filter(({ requests }) => requests.length > 0);
  // A rule that asks for paths or methods is dropped on ports without HTTP, so that those have a rule of their own.
  const ports = model.ports.filter(({ protocol }) => !carriesHttp(protocol)).map(({ targetPort }) => String(targetPort));
  const rules = [
    ...(unlimited.length > 0 ? [{ from: sources(unlimited, trustDomain) }] : []),
    ...limited.map((client) => ({ from: sources([client], trustDomain), to: requestsOf(client) })),
    ...(limited.length > 0 && ports.length > 0 ? [{ from: sources(limited, trustDomain), to: [{ operation: { ports } }] }] : []),
  ];
  return AuthorizationPolicy.manifest({
    spec: { action: Action.ALLOW, selector: { matchLabels: { [model.app.key]: model.app.value } }, rules: rules.length > 0 ? rules : undefined },
  });
}

function sources(clients: readonly Client[], trustDomain: string): { source: { principals?: string[]; namespaces?: string[] } }[] {
  const accounts = clients.flatMap((client) => (client.kind === 'service-account' ? [`${trustDomain}/ns/${client.namespace}/sa/${client.name}`] : []));
  const namespaces = clients.flatMap((client) => (client.kind === 'namespace' ? [client.namespace] : []));
  return [
    ...(accounts.length > 0 ? [{ source: { principals: [...new Set(accounts)] } }] : []),
    ...(namespaces.length > 0 ? [{ source: { namespaces: [...new Set(namespaces)] } }] : []),
  ];
}

function requestsOf({ requests }: Client): { operation: { methods?: string[]; paths?: string[] } }[] {
  return requests.map(({ path, methods }) => ({ operation: { methods: methods.length > 0 ? [...methods] : undefined, paths: path && paths(path) } }));
}

/** Exact, or with a star at the end. @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation */
function paths({ kind, value }: PathMatch): string[] {
  if (kind === 'exact') return [value];
  const elements = prefixElements(value);
  return elements === '' ? ['/*'] : [elements, `${elements}/*`];
}

export function peerAuthentication(model: RoutingModel, mode: 'STRICT' | 'PERMISSIVE'): { readonly spec?: unknown } {
  return PeerAuthentication.manifest({
    spec: { selector: { matchLabels: { [model.app.key]: model.app.value } }, mtls: { mode: MtlsMode[mode] } },
  });
}
