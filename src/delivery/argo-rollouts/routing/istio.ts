import { ApiObject } from 'cdk8s';
import { roleServices } from './roles';
import { Routing, RoutingOf } from './routing';
import { RolloutSpecStrategyCanaryTrafficRoutingIstio as Istio } from '../../../../imports/argoproj.io';
import { carriesHttp } from '../../../model/protocols';
import { RoutingModel } from '../../../model/routing-model';
import { OwnedFields } from '../../owned-fields';
import { NAME } from '../name';
import { ArgoSplitLevel } from '../options';
import { CANARY, STABLE } from '../roles';

const HASH = 'rollouts-pod-template-hash';

interface Route {
  readonly name?: string;
  readonly route?: readonly { readonly weight?: number }[];
}

interface DestinationRule {
  readonly spec: { readonly subsets?: readonly unknown[] };
}

/**
 * One Service and two subsets, whose labels the controller completes.
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/istio/#subset-level-traffic-splitting
 */
const BY_SUBSETS: Routing = {
  level: ArgoSplitLevel.SUBSET,
  routes: true,
  weights: true,
  headerRoutes: true,
  mirrorRoutes: true,
  strategy: (model, written) => ({
    trafficRouting: {
      istio: {
        virtualService: virtualService(model, written),
        destinationRule: { name: nameOf('DestinationRule', model, written), stableSubsetName: STABLE, canarySubsetName: CANARY },
      },
    },
  }),
  check(report, model) {
    const http = model.ports.filter(({ protocol }) => carriesHttp(protocol));
    if (http.length > 1) {
      report.add('controller-unfit', 'ports', `${NAME} finds one route by each name, and ${http.length} ports with HTTP need a route each for every rule`, 'keep one port with HTTP');
    }
  },
  owned: (written, managedRoutes) => written.flatMap((object) => {
    if (object.kind === 'VirtualService') return [{ ...identityOf(object), ...routeFields(object, managedRoutes) }];
    return hasSubsets(object) ? [{ ...identityOf(object), ...subsetFields(object) }] : [];
  }),
};

/**
 * Two Services, which routes name as their hosts. Without a DestinationRule the controller adds routes to the canary Service for headers and copies too.
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/traffic-management/istio/#host-level-traffic-splitting
 * @see https://github.com/argoproj/argo-rollouts/blob/v1.10.2/rollout/trafficrouting/istio/istio.go (processRoutes, createHeaderRoute, createMirrorRoute)
 */
const BY_HOSTS: Routing = {
  ...BY_SUBSETS,
  level: ArgoSplitLevel.HOST,
  strategy: (model, written) => ({ ...roleServices(model), trafficRouting: { istio: { virtualService: virtualService(model, written) } } }),
};

function nameOf(kind: string, model: RoutingModel, written: readonly ApiObject[]): string {
  return written.find((object) => object.kind === kind)?.name ?? model.root.name;
}

function virtualService(model: RoutingModel, written: readonly ApiObject[]): Istio['virtualService'] {
  const http = model.ports.some(({ protocol }) => carriesHttp(protocol));
  const tcp = model.ports.filter(({ protocol }) => protocol === 'TCP');
  const tls = model.ports.filter(({ protocol }) => protocol === 'TLS' || protocol === 'HTTPS')
    .map(({ number, sniHosts }) => ({ port: number, sniHosts: sniHosts.length > 0 ? [...sniHosts] : undefined }));
  const forwarding = model.rules.filter(({ action }) => action.kind === 'forward').map((rule) => rule.name ?? '');
  return {
    name: nameOf('VirtualService', model, written),
    routes: http ? forwarding : undefined,
    tcpRoutes: tcp.length > 0 ? tcp.map(({ number }) => ({ port: number })) : undefined,
    tlsRoutes: tls.length > 0 ? tls : undefined,
  };
}

function identityOf(object: ApiObject): Pick<OwnedFields, 'group' | 'kind' | 'name' | 'namespace'> {
  return { group: object.apiGroup, kind: object.kind, name: object.name, namespace: object.metadata.namespace ?? 'default' };
}

/** Weights, and the routes that the controller adds above all others: these move the places of the rest, so that no pointer could tell them apart. */
function routeFields(object: ApiObject, managedRoutes: readonly string[]): Pick<OwnedFields, 'jq' | 'pointers'> {
  const { spec } = object.toJson() as { readonly spec: { readonly [protocol: string]: readonly Route[] } };
  const protocols = ['http', 'tls', 'tcp'].filter((protocol) => spec[protocol]);
  return {
    jq: [
      ...managedRoutes.map((name) => `.spec.http[] | select(.name == ${JSON.stringify(name)})`),
      ...protocols.map((protocol) => `.spec.${protocol}[].route[]?.weight`),
    ],
    pointers: managedRoutes.length > 0 ? ['/spec/http'] : protocols.flatMap((protocol) => spec[protocol].flatMap(({ route = [] }, index) => route.map((_, at) => `/spec/${protocol}/${index}/route/${at}/weight`))),
  };
}

function hasSubsets(object: ApiObject): boolean {
  return object.kind === 'DestinationRule' && (object.toJson() as DestinationRule).spec.subsets !== undefined;
}

function subsetFields(object: ApiObject): Pick<OwnedFields, 'jq' | 'pointers'> {
  const { spec } = object.toJson() as DestinationRule;
  return { jq: [`.spec.subsets[]?.labels["${HASH}"]`], pointers: (spec.subsets ?? []).map((_, index) => `/spec/subsets/${index}/labels/${HASH}`) };
}

export const istio: RoutingOf = (written, { byLeaves }) => {
  if (!written.some(({ kind }) => kind === 'VirtualService')) return undefined;
  return byLeaves ? BY_HOSTS : BY_SUBSETS;
};
