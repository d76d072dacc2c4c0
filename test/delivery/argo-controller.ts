import { Manifest } from './services';

const HASH = 'rollouts-pod-template-hash';

/** Where the routes that it adds lead to: a subset of what the DestinationRule is for, or else the canary Service by its short name. */
interface Candidate {
  readonly host: string;
  readonly subset?: string;
}

/**
 * What Argo Rollouts makes of the manifests on Istio: the objects at the beginning and after each of its steps.
 * @see https://github.com/argoproj/argo-rollouts/blob/v1.10.2/rollout/trafficrouting/istio/istio.go
 */
export function argoStates(manifests: readonly Manifest[]): Manifest[][] {
  const rollout = manifests.find(({ kind }) => kind === 'Rollout')!;
  const { canary } = rollout.spec.strategy;
  const { trafficRouting: { istio, managedRoutes = [] }, stableService, canaryService } = canary;
  const rule = manifests.find(({ kind, metadata }) => kind === 'DestinationRule' && metadata.name === istio.destinationRule?.name);
  const toCanary: Candidate = rule
    ? { host: rule.spec.host, subset: istio.destinationRule.canarySubsetName }
    : { host: canaryService };
  let http: any[] = manifests.find(({ kind }) => kind === 'VirtualService')!.spec.http;
  const services: Record<string, string> = { [stableService]: 'stable', [canaryService]: 'canary' };
  const inCluster = (manifest: Manifest): Manifest => {
    const { kind, metadata: { name }, spec } = manifest;
    if (kind === 'VirtualService') return { ...manifest, spec: { ...spec, http: structuredClone(http) } };
    if (manifest === rule) return { ...manifest, spec: { ...spec, subsets: spec.subsets.map(withHash) } };
    return kind === 'Service' && services[name] ? selecting(manifest, services[name]) : manifest;
  };
  const state = (): Manifest[] => [
    ...pods(rollout),
    ...manifests.filter(({ kind }) => kind !== 'Rollout').map(inCluster),
  ];
  const states = [state()];
  for (const step of canary.steps) {
    if (step.setWeight !== undefined) {
      http = http.map((route) => (isWeighted(route, istio, managedRoutes) ? weighted(route, step.setWeight, toCanary) : route));
    }
    if (step.setHeaderRoute) http = ordered(http, managedRoutes, step.setHeaderRoute.name, headerRoute(step.setHeaderRoute, http, istio, toCanary));
    if (step.setMirrorRoute) http = ordered(http, managedRoutes, step.setMirrorRoute.name, mirrorRoute(step.setMirrorRoute, http, istio, toCanary));
    states.push(state());
  }
  return states;
}

/** One ReplicaSet for each role, which a Deployment stands for here; the labels of the template, and the hash. */
function pods(rollout: Manifest): Manifest[] {
  return ['stable', 'canary'].map((role) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...rollout.metadata, name: `web-${role}` },
    spec: { replicas: 3, selector: rollout.spec.selector, template: { metadata: { labels: { ...rollout.spec.template.metadata.labels, version: role, [HASH]: `hash-of-${role}` } } } },
  }));
}

function withHash(subset: any): any {
  return { ...subset, labels: { ...subset.labels, [HASH]: `hash-of-${subset.name}` } };
}

function selecting(service: Manifest, role: string): Manifest {
  return { ...service, spec: { ...service.spec, selector: { ...service.spec.selector, [HASH]: `hash-of-${role}` } } };
}

/** The routes that are named, and mirror routes of its own. */
function isWeighted(route: any, istio: any, managed: any[]): boolean {
  return istio.virtualService.routes.includes(route.name) || (route.mirror !== undefined && managed.some(({ name }) => name === route.name));
}

/** A Service is known by the first part of its name, a subset by its own. */
function weighted(route: any, weight: number, { host, subset }: Candidate): any {
  const isCanary = ({ destination }: any) => destination.host.split('.')[0] === host || (subset !== undefined && destination.subset === subset);
  return { ...route, route: route.route.map((to: any) => ({ ...to, weight: isCanary(to) ? weight : 100 - weight })) };
}

function headerRoute({ name, match }: any, http: any[], istio: any, toCanary: Candidate): any {
  if (!match) return undefined;
  const { port } = named(http, istio).route[0].destination;
  return {
    name,
    match: match.map(({ headerName, headerValue }: any) => ({ headers: { [headerName]: headerValue } })),
    route: [{ destination: { ...toCanary, port }, weight: 100 }],
  };
}

function mirrorRoute({ name, match, percentage }: any, http: any[], istio: any, toCanary: Candidate): any {
  if (!match) return undefined;
  const { route } = named(http, istio);
  const { port } = route[0].destination;
  return {
    name,
    match: match.map(({ path, method, headers }: any) => ({ uri: path, method, headers })),
    route,
    mirror: { ...toCanary, port },
    mirrorPercentage: { value: percentage ?? 100 },
  };
}

function named(http: any[], istio: any): any {
  return http.find(({ name }) => name === istio.virtualService.routes[0]);
}

/** Its own routes stand above all others, in the order of `managedRoutes`. */
function ordered(http: any[], managed: any[], name: string, route: any): any[] {
  const own = [...http.filter((other) => other.name !== name), ...(route ? [route] : [])];
  const rank = (other: any) => managed.findIndex((entry) => entry.name === other.name);
  return [...own.filter((other) => rank(other) >= 0).sort((a, b) => rank(a) - rank(b)), ...own.filter((other) => rank(other) < 0)];
}
