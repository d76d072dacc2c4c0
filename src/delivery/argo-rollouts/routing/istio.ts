import { ApiObject } from 'cdk8s';
import { roleServices } from './roles';
import { Routing, RoutingOf } from './routing';
import { RolloutSpecStrategyCanaryTrafficRoutingIstio as Istio, RolloutSpecStrategyCanaryTrafficRoutingIstioVirtualService as VirtualService } from '../../../../imports/argoproj.io';
import { replacesPrefix } from '../../../model/path-rewrites';
import { carriesHttp } from '../../../model/protocols';
import { RoutingModel } from '../../../model/routing-model';
import { OwnedFields } from '../../owned-fields';
import { STAGES } from '../../remedy';
import { unlessEmpty } from '../../unless-empty';
import { NAME } from '../name';
import { ArgoSplitLevel } from '../options';
import { CANARY, HASH, STABLE } from '../roles';

interface Route {
  readonly name?: string;
  readonly match?: readonly { readonly port: number; readonly sniHosts?: string[] }[];
  readonly route?: readonly { readonly weight?: number }[];
}

interface Routes {
  readonly http?: readonly Route[];
  readonly tcp?: readonly Route[];
  readonly tls?: readonly Route[];
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
  limited: false,
  strategy: (model, written) => ({
    trafficRouting: {
      istio: {
        ...virtualServices(written),
        destinationRule: { name: destinationRuleName(model, written), stableSubsetName: STABLE, canarySubsetName: CANARY },
      },
    },
  }),
  reaches: ({ written }) => written.some(isVirtualService),
  check(report, model) {
    for (const { place } of model.rules.filter((rule) => rule.action.kind === 'forward' && replacesPrefix(rule))) {
      report.add('controller-unfit', `${place === 'weights' ? '' : `${place}.`}rewrite`, `${NAME} finds one route by each name, and a prefix that is replaced takes two`, `drop the rewrite, or ${STAGES}`);
    }
    const http = model.ports.filter(({ protocol }) => carriesHttp(protocol));
    if (http.length > 1) {
      report.add('controller-unfit', 'ports', `${NAME} finds one route by each name, and ${http.length} ports with HTTP need a route each for every rule`, 'keep one port with HTTP');
    }
  },
  checkAdded: () => undefined,
  owned: (written, managedRoutes) => written.flatMap((object) => {
    if (isVirtualService(object)) return [{ ...identityOf(object), ...routeFields(object, managedRoutes) }];
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
  strategy: (model, written) => ({ ...roleServices(model), trafficRouting: { istio: virtualServices(written) } }),
};

function destinationRuleName(model: RoutingModel, written: readonly ApiObject[]): string {
  return written.find((object) => object.kind === 'DestinationRule')?.name ?? model.root.name;
}

/** One for the mesh, and one for each exposure. */
function virtualServices(written: readonly ApiObject[]): Pick<Istio, 'virtualService' | 'virtualServices'> {
  const all = written.filter(isVirtualService).map(virtualService);
  return all.length === 1 ? { virtualService: all[0] } : { virtualServices: all };
}

/** HTTP routes are found by their names, others by what they match. Those that forward nothing have no weights. */
function virtualService(object: ApiObject): VirtualService {
  const { http = [], tcp = [], tls = [] } = specOf(object);
  return {
    name: qualified(object),
    routes: unlessEmpty(http.filter(({ route }) => route).map(({ name = '' }) => name)),
    tcpRoutes: unlessEmpty(tcp.flatMap(({ match = [] }) => match.slice(0, 1).map(({ port }) => ({ port })))),
    tlsRoutes: unlessEmpty(tls.flatMap(({ match = [] }) => match.slice(0, 1).map(({ port, sniHosts }) => ({ port, sniHosts })))),
  };
}

/** What stands after the last dot is taken for the namespace. */
function qualified({ name, metadata }: ApiObject): string {
  return name.includes('.') ? `${name}.${metadata.namespace}` : name;
}

function isVirtualService({ kind }: ApiObject): boolean {
  return kind === 'VirtualService';
}

function specOf(object: ApiObject): Routes {
  return (object.toJson() as { readonly spec: Routes }).spec;
}

function identityOf(object: ApiObject): Pick<OwnedFields, 'group' | 'kind' | 'name' | 'namespace'> {
  return { group: object.apiGroup, kind: object.kind, name: object.name, namespace: object.metadata.namespace ?? 'default' };
}

/** Weights, and the routes that the controller adds above all others: these move the places of the rest, so that no pointer could tell them apart. */
function routeFields(object: ApiObject, managedRoutes: readonly string[]): Pick<OwnedFields, 'jq' | 'pointers'> {
  const spec = specOf(object);
  const protocols = (['http', 'tls', 'tcp'] as const).filter((protocol) => spec[protocol]);
  return {
    jq: [
      ...managedRoutes.map((name) => `.spec.http[] | select(.name == ${JSON.stringify(name)})`),
      ...protocols.map((protocol) => `.spec.${protocol}[].route[]?.weight`),
    ],
    pointers: managedRoutes.length > 0 ? ['/spec/http'] : protocols.flatMap((protocol) => (spec[protocol] ?? []).flatMap(({ route = [] }, index) => route.map((_, at) => `/spec/${protocol}/${index}/route/${at}/weight`))),
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
  if (!written.some(isVirtualService)) return undefined;
  return byLeaves ? BY_HOSTS : BY_SUBSETS;
};
