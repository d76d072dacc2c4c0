import { Admit, decide } from './decide';
import { noGateway, noPort, noService } from './not-there';
import { Admission, ADMITTED, Entry, GatewayReader, MeshReader, NetworkReader } from './reader';
import { Request } from './request';
import { everything, PodsTarget, RouteTable, Status } from './route-table';
import { Verdict } from './verdict';
import { Cluster, Endpoint } from '../manifests/cluster';
import { portOf, Service } from '../manifests/service';

export interface Readers {
  readonly meshes: readonly MeshReader[];
  readonly gateways: readonly GatewayReader[];
  /** API groups whose objects they read, with all below: `istio.io` stands for `networking.istio.io`, too. */
  readonly groups: readonly string[];
  readonly networks: readonly NetworkReader[];
}

/** Decides requests by a set of manifests: finds whose rules they meet, and follows them. */
export class Evaluator {
  /** The mesh that the manifests are for; absent: none. */
  public readonly mesh?: MeshReader;
  /** What makes every decision uncertain. */
  public readonly doubts: readonly string[];

  /**
   * @param cluster what the manifests hold
   * @param readers all that are known
   * @param mesh name of the mesh; absent: the one that the manifests show most surely
   */
  public constructor(public readonly cluster: Cluster, private readonly readers: Readers, mesh?: string) {
    if (mesh === undefined) {
      const evidence = new Map(readers.meshes.map((reader) => [reader, reader.evidence(cluster)]));
      const most = Math.max(0, ...evidence.values());
      const likely = readers.meshes.filter((reader) => most > 0 && evidence.get(reader) === most);
      this.mesh = likely[0];
      this.doubts = likely.length > 1 ? [`the manifests may be for ${likely.map(({ name }) => name).join(' or ')}; ${likely[0].name} is assumed`] : [];
    } else {
      this.mesh = readers.meshes.find(({ name }) => name === mesh);
      this.doubts = [];
    }
  }

  public decide(request: Request): Verdict {
    return this.follow(request, (endpoint, target) => this.admit(request, endpoint, target));
  }

  /** As `decide`, for a client whom all pods let in. */
  public decideLetIn(request: Request): Verdict {
    return this.follow(request, () => ADMITTED);
  }

  private follow(request: Request, admit: Admit): Verdict {
    const { table, followed } = this.tableFor(request);
    const verdict = decide(this.cluster, table, request, admit);
    return { ...verdict, followed, doubts: [...this.doubts, ...verdict.doubts] };
  }

  /** What a request meets, before its conditions are looked at. */
  public tableFor(request: Request): { readonly table: RouteTable; readonly followed?: string } {
    if (request.source.kind === 'gateway') return this.gatewayTable(request, request.source);
    const called = this.cluster.serviceCalled(request.host, request.source.namespace);
    const routes = request.source.kind === 'meshed' ? this.mesh?.meshRoutes(this.cluster, request, called) : undefined;
    return routes ? { table: routes, followed: this.mesh?.name } : { table: plainTable(request, called, this.cluster) };
  }

  /** Names of all gateways, as `namespace/name`. */
  public gateways(): string[] {
    const objects = this.readers.gateways.flatMap((reader) => reader.gateways(this.cluster));
    return [...new Set(objects.map(({ namespace, name }) => `${namespace}/${name}`))].sort();
  }

  /** Every host and port that some rule is about. */
  public entries(): Entry[] {
    return [...this.mesh?.entries(this.cluster) ?? [], ...this.readers.gateways.flatMap((reader) => reader.entries(this.cluster))];
  }

  /** Kinds that no reader knows and that may have a say in the traffic: `HTTPProxy (projectcontour.io)`. */
  public unknownKinds(): string[] {
    const unknown = this.cluster.objects.filter(({ group }) => isExtension(group) && !this.readers.groups.some((known) => `.${group}`.endsWith(`.${known}`)));
    return [...new Set(unknown.map(({ kind, group }) => `${kind} (${group})`))].sort();
  }

  private gatewayTable(request: Request, { namespace, name }: { readonly namespace: string; readonly name: string }) {
    for (const reader of this.readers.gateways) {
      const table = reader.gatewayRoutes(this.cluster, request);
      if (table) return { table, followed: reader.name };
    }
    return { table: everything({ kind: 'answer', status: 'closed' as Status, reason: noGateway(namespace ? `${namespace}/${name}` : name, this.gateways()) }) };
  }

  private admit(request: Request, endpoint: Endpoint, target: PodsTarget): Admission {
    const admissions = this.readers.networks.map((network) => network.admit(this.cluster, request, endpoint));
    const mesh = this.mesh?.admit(this.cluster, request, endpoint, target) ?? ADMITTED;
    return together([...admissions, mesh]);
  }
}

/** Kubernetes' own groups say nothing of requests, but for those that are read. */
function isExtension(group: string): boolean {
  return group.includes('.') && !group.endsWith('.k8s.io');
}

/** The first that refuses decides, before any mesh sees the connection; doubts are those of all. */
function together(admissions: readonly Admission[]): Admission {
  const refusal = admissions.find(({ allowed }) => !allowed);
  if (refusal) return refusal;
  const doubts = admissions.map((one) => (one.allowed ? one.doubt : undefined)).filter((doubt) => doubt !== undefined);
  return doubts.length > 0 ? { allowed: true, doubt: doubts.join('; ') } : ADMITTED;
}

/** What a name leads to where no mesh's rules are met: any ready pod of the Service. */
function plainTable({ source, host, port, protocol }: Request, called: Service | undefined, { services }: Cluster): RouteTable {
  if (!called) return everything({ kind: 'answer', status: 'closed', reason: noService(host, services) });
  if (called.externalName !== undefined) return everything({ kind: 'forward', destinations: [{ weight: 1, to: { kind: 'outside', host: called.externalName } }] });
  if (!portOf(called, port)) return everything({ kind: 'answer', status: 'closed', reason: noPort(called, port) });
  const proxied = source.kind === 'meshed' && protocol !== 'TCP' && protocol !== 'TLS';
  const emptyStatus = proxied ? 503 : 'closed';
  return everything({ kind: 'forward', destinations: [{ weight: 1, to: { kind: 'pods', service: called, port, emptyStatus } }] });
}
