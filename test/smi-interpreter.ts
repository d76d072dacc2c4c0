/*
 * What meshes that follow SMI do with an HTTP request, read from the manifests alone: a second opinion, which shares no code with src/.
 * `smi` is github.com/servicemeshinterface/smi-spec at cc4babd, `osm` pkg/ of github.com/openservicemesh/osm v1.2.4, `l5d`
 * github.com/linkerd/linkerd-smi at c0c39b1.
 */
import { RE2JS } from 're2js';
import { Manifest } from './manifests';

export interface Request {
  /** A pod of the mesh, as `<namespace>/<service account>`, or `plain`: a pod without a proxy, in a namespace of its own. */
  readonly from: string;
  readonly host: string;
  readonly port: number;
  readonly path?: string;
  readonly method?: string;
  /** By name in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Who answers which share: names of Deployments, or a status (`closed` for connections) where a proxy answers or nobody does. */
export type Shares = Readonly<Record<string, number>>;

/** Decides one request. */
export function decide(world: readonly Manifest[], request: Request): Shares {
  const service = specs<Service>(world, 'Service').find((candidate) => isCalled(candidate, request) && listensOn(candidate, request.port));
  const all = service ? podsOf(world, service) : [];
  if (!service || all.length + splitsOf(world, service).length === 0) return { closed: 1 };
  const guarded = isInOpenServiceMesh(world, service);
  // Only clients whose traffic the mesh takes see a split (smi traffic-split.md); a sidecar of OSM takes mutual TLS alone (osm envoy/xdsutil.go).
  if (request.from === 'plain') return guarded || all.length === 0 ? { closed: 1 } : sum(all, nameOf);
  // A client has routes to services that a TrafficTarget opens to it, and to no other: osm catalog/outbound_traffic_policies.go.
  if (guarded && !all.some((pod) => targetsOf(world, pod).some((target) => isFor(target, request)))) return { closed: 1 };
  return sum(split(world, service, request), (pod) => (guarded && refusal(world, pod, request)) || nameOf(pod));
}

// A client of the same namespace may leave out the namespace: osm k8s/util.go, GetHostnamesForService.
function isCalled({ metadata: { name, namespace } }: Manifest, { from, host }: Request): boolean {
  const names = [`${name}.${namespace}`, `${name}.${namespace}.svc`, `${name}.${namespace}.svc.cluster.local`];
  return names.includes(host) || (host === name && from.split('/')[0] === namespace);
}

/** Weights are parts of their sum: smi traffic-split.md. A backend without the port or without pods leaves its share to the others: osm as above. */
function split(world: readonly Manifest[], root: Typed<Service>, request: Request): Pod[] {
  const { port } = request;
  const [found, ...others] = splitsOf(world, root).filter((candidate) => isSplit(world, candidate, request));
  if (!found) return podsOf(world, root);
  const leaves = specs<Service>(world, 'Service').filter((service) => areBeside(service, root) && listensOn(service, port));
  const backends = found.spec.backends.map(({ service, weight }) => (
    { weight, pods: leaves.filter(({ metadata }) => metadata.name === service).flatMap((leaf) => podsOf(world, leaf)) }));
  const total = backends.reduce((all, { weight, pods }) => all + (pods.length > 0 ? weight : 0), 0);
  if (others.length > 0 || total === 0) throw new Error('what happens with such a split is up to the mesh');
  return backends.flatMap(({ weight, pods }) => pods.map((pod) => ({ ...pod, share: pod.share * weight / total }))).filter(({ share }) => share > 0);
}

// A request that no listed group takes goes to the root as if there were no split; groups and their matches are alternatives: smi traffic-split.md.
function isSplit(world: readonly Manifest[], candidate: Typed<Split>, request: Request): boolean {
  const { matches } = candidate.spec;
  if (matches === undefined) return true;
  if (matches.length === 0) throw new Error('what happens with such a split is up to the mesh');
  return matches.some(({ kind, name }) => specs<RouteGroup>(world, kind)
    .filter((group) => group.metadata.name === name && areBeside(group, candidate))
    .some(({ spec }) => spec.matches.some((match) => takes(match, request))));
}

// Inside a match all conditions hold: smi traffic-specs.md.
function takes({ pathRegex = '.*', methods = ['*'], headers = [] }: RouteMatch, { path = '/', method = 'GET', headers: sent = {} }: Request): boolean {
  return methods.some((one) => one === '*' || one === method) && fits(pathRegex, path)
    && headers.flatMap((header) => Object.entries(header)).every(([name, pattern]) => sent[name] !== undefined && fits(pattern, sent[name]));
}

// An expression is anchored at the start (smi traffic-specs.md), or at both ends (osm envoy/rds/route/route_config.go): it has to mean the same.
function fits(pattern: string, value: string): boolean {
  const whole = RE2JS.compile(pattern).matches(value);
  if (whole !== RE2JS.compile(pattern).matcher(value).lookingAt()) throw new Error(`what "${pattern}" takes is up to the mesh`);
  return whole;
}

/** Pods of a Service, by their number: kubernetes.io/docs/reference/networking/virtual-ips/. */
function podsOf(world: readonly Manifest[], service: Typed<Service>): Pod[] {
  const found = specs<Deployment>(world, 'Deployment').filter((one) => areBeside(one, service) && one.spec.replicas > 0
    && Object.entries(service.spec.selector).every(([key, value]) => one.spec.template.metadata.labels?.[key] === value));
  const total = found.reduce((all, { spec }) => all + spec.replicas, 0);
  return found.map((deployment) => ({ deployment, share: deployment.spec.replicas / total }));
}

/** What a client gets instead of an answer: no way to the pod, no rule for the request (default deny), or a rule for others alone. */
function refusal(world: readonly Manifest[], pod: Pod, request: Request): string | undefined {
  const targets = targetsOf(world, pod);
  if (!targets.some((target) => isFor(target, request))) return '503';
  const fitting = targets.filter((target) => target.spec.rules.some((rule) => allows(world, rule, target, request)));
  const status = fitting.length > 0 ? '403' : '404';
  return fitting.some((target) => isFor(target, request)) ? undefined : status;
}

// A rule without matches opens nothing: osm catalog/inbound_traffic_policies.go. A path has to fit as a whole: envoy/rds/route/route_config.go.
function allows(world: readonly Manifest[], rule: Rule, target: Manifest, { path = '/', method = 'GET' }: Request): boolean {
  return specs<RouteGroup>(world, rule.kind).filter((group) => group.metadata.name === rule.name && areBeside(group, target))
    .flatMap(({ spec }) => spec.matches.filter(({ name }) => rule.matches?.includes(name)))
    .some(({ pathRegex, methods }) => RE2JS.compile(pathRegex).matches(path.split('?')[0]) && methods.some((one) => one === '*' || one === method));
}

// A leaf is no root, and the root as a backend means its pods: l5d pkg/adaptor/controller.go.
const splitsOf = (world: readonly Manifest[], root: Manifest): Typed<Split>[] => specs<Split>(world, 'TrafficSplit')
  .filter((one) => one.spec.service === root.metadata.name && areBeside(one, root));
const sum = (pods: readonly Pod[], by: (pod: Pod) => string): Shares => pods
  .reduce<Shares>((shares, pod) => ({ ...shares, [by(pod)]: (shares[by(pod)] ?? 0) + pod.share }), {});
const targetsOf = (world: readonly Manifest[], { deployment: { metadata, spec } }: Pod): Typed<Target>[] => specs<Target>(world, 'TrafficTarget')
  .filter((target) => isAccount(target.spec.destination, `${metadata.namespace}/${spec.template.spec.serviceAccountName}`));
const isFor = ({ spec }: Typed<Target>, { from }: Request): boolean => spec.sources.some((source) => isAccount(source, from));
const isAccount = ({ name, namespace }: Account, account: string): boolean => `${namespace}/${name}` === account;
const areBeside = (one: Manifest, other: Manifest): boolean => one.metadata.namespace === other.metadata.namespace;
const listensOn = ({ spec }: Typed<Service>, port: number): boolean => spec.ports.some((one) => one.port === port);
const isInOpenServiceMesh = (world: readonly Manifest[], { metadata: { namespace } }: Manifest): boolean => world
  .some(({ kind, metadata: { name, labels } }) => kind === 'Namespace' && name === namespace && labels?.['openservicemesh.io/monitored-by']);
const nameOf = ({ deployment }: Pod): string => deployment.metadata.name;
const specs = <T>(world: readonly Manifest[], kind: string): Typed<T>[] => world.filter((manifest) => manifest.kind === kind) as Typed<T>[];

type Typed<T> = Manifest & { readonly spec: T };
type Pod = { readonly deployment: Typed<Deployment>; readonly share: number };
type Account = { readonly name: string; readonly namespace: string };
type Rule = { readonly kind: string; readonly name: string; readonly matches?: readonly string[] };
type Service = { readonly selector: Readonly<Record<string, string>>; readonly ports: readonly { readonly port: number }[] };
type Split = {
  readonly service: string;
  readonly backends: readonly { readonly service: string; readonly weight: number }[];
  readonly matches?: readonly { readonly kind: string; readonly name: string }[];
};
type RouteGroup = { readonly matches: readonly RouteMatch[] };
type RouteMatch = {
  readonly name: string;
  readonly pathRegex: string;
  readonly methods: readonly string[];
  readonly headers?: readonly Readonly<Record<string, string>>[];
};
type Target = { readonly destination: Account; readonly sources: readonly Account[]; readonly rules: readonly Rule[] };
type Deployment = { readonly replicas: number; readonly template: Typed<{ readonly serviceAccountName?: string }> };
