import { Construct } from 'constructs';
import { authorizationPolicy, peerAuthentication } from './access';
import { destinationRule, leafRule, versionsWithRule } from './destination-rule';
import { IstioKind, typeOf } from './kinds';
import { IstioOptions, PeerAuthenticationMode } from './options';
import { meshVirtualService } from './virtual-service';
import { CLUSTER_DOMAIN } from '../../manifests/cluster-domain';
import { hasRules } from '../../model/protocols';
import { RoutingModel } from '../../model/routing-model';
import { writeFor } from '../mesh-objects';

type Write = (kind: IstioKind, name: string | undefined, manifest: () => { readonly spec?: unknown }) => void;

/** Subsets come before the routes that use them, policies before traffic is let in: the objects can be applied in this order. */
export function render(scope: Construct, model: RoutingModel, options: IstioOptions): void {
  const write: Write = (kind, name = model.root.name, manifest) => writeFor(model, scope, { ...typeOf(kind, options.apiVersion), name, manifest });
  if (!model.byLeaves || model.trafficPolicy) write('DestinationRule', options.destinationRuleName, () => destinationRule(model, options.exportTo));
  for (const version of versionsWithRule(model)) {
    const id = `${version.name}-DestinationRule`;
    writeFor(model, scope, { id, ...typeOf('DestinationRule', options.apiVersion), name: version.leaf, manifest: () => leafRule(model, version, options.exportTo) }, version);
  }
  if (model.clients) renderAccess(model, options, write);
  if (hasRules(model)) write('VirtualService', options.virtualServiceName, () => meshVirtualService(model, options.exportTo));
}

function renderAccess(model: RoutingModel, options: IstioOptions, write: Write): void {
  const mode = options.peerAuthentication ?? PeerAuthenticationMode.STRICT;
  const trustDomain = options.trustDomain ?? options.clusterDomain ?? CLUSTER_DOMAIN;
  if (mode !== PeerAuthenticationMode.UNCHANGED) write('PeerAuthentication', options.peerAuthenticationName, () => peerAuthentication(model, mode));
  write('AuthorizationPolicy', options.authorizationPolicyName, () => authorizationPolicy(model, trustDomain));
}
