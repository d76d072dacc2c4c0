import { Request } from './request';
import { PodsTarget, RouteTable, Status } from './route-table';
import { Cluster, Endpoint } from '../manifests/cluster';
import { KubeObject } from '../manifests/kube-object';
import { Service } from '../manifests/service';
import { Workload } from '../manifests/workload';

/** What the library asks of a mesh in order to understand manifests for it. One folder of `meshes/` implements it for each, apart from the renderer. */
export interface MeshReader {
  readonly name: string;
  /** How pods get their proxies; absent: there is nothing to ask for, or nobody knows how. */
  readonly injection?: Injection;
  /** How surely these manifests are for this mesh: 0 not at all, 1 by routes that others follow too, 2 by objects of its own. */
  evidence(cluster: Cluster): number;
  /**
   * Rules that the proxy of a pod of the mesh holds for what it calls. Nothing: it holds none, and the call goes where the name leads.
   *
   * @param called the Service that the host means for the caller, if it means one
   */
  meshRoutes(cluster: Cluster, request: Request, called: Service | undefined): RouteTable | undefined;
  /** Whether the pods let a request in that was sent to them. */
  admit(cluster: Cluster, request: Request, endpoint: Endpoint, target: PodsTarget): Admission;
  /** What has rules of this mesh, for explanations and checks: requests that meet them, but for their conditions. */
  entries(cluster: Cluster): Entry[];
}

/** How pods ask for a proxy beside them. */
export interface Injection {
  /** What a namespace carries whose pods get one: `the label "istio-injection: enabled"`. */
  readonly asking: string;
  /** What it carries where none is meant. */
  readonly declining: string;
  /** Whether the pods, or their namespace, ask for one; `undefined`: neither asks for one, or declines it. */
  asks(cluster: Cluster, workload: Workload): boolean | undefined;
}

/** Gateways and ingresses: where traffic enters. */
export interface GatewayReader {
  readonly name: string;
  /** Objects by whose names requests may be said to come through, with rules or without. */
  gateways(cluster: Cluster): readonly KubeObject[];
  /** Rules of a gateway's listener for the host of a request. Nothing: the gateway is not one of this kind, or not there. */
  gatewayRoutes(cluster: Cluster, request: Request): RouteTable | undefined;
  /** Account under which the gateway calls the pods, for their access rules; absent: nobody knows. */
  gatewayAccount?(cluster: Cluster, namespace: string, name: string): { readonly namespace: string; readonly serviceAccount: string } | undefined;
  entries(cluster: Cluster): Entry[];
}

/** What stands between pods whatever the mesh. */
export interface NetworkReader {
  /** Whether a connection from who asks gets to the pods. */
  admit(cluster: Cluster, request: Request, endpoint: Endpoint): Admission;
}

export type Admission =
  /** `doubt`: what it depends on that the manifests do not say. */
  | { readonly allowed: true; readonly doubt?: string }
  | { readonly allowed: false; readonly status: Status; readonly reason: string; readonly object?: KubeObject; readonly doubt?: string };

export const ADMITTED: Admission = { allowed: true };

/** A host and port that rules are about. */
export interface Entry {
  /** `mesh` for pods of the mesh, else `namespace/name` of a gateway. */
  readonly from: string;
  /** Namespace whose clients meet the rules; absent: any. */
  readonly namespace?: string;
  /** Account of a client that meets the rules, where not all do; absent: any. */
  readonly serviceAccount?: string;
  readonly host: string;
  /** What is declared, where the host is an example of it: `*.example.com`. */
  readonly declaredHost?: string;
  readonly port: number;
  readonly protocol: Request['protocol'];
  /** Listener of the gateway, where its name is needed to meet the rules. */
  readonly listener?: string;
  readonly objects: readonly KubeObject[];
}
