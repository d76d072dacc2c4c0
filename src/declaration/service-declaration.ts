import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Client } from './client';
import { ExistingService } from './existing-service';
import { Fault } from './fault';
import { HeaderChanges } from './header-changes';
import { Mirror } from './mirror';
import { Retries } from './retries';
import { Rewrite } from './rewrite';
import { RootSelector } from './root-selector';
import { RouteProps } from './route';
import { ServicePort } from './service-port';
import { TrafficPolicy } from './traffic-policy';
import { VersionProps } from './version';

/**
 * A service with several versions, and how they share its traffic. Nothing here belongs to one mesh.
 */
export interface ServiceDeclaration {
  /**
   * Ports of the service, at least one (`port-invalid` otherwise).
   */
  readonly ports: ServicePort[];

  /**
   * Versions of the service, at least one (`versions-missing` otherwise).
   */
  readonly versions: VersionProps[];

  /**
   * How versions share the requests that no route took: whole numbers from 0 to 1000000 by version name, taken as proportions, not percent
   * (`weight-invalid`, `version-unknown`). 0, or leaving a version out, means: deployed, without traffic. All 0 is refused (`weights-zero`).
   *
   * @default - everything to the only version; with several versions, weights are required (`weights-missing`)
   */
  readonly weights?: { [version: string]: number };

  /**
   * Leaves the shares to the number of pods, as without any traffic rule: every ready pod that the root Service selects gets the same.
   * Takes the place of `weights`; routes with weights of their own still go first.
   *
   * @default false
   */
  readonly splitByPods?: boolean;

  /**
   * Rules for some of the requests, in the order in which they are tried, before `weights`.
   *
   * @default - none
   */
  readonly routes?: RouteProps[];

  /**
   * Fault for the requests that no route took. Since they have no condition, it has to say `allTraffic` (`fault-all-traffic` otherwise).
   *
   * @default - none
   */
  readonly fault?: Fault;

  /**
   * Versions that get copies of the requests that no route took.
   *
   * @default - none
   */
  readonly mirrors?: Mirror[];

  /**
   * Changes to request headers, for the requests that no route took.
   *
   * @default - none
   */
  readonly requestHeaders?: HeaderChanges;

  /**
   * Changes to response headers, for the requests that no route took.
   *
   * @default - none
   */
  readonly responseHeaders?: HeaderChanges;

  /**
   * Change to host or path, for the requests that no route took.
   *
   * @default - none
   */
  readonly rewrite?: Rewrite;

  /**
   * Longest time for a request with all its attempts, at least 1 ms (`timeout-invalid` otherwise). Holds for every route without one of its own.
   *
   * @default - no limit
   */
  readonly timeout?: Duration;

  /**
   * Whether failed requests are tried again. Holds for every route that says nothing of its own.
   *
   * @default - as the mesh does it by itself, written out in the manifests
   */
  readonly retries?: Retries;

  /**
   * How requests are spread over the pods of a version.
   *
   * @default - chosen by the mesh
   */
  readonly trafficPolicy?: TrafficPolicy;

  /**
   * Who may call the service; an empty list means nobody. Gateways that it is exposed on may, too.
   *
   * @default - everybody
   */
  readonly allowFrom?: Client[];

  /**
   * Name of the root Service, which clients call; a DNS label that begins with a letter (`name-invalid` otherwise). One namespace holds one
   * such root (`root-duplicate`).
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Namespace of everything that is made, written out in each object.
   *
   * @default - that of the chart; without one, "default"
   */
  readonly namespace?: string;

  /**
   * Value of the label that all pods of the service carry; those of an `existing` version need not.
   *
   * @default - the name of the root Service. Beside an existing `root`: what its selector asks for where the mesh needs all pods behind it; elsewhere
   * the name with `-next` if its selector would take the new pods too
   */
  readonly app?: string;

  /**
   * Key of the label that all pods of the service carry.
   *
   * @default 'app'
   */
  readonly appLabelKey?: string;

  /**
   * Key of the label that tells the versions apart.
   *
   * @default 'version'
   */
  readonly versionLabelKey?: string;

  /**
   * A Service that clients call already, taken over as the root: its name and selector stay. The version that its pods belong to is one with
   * `existing` (`adoption-invalid` otherwise). Takes the place of `name`, `rootSelector`, `serviceType` and node ports (`adoption-mixed`).
   *
   * @default - a new Service
   */
  readonly root?: ExistingService;

  /**
   * Which pods the root Service selects.
   *
   * @default - those of the version whose leaf the root is; else what suits the mesh: `RootSelector.allVersions()` unless it says otherwise
   */
  readonly rootSelector?: RootSelector;

  /**
   * Type of the root Service. The versions' own Services are always of type ClusterIP. `EXTERNAL_NAME` is refused (`service-type-invalid`).
   *
   * @default kplus.ServiceType.CLUSTER_IP
   */
  readonly serviceType?: kplus.ServiceType;

  /**
   * Name of one service account for all versions.
   *
   * @default - each version has its own, named after it
   */
  readonly serviceAccountName?: string;

  /**
   * Labels for every object that is made, pods excepted.
   *
   * @default - the label of the service, and on objects of one version that of the version
   */
  readonly labels?: { [key: string]: string };
}
