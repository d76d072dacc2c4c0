import { Client, isAuthenticated } from './authentication';
import { injectWord } from './injection';
import { POLICY_GROUP, LINKERD_ROUTES } from './routes';
import { Admission, ADMITTED } from '../../../evaluation/reader';
import { Request } from '../../../evaluation/request';
import { Cluster, Endpoint } from '../../../manifests/cluster';
import { groupedBy } from '../../../manifests/grouped';
import { KubeObject } from '../../../manifests/kube-object';
import { selects } from '../../../manifests/label-selector';
import { perCluster } from '../../../manifests/per-cluster';
import { Competition } from '../../gateway-api/read/competition';
import { routeIndex } from '../../gateway-api/read/routes';
import { routeRules } from '../../gateway-api/read/rules';

const DEFAULT_POLICY = 'config.linkerd.io/default-inbound-policy';
const routes = routeIndex([POLICY_GROUP, 'gateway.networking.k8s.io']);

const inNamespace = (kind: string) => perCluster((cluster) => groupedBy(cluster.ofKind(POLICY_GROUP, kind), ({ namespace }) => namespace));
const servers = inNamespace('Server');
const policies = inNamespace('AuthorizationPolicy');
const serverAuthorizations = inNamespace('ServerAuthorization');

/**
 * Whether the proxy beside a pod lets a request in.
 * @see https://linkerd.io/2/reference/authorization-policy/
 */
export function admit(cluster: Cluster, request: Request, endpoint: Endpoint): Admission {
  const client = clientOf(request);
  const { workload } = endpoint;
  if (injectWord(cluster, workload) === 'disabled') return ADMITTED;
  const server = (servers(cluster).get(workload.namespace) ?? []).find((one) => isFor(one, endpoint));
  if (server) return atServer(cluster, request, server, client);
  const policy = workload.annotations[DEFAULT_POLICY] ?? cluster.namespaceAnnotations(workload.namespace)[DEFAULT_POLICY] ?? 'all-unauthenticated';
  return allows(policy, client) ? ADMITTED : denied(request, `the default policy of the pods is "${policy}"`);
}

function clientOf({ source }: Request): Client {
  return source.kind === 'meshed' ? { account: source.serviceAccount, namespace: source.namespace } : {};
}

function isFor(server: KubeObject, { workload, port }: Endpoint): boolean {
  const selector = server.spec.at('podSelector');
  const named = server.spec.at('port').integerOrText();
  const number = typeof named === 'string' ? workload.containerPorts.find(({ name }) => name === named)?.number : named;
  return selector.exists && number === port && selects(selector, workload.labels);
}

/** A Server lets nobody in whom no authorization lets in; with routes of its own it knows no other requests. */
function atServer(cluster: Cluster, request: Request, server: KubeObject, client: Client): Admission {
  const attached = routes(cluster).on('Server', server.namespace, server.name).filter(({ route }) => route.object.namespace === server.namespace);
  const bytes = request.protocol === 'TCP' || request.protocol === 'TLS';
  const context = { cluster, implementation: LINKERD_ROUTES, parentNamespace: server.namespace };
  const rules = bytes ? [] : attached.flatMap(({ route }) => routeRules({ ...context, route }));
  const taken = rules.length > 0 ? new Competition(rules, LINKERD_ROUTES).firstFor(request) : undefined;
  if (rules.length > 0 && !taken) return { allowed: false, status: 404, reason: `no route on ${server.title} takes the request`, object: server };
  const targets = [server, ...taken ? [taken.route.object] : []];
  const answer = authorized(cluster, server, targets, client);
  if (answer.allowed) return answer;
  const policy = server.spec.at('accessPolicy').text() ?? 'deny';
  return allows(policy, client) ? ADMITTED : denied(request, `no authorization for ${server.title} names the client`, server);
}

function authorized(cluster: Cluster, server: KubeObject, targets: readonly KubeObject[], client: Client): Admission {
  const about = (policies(cluster).get(server.namespace) ?? []).filter((policy) => isAbout(policy, targets));
  const older = (serverAuthorizations(cluster).get(server.namespace) ?? []).filter((one) => isAboutServer(one, server));
  const answers = [
    ...about.map((policy) => isAuthenticated(cluster, policy, policy.spec.at('requiredAuthenticationRefs').items(), client)),
    ...older.map((one) => byServerAuthorization(one, client)),
  ];
  return answers.find((one) => one.allowed && one.doubt === undefined) ?? answers.find((one) => one.allowed) ?? { allowed: false, status: 403, reason: '' };
}

function isAbout(policy: KubeObject, targets: readonly KubeObject[]): boolean {
  const target = policy.spec.at('targetRef');
  const [kind, name] = [target.at('kind').text(), target.at('name').text()];
  return (kind === 'Namespace' && name === policy.namespace) || targets.some((object) => object.kind === kind && object.name === name);
}

/** The form before AuthorizationPolicy. */
function isAboutServer({ spec }: KubeObject, server: KubeObject): boolean {
  const target = spec.at('server');
  const selector = target.at('selector');
  return target.at('name').text() === server.name || (selector.exists && selects(selector, server.labels));
}

function byServerAuthorization({ spec }: KubeObject, { account, namespace }: Client): Admission {
  const client = spec.at('client');
  const tls = client.at('meshTLS');
  const named = tls.at('serviceAccounts').items().some((one) => one.at('name').text() === account && (one.at('namespace').text() ?? '') === namespace);
  const open = client.at('unauthenticated').flag() === true || (tls.at('unauthenticatedTLS').flag() === true && account !== undefined);
  return open || (account !== undefined && (named || tls.at('identities').texts().includes('*'))) ? ADMITTED : { allowed: false, status: 403, reason: '' };
}

/** @see https://linkerd.io/2/features/server-policy/#policy-annotations */
function allows(policy: string, { account }: Client): boolean {
  if (policy === 'deny') return false;
  return !policy.endsWith('-authenticated') || account !== undefined;
}

function denied({ protocol }: Request, reason: string, object?: KubeObject): Admission {
  return { allowed: false, status: protocol === 'TCP' || protocol === 'TLS' ? 'closed' : 403, reason, object };
}
