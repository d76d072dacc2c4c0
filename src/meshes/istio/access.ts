import { AuthorizationPolicy, AuthorizationPolicySpecAction as Action, PeerAuthentication, PeerAuthenticationSpecMtlsMode as MtlsMode } from '../../../imports/security.istio.io';
import { RoutingModel } from '../../model/routing-model';

/**
 * One policy over the pods of all versions, so that none is left out. Without any rule it denies everybody.
 * Gateways that the service is exposed on are clients too: an exposure that ends in 403 is none.
 */
export function authorizationPolicy(model: RoutingModel, trustDomain: string): { readonly spec?: unknown } {
  const clients = [...(model.clients ?? []), ...model.exposures.map(({ gateway }) => gateway.client)];
  const principals = [...new Set(clients.flatMap((client) => (client.kind === 'service-account' ? [`${trustDomain}/ns/${client.namespace}/sa/${client.name}`] : [])))];
  const namespaces = [...new Set(clients.flatMap((client) => (client.kind === 'namespace' ? [client.namespace] : [])))];
  const from = [
    ...(principals.length > 0 ? [{ source: { principals } }] : []),
    ...(namespaces.length > 0 ? [{ source: { namespaces } }] : []),
  ];
  return AuthorizationPolicy.manifest({
    spec: { action: Action.ALLOW, selector: { matchLabels: { [model.app.key]: model.app.value } }, rules: from.length > 0 ? [{ from }] : undefined },
  });
}

export function peerAuthentication(model: RoutingModel, mode: 'STRICT' | 'PERMISSIVE'): { readonly spec?: unknown } {
  return PeerAuthentication.manifest({
    spec: { selector: { matchLabels: { [model.app.key]: model.app.value } }, mtls: { mode: MtlsMode[mode] } },
  });
}
