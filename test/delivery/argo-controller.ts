import { Manifest } from './services';

const HASH = 'rollouts-pod-template-hash';

/** What Argo Rollouts makes of the manifests: the objects at the beginning and after each of its steps. */
export function argoStates(manifests: readonly Manifest[]): Manifest[][] {
  const { trafficRouting } = manifests.find(({ kind }) => kind === 'Rollout')!.spec.strategy.canary;
  if (trafficRouting.istio) return istioStates(manifests);
  return trafficRouting.nginx ? nginxStates(manifests) : pluginStates(manifests);
}

/** Weights at the beginning and after each step that changes them. */
function weightsOf(manifests: readonly Manifest[]): number[] {
  const { steps } = manifests.find(({ kind }) => kind === 'Rollout')!.spec.strategy.canary;
  return [0, ...steps.flatMap(({ setWeight }: any) => setWeight ?? [])];
}

/** The two Services with their pods, and everything else as it is. */
function around(manifests: readonly Manifest[]): Manifest[] {
  const rollout = manifests.find(({ kind }) => kind === 'Rollout')!;
  const { stableService, canaryService } = rollout.spec.strategy.canary;
  const roles: Record<string, string> = { [stableService]: 'stable', [canaryService]: 'canary' };
  return [
    ...pods(rollout),
    ...manifests.filter((manifest) => manifest !== rollout).map((manifest) => (manifest.kind === 'Service' && roles[manifest.metadata.name] ? selecting(manifest, roles[manifest.metadata.name]) : manifest)),
  ];
}

/**
 * Weights in all rules of the routes that are named, and for a header a rule more for each of them.
 * @see https://github.com/argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi/blob/v0.15.0/pkg/plugin/httproute.go
 */
function pluginStates(manifests: readonly Manifest[]): Manifest[][] {
  const { canary } = manifests.find(({ kind }) => kind === 'Rollout')!.spec.strategy;
  const listed: any[] = canary.trafficRouting.plugins['argoproj-labs/gatewayAPI'].httpRoutes;
  let [weight, header] = [0, undefined as any];
  const state = () => around(manifests).map((manifest) => {
    const entry = manifest.kind === 'HTTPRoute' ? listed.find(({ name }) => name === manifest.metadata.name) : undefined;
    if (!entry) return manifest;
    const rules = manifest.spec.rules.map((rule: any) => ({
      ...rule, backendRefs: rule.backendRefs.map((ref: any) => ({ ...ref, weight: ref.name === canary.canaryService ? weight : 100 - weight })),
    }));
    const forHeader = (rule: any, index: number) => headerRule(rule, index, header, canary.canaryService);
    const added = header && entry.useHeaderRoutes ? rules.map(forHeader) : [];
    return { ...manifest, spec: { ...manifest.spec, rules: [...rules, ...added] } };
  });
  const states = [state()];
  for (const step of canary.steps) {
    if (step.setWeight !== undefined) weight = step.setWeight;
    if (step.setHeaderRoute) header = step.setHeaderRoute.match && step.setHeaderRoute;
    states.push(state());
  }
  return states;
}

/** All headers have to hold, beside the conditions of the rule that it stands for; what is not named here is lost. */
function headerRule({ matches, filters, backendRefs }: any, index: number, { name, match }: any, canaryService: string): any {
  const headers = match.map(({ headerName, headerValue }: any) => ({
    name: headerName,
    type: headerValue.exact === undefined ? 'RegularExpression' : 'Exact',
    value: headerValue.exact ?? headerValue.regex ?? `${headerValue.prefix}.*`,
  }));
  const { port } = backendRefs.find((ref: any) => ref.name === canaryService);
  return {
    name: index === 0 ? name : `${name}-${index}`,
    matches: (matches ?? [{}]).map((one: any) => ({ ...one, headers: [...(one.headers ?? []), ...headers] })),
    filters,
    backendRefs: [{ group: '', kind: 'Service', name: canaryService, port }],
  };
}

/**
 * Beside each Ingress that is named a second one, whose paths lead to the canary Service where those of the first lead to the stable one.
 * @see https://github.com/argoproj/argo-rollouts/blob/v1.10.2/rollout/trafficrouting/nginx/nginx.go
 */
function nginxStates(manifests: readonly Manifest[]): Manifest[][] {
  const { metadata: { name: rollout }, spec: { strategy: { canary } } } = manifests.find(({ kind }) => kind === 'Rollout')!;
  const { stableIngress, stableIngresses = [stableIngress] } = canary.trafficRouting.nginx;
  return weightsOf(manifests).map((weight) => around(manifests).flatMap((manifest) => {
    const { kind, metadata, spec } = manifest;
    if (kind !== 'Ingress' || !stableIngresses.includes(metadata.name)) return [manifest];
    const annotations = { 'nginx.ingress.kubernetes.io/canary': 'true', 'nginx.ingress.kubernetes.io/canary-weight': `${weight}` };
    const second = JSON.parse(JSON.stringify(spec).replaceAll(`"${canary.stableService}"`, `"${canary.canaryService}"`));
    return [manifest, { ...manifest, metadata: { ...metadata, name: `${rollout}-${metadata.name}-canary`, annotations }, spec: second }];
  }));
}

/** Where the routes that it adds lead to: a subset of what the DestinationRule is for, or else the canary Service by its short name. */
interface Candidate {
  readonly host: string;
  readonly subset?: string;
}

/**
 * What Argo Rollouts makes of the manifests on Istio: the objects at the beginning and after each of its steps.
 * @see https://github.com/argoproj/argo-rollouts/blob/v1.10.2/rollout/trafficrouting/istio/istio.go
 */
function istioStates(manifests: readonly Manifest[]): Manifest[][] {
  const rollout = manifests.find(({ kind }) => kind === 'Rollout')!;
  const { canary } = rollout.spec.strategy;
  const { trafficRouting: { istio, managedRoutes = [] }, stableService, canaryService } = canary;
  const rule = manifests.find(({ kind, metadata }) => kind === 'DestinationRule' && metadata.name === istio.destinationRule?.name);
  const toCanary: Candidate = rule
    ? { host: rule.spec.host, subset: istio.destinationRule.canarySubsetName }
    : { host: canaryService };
  const listed: any[] = istio.virtualServices ?? [istio.virtualService];
  let lists = new Map<string, any[]>(listed.map(({ name }) => [name, manifests.find(({ kind, metadata }) => kind === 'VirtualService' && metadata.name === name)!.spec.http]));
  const each = (change: (http: any[], virtualService: any) => any[]): void => {
    lists = new Map(listed.map((virtualService) => [virtualService.name, change(lists.get(virtualService.name)!, virtualService)]));
  };
  const services: Record<string, string> = { [stableService]: 'stable', [canaryService]: 'canary' };
  const inCluster = (manifest: Manifest): Manifest => {
    const { kind, metadata: { name }, spec } = manifest;
    if (kind === 'VirtualService') return { ...manifest, spec: { ...spec, http: structuredClone(lists.get(name)) } };
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
      const changed = (route: any) => weighted(route, step.setWeight, toCanary);
      each((http, virtualService) => http.map((route) => (isWeighted(route, virtualService, managedRoutes) ? changed(route) : route)));
    }
    if (step.setHeaderRoute) {
      const added = headerRoute.bind(undefined, step.setHeaderRoute);
      each((http, virtualService) => ordered(http, managedRoutes, step.setHeaderRoute.name, added(http, virtualService, toCanary)));
    }
    if (step.setMirrorRoute) {
      const added = mirrorRoute.bind(undefined, step.setMirrorRoute);
      each((http, virtualService) => ordered(http, managedRoutes, step.setMirrorRoute.name, added(http, virtualService, toCanary)));
    }
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
function isWeighted(route: any, virtualService: any, managed: any[]): boolean {
  return virtualService.routes.includes(route.name) || (route.mirror !== undefined && managed.some(({ name }) => name === route.name));
}

/** A Service is known by the first part of its name, a subset by its own. */
function weighted(route: any, weight: number, { host, subset }: Candidate): any {
  const isCanary = ({ destination }: any) => destination.host.split('.')[0] === host || (subset !== undefined && destination.subset === subset);
  return { ...route, route: route.route.map((to: any) => ({ ...to, weight: isCanary(to) ? weight : 100 - weight })) };
}

function headerRoute({ name, match }: any, http: any[], virtualService: any, toCanary: Candidate): any {
  if (!match) return undefined;
  const { port } = named(http, virtualService).route[0].destination;
  return {
    name,
    match: match.map(({ headerName, headerValue }: any) => ({ headers: { [headerName]: headerValue } })),
    route: [{ destination: { ...toCanary, port }, weight: 100 }],
  };
}

function mirrorRoute({ name, match, percentage }: any, http: any[], virtualService: any, toCanary: Candidate): any {
  if (!match) return undefined;
  const { route } = named(http, virtualService);
  const { port } = route[0].destination;
  return {
    name,
    match: match.map(({ path, method, headers }: any) => ({ uri: path, method, headers })),
    route,
    mirror: { ...toCanary, port },
    mirrorPercentage: { value: percentage ?? 100 },
  };
}

function named(http: any[], { routes }: any): any {
  return http.find(({ name }) => name === routes[0]);
}

/** Its own routes stand above all others, in the order of `managedRoutes`. */
function ordered(http: any[], managed: any[], name: string, route: any): any[] {
  const own = [...http.filter((other) => other.name !== name), ...(route ? [route] : [])];
  const rank = (other: any) => managed.findIndex((entry) => entry.name === other.name);
  return [...own.filter((other) => rank(other) >= 0).sort((a, b) => rank(a) - rank(b)), ...own.filter((other) => rank(other) < 0)];
}
