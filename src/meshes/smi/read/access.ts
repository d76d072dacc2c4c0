import { Dialect } from './dialect';
import { portSpeaks } from './port-protocol';
import { GroupMatch } from './route-groups';
import { TrafficTarget } from './traffic-target';
import { holds } from '../../../evaluation/condition';
import { Admission, ADMITTED } from '../../../evaluation/reader';
import { Request } from '../../../evaluation/request';
import { Cluster, Endpoint } from '../../../manifests/cluster';
import { Service } from '../../../manifests/service';

/** Whether the pods let a request in: their account has to be the destination of a TrafficTarget that names the client and takes the request. */
export function admission(dialect: Dialect) {
  return (cluster: Cluster, request: Request, endpoint: Endpoint): Admission => {
    const { source } = request;
    if (source.kind !== 'meshed') return dialect.takesPlain(cluster, endpoint) ? ADMITTED : withoutProxy(source.kind);
    if (dialect.permissive(cluster)) return ADMITTED;
    const client = `${source.namespace}/${source.serviceAccount}`;
    const bytes = speaksBytes(cluster, request);
    const account = accountBehind(endpoint);
    const targets = dialect.targets(cluster, account);
    const named = targets.filter(({ sources }) => sources.includes(client));
    if (named.length === 0) {
      const status = bytes ? 'closed' : dialect.unnamed(reaches(cluster, request, client, dialect));
      return { allowed: false, status, reason: `no TrafficTarget lets ${client} call ${account}` };
    }
    if (named.every(({ ports }) => ports !== undefined && !ports.includes(endpoint.port))) {
      const reason = `the TCPRoutes of ${named[0].object.title} do not name the port ${endpoint.port}`;
      return { allowed: false, status: bytes ? 'closed' : 503, reason, object: named[0].object };
    }
    return bytes ? ADMITTED : byMatches(targets, request, client, dialect);
  };
}

function withoutProxy(kind: string): Admission {
  const who = kind === 'gateway' ? 'a gateway' : 'a client without a proxy';
  return { allowed: false, status: 'closed', reason: `the sidecars take mutual TLS only, which ${who} does not speak` };
}

export function accountBehind({ workload }: Pick<Endpoint, 'workload'>): string {
  return `${workload.namespace}/${workload.serviceAccount}`;
}

/** Whether the client's proxy knows the Service that was called at all. */
function reaches(cluster: Cluster, { host, source }: Request, client: string, dialect: Dialect): boolean {
  const called = cluster.serviceCalled(host, source.namespace);
  return called !== undefined && allowedAccounts(cluster, called, client, dialect).length > 0;
}

/** Accounts of the pods behind a Service that let a client in. */
export function allowedAccounts(cluster: Cluster, service: Service, client: string, { targets }: Dialect): string[] {
  const accounts = new Set(cluster.behind(service).map((workload) => accountBehind({ workload })));
  return [...accounts].filter((account) => targets(cluster, account).some(({ sources }) => sources.includes(client)));
}

function byMatches(targets: readonly TrafficTarget[], request: Request, client: string, { unmatched }: Dialect): Admission {
  const taken = targets.flatMap((target) => target.matches.filter((match) => takes(match, request)).map((match) => ({ target, match })));
  if (taken.length === 0) return { allowed: false, status: unmatched, reason: 'no rule of the TrafficTargets takes the request' };
  const lettingIn = taken.filter(({ target }) => target.sources.includes(client));
  const letting = ({ content }: GroupMatch) => lettingIn.some(({ match }) => match.content === content);
  const [refusing] = taken.filter(({ match }) => !letting(match));
  if (!refusing) return ADMITTED;
  const { target: { object } } = refusing;
  const some = taken.some(({ match }) => letting(match));
  const doubt = some ? `${object.title} takes the request too and does not let it in: the order of TrafficTargets is left to chance` : undefined;
  return letting(taken[0].match) ? { allowed: true, doubt } : { allowed: false, status: 403, reason: `${object.title} does not name ${client}`, object, doubt };
}

function takes({ alternatives }: GroupMatch, request: Request): boolean {
  return alternatives.some((conditions) => conditions.every((condition) => holds(condition, request)));
}

function speaksBytes(cluster: Cluster, { host, port, source, protocol }: Request): boolean {
  const called = cluster.serviceCalled(host, source.namespace);
  return protocol === 'TCP' || protocol === 'TLS' || (called !== undefined && portSpeaks(called, port) === 'bytes');
}
