import { Construct } from 'constructs';
import { authorizationPolicy, peerAuthentication } from './access';
import { destinationRule } from './destination-rule';
import { IstioKind, istioObject } from './kinds';
import { IstioApiVersion, IstioOptions, PeerAuthenticationMode } from './options';
import { hasMeshRules, meshVirtualService } from './virtual-service';
import { RoutingModel } from '../../model/routing-model';

/** Subsets come before the routes that use them, policies before traffic is let in: the objects can be applied in this order. */
export function render(scope: Construct, model: RoutingModel, options: IstioOptions): void {
  const write = (kind: IstioKind, name: string | undefined, manifest: () => { readonly spec?: unknown }) =>
    istioObject(scope, kind, kind, options.apiVersion ?? IstioApiVersion.V1, {
      name: name ?? model.root.name, namespace: model.namespace, labels: { [model.app.key]: model.app.value }, manifest,
    });
  write('DestinationRule', options.destinationRuleName, () => destinationRule(model, options.exportTo));
  if (model.clients) renderAccess(model, options, write);
  if (hasMeshRules(model)) write('VirtualService', options.virtualServiceName, () => meshVirtualService(model, options.exportTo));
}

type Write = (kind: IstioKind, name: string | undefined, manifest: () => { readonly spec?: unknown }) => void;

function renderAccess(model: RoutingModel, options: IstioOptions, write: Write): void {
  const mode = options.peerAuthentication ?? PeerAuthenticationMode.STRICT;
  const trustDomain = options.trustDomain ?? options.clusterDomain ?? 'cluster.local';
  if (mode !== PeerAuthenticationMode.UNCHANGED) write('PeerAuthentication', options.peerAuthenticationName, () => peerAuthentication(model, mode));
  write('AuthorizationPolicy', options.authorizationPolicyName, () => authorizationPolicy(model, trustDomain));
}
