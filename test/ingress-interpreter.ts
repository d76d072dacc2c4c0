/*
 * What an Ingress controller does with an HTTP request, read from the manifests alone: a second opinion, which shares no code with src/.
 * `k8s` is kubernetes.io/docs/concepts/services-networking/ingress/, `nginx` is github.com/kubernetes/ingress-nginx at controller-v1.15.1:
 * rootfs/etc/nginx/lua/balancer.lua (lua) and internal/ingress/controller/controller.go (go).
 */
import { Manifest } from './manifests';

export interface Request {
  readonly host: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: Readonly<Record<string, string>>;
}

/** Who answers which share: names of Deployments, or a status where the controller answers. */
export type Shares = Readonly<Record<string, number>>;

/** What the controller of one class does. Only that of ingress-nginx knows canaries; others would take their Ingresses for plain ones. */
export function decide(world: readonly Manifest[], ingressClassName: string, request: Request): Shares {
  const ingresses = (world.filter(({ kind }) => kind === 'Ingress') as Ingress[]).filter(({ spec }) => spec.ingressClassName === ingressClassName);
  const main = ingresses.filter((ingress) => annotation(ingress, 'canary') !== 'true');
  const canaries = ingresses.filter((ingress) => annotation(ingress, 'canary') === 'true');
  // Go createUpstreams: an upstream is what the older Ingress makes of it, a server of its own or a canary.
  const mains = main.flatMap(pathsOf).map(upstream);
  if (canaries.flatMap(pathsOf).some((path) => mains.includes(upstream(path)))) throw new Error('the age of the Ingresses decides about a canary that gets requests of its own');
  const location = locate(main.flatMap(pathsOf), request);
  if (!location) return { 404: 1 };
  const stable = podsOf(world, location.namespace, location.service);
  // A balancer without endpoints does not exist, and without that of the main Ingress nobody asks for an alternative: lua sync_backend, rewrite.
  if (stable.length === 0) return { 503: 1 };
  const canary = canaries.flatMap((ingress) => attached(ingress, main, location));
  const [first] = canary;
  const pods = first ? podsOf(world, first.namespace, first.service) : [];
  // A canary without endpoints has no balancer: all stays with the main Ingress (lua route_to_alternative_balancer).
  const share = first && pods.length > 0 ? canaryShare(first.ingress, request) : 0;
  return sum([...stable.map((pod) => ({ ...pod, share: pod.share * (1 - share) })), ...pods.map((pod) => ({ ...pod, share: pod.share * share }))]);
}

/** Header, then cookie, then weight; what does not decide falls through: lua route_to_alternative_balancer. */
function canaryShare(ingress: Ingress, { headers = {}, cookies = {} }: Request): number {
  const header = headers[annotation(ingress, 'canary-by-header') ?? ''];
  if (header !== undefined) {
    const value = annotation(ingress, 'canary-by-header-value');
    const pattern = annotation(ingress, 'canary-by-header-pattern');
    if (value) {
      if (value === header) return 1;
    } else if (pattern) {
      // PCRE, anywhere in the value. What the tests use of it, JavaScript reads alike.
      if (new RegExp(pattern).test(header)) return 1;
    } else if (header === 'always' || header === 'never') {
      return header === 'always' ? 1 : 0;
    }
  }
  const cookie = cookies[annotation(ingress, 'canary-by-cookie') ?? ''];
  if (cookie === 'always' || cookie === 'never') return cookie === 'always' ? 1 : 0;
  const total = Number(annotation(ingress, 'canary-weight-total') ?? 100);
  return Math.min(Number(annotation(ingress, 'canary-weight') ?? 0) / (total > 100 ? total : 100), 1);
}

/**
 * A canary is attached to the upstream of a path of the main Ingress, by Service and port, if it repeats its host, path and type. From then on
 * every path of that upstream has it: go mergeAlternativeBackends.
 */
function attached(ingress: Ingress, main: readonly Ingress[], location: Path): readonly (Path & { readonly ingress: Ingress })[] {
  return pathsOf(ingress).filter((path) => main.flatMap(pathsOf).some((other) => other.host === path.host && other.path === path.path
    && other.pathType === path.pathType && upstream(other) === upstream(location) && upstream(other) !== upstream(path)))
    .map((path) => ({ ...path, ingress }));
}

/** The most exact host, then exact paths, then the longest prefix, by elements: k8s "Path types" and "Multiple matches". */
function locate(paths: readonly Path[], { host, path }: Request): Path | undefined {
  const hosts = [host, host.replace(/^[^.]*/, '*'), ''];
  const server = hosts.find((name) => paths.some((one) => one.host === name));
  const fitting = paths.filter((one) => one.host === server && (one.pathType === 'Exact' ? one.path === path : isUnder(one.path, path)));
  const rank = (one: Path) => (one.pathType === 'Exact' ? Infinity : one.path.length);
  return [...fitting].sort((a, b) => rank(b) - rank(a))[0];
}

function isUnder(prefix: string, path: string): boolean {
  const elements = (text: string) => text.split('/').filter((element) => element !== '');
  return elements(prefix).every((element, index) => elements(path)[index] === element);
}

/** Pods of a Service, by their number: nginx and kube-proxy spread over all that are ready. */
function podsOf(world: readonly Manifest[], namespace: string | undefined, name: string): Pod[] {
  const service = world.find((one) => one.kind === 'Service' && one.metadata.namespace === namespace && one.metadata.name === name) as Service | undefined;
  const deployments = world.filter(({ kind, metadata }) => kind === 'Deployment' && metadata.namespace === namespace) as Deployment[];
  const found = deployments.filter(({ spec }) => service && spec.replicas !== 0
    && Object.entries(service.spec.selector).every(([key, value]) => spec.template.metadata.labels[key] === value));
  const count = ({ spec }: Deployment) => spec.replicas ?? 1;
  const total = found.reduce((all, deployment) => all + count(deployment), 0);
  return found.map((deployment) => ({ name: deployment.metadata.name, share: count(deployment) / total }));
}

const annotation = ({ metadata }: Ingress, key: string): string | undefined => metadata.annotations?.[`nginx.ingress.kubernetes.io/${key}`];
const upstream = ({ namespace, service, port }: Path): string => `${namespace}-${service}-${port}`;
const pathsOf = ({ metadata: { namespace }, spec }: Ingress): Path[] => spec.rules.flatMap(({ host = '', http }) => http.paths
  .map(({ path, pathType, backend: { service } }) => ({ namespace, host, path, pathType, service: service.name, port: service.port.number })));
const sum = (pods: readonly Pod[]): Shares => pods.filter(({ share }) => share > 0)
  .reduce<Record<string, number>>((shares, { name, share }) => ({ ...shares, [name]: (shares[name] ?? 0) + share }), {});

type Labels = Readonly<Record<string, string>>;
type Pod = { readonly name: string; readonly share: number };
type Path = Pick<HttpPath, 'path' | 'pathType'> & { readonly namespace?: string; readonly host: string; readonly service: string; readonly port: number };
type Service = Manifest & { readonly spec: { readonly selector: Labels } };
type Deployment = Manifest & { readonly spec: { readonly replicas?: number; readonly template: { readonly metadata: { readonly labels: Labels } } } };
type Ingress = Manifest & {
  readonly metadata: { readonly annotations?: Labels };
  readonly spec: { readonly ingressClassName?: string; readonly rules: readonly Rule[] };
};
type Rule = { readonly host?: string; readonly http: { readonly paths: readonly HttpPath[] } };
type HttpPath = { readonly path: string; readonly pathType: string; readonly backend: { readonly service: Backend } };
type Backend = { readonly name: string; readonly port: { readonly number: number } };
