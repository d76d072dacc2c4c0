import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Autoscaling } from './autoscaling';
import { ConfigFiles } from './config-files';
import { DisruptionBudget } from './disruption-budget';
import { ExistingDeployment } from './existing-deployment';
import { TrafficPolicy } from './traffic-policy';

/**
 * One version of the service: its pods and what they are called.
 *
 * A version comes from an `image`, from `containers`, or is an existing Deployment (`existing`, `deployment`): just one of them (`pods-invalid`
 * otherwise). Settings without a default here are left to Kubernetes when they are left out: nothing is written for them.
 */
export interface VersionProps {
  /**
   * Name of the version, a DNS label such as `v2`. Refused when used twice (`version-duplicate`) or malformed (`name-invalid`).
   */
  readonly name: string;

  /**
   * Image of the version's only container.
   *
   * @default - given by `containers` or `deployment`
   */
  readonly image?: string;

  /**
   * All containers, as cdk8s-plus declares them. Unlike there, what is left out is left to Kubernetes: no resources, security settings,
   * pull policy or startup probe come by themselves. If none of them names a port, the first one gets those of the service.
   *
   * @default - one container, from `image`
   */
  readonly containers?: kplus.ContainerProps[];

  /**
   * A Deployment that exists in the app already. Its selector stays; its pods get the labels of the service and the version, which restarts
   * those that run (`existing` leaves them alone). Refused when the labels are taken with other values (`deployment-labels`), when other pod
   * settings stand beside it (`deployment-mixed`), or when its selector takes in another version's pods (`selector-overlap`).
   *
   * @default - a new Deployment
   */
  readonly deployment?: kplus.Deployment;

  /**
   * A Deployment that runs already and is taken over untouched. Nothing about its pods can be said here (`deployment-mixed`), and its selector and
   * that of the root Service have to stay as they are (`adoption-selectors`).
   *
   * @default - a new Deployment
   */
  readonly existing?: ExistingDeployment;

  /**
   * Number of pods, from 0 on (`replicas-invalid` otherwise). With a weight above 0 it has to be 1 at least (`version-without-replicas`).
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * An autoscaler for the pods, instead of `replicas` (`autoscaling-mixed`): the Deployment then says no number.
   *
   * @default - none
   */
  readonly autoscaling?: Autoscaling;

  /**
   * How many pods may be gone when nodes are emptied.
   *
   * @default - all of them
   */
  readonly disruptionBudget?: DisruptionBudget;

  /**
   * Value of the version label.
   *
   * @default - the name of the version
   */
  readonly versionLabel?: string;

  /**
   * Name of the version's Deployment.
   *
   * @default - root and version: `reviews-v2`
   */
  readonly deploymentName?: string;

  /**
   * Name of the version's own Service, also called leaf. With the name of the root, the root is the leaf: it selects this version's pods, and
   * is one of its own backends. Only for meshes whose root need not select every version (`root-selector-unfit` otherwise).
   *
   * @default - root and version: `reviews-v2`; that of the root for an `existing` version whose pods alone an existing root selects, where the mesh
   * allows it
   */
  readonly leafName?: string;

  /**
   * Name of the service account that is made for the version. Versions may share one by giving the same name.
   *
   * @default - the service's `serviceAccountName`; without it, root and version: `reviews-v2`
   */
  readonly serviceAccountName?: string;

  /**
   * A service account that exists already in the same namespace, so that none is made. Not together with `serviceAccountName` (`pods-invalid`
   * otherwise).
   *
   * @default - one is made
   */
  readonly serviceAccount?: kplus.IServiceAccount;

  /**
   * Entry point of the container made from `image`.
   *
   * @default - that of the image
   */
  readonly command?: string[];

  /**
   * Arguments of the container made from `image`.
   *
   * @default - those of the image
   */
  readonly args?: string[];

  /**
   * Environment variables of the container made from `image`, written in the order of their names. Use `containers` where one refers to another.
   *
   * @default - none
   */
  readonly env?: { [name: string]: kplus.EnvValue };

  /**
   * Configuration files for the first container, in a ConfigMap of the version's own.
   *
   * @default - none
   */
  readonly configFiles?: ConfigFiles;

  /**
   * Requests and limits of the container made from `image`.
   *
   * @default - none
   */
  readonly resources?: kplus.ContainerResources;

  /**
   * When the container made from `image` may get traffic.
   *
   * @default - as soon as it runs
   */
  readonly readiness?: kplus.Probe;

  /**
   * When the container made from `image` is restarted.
   *
   * @default - when it ends
   */
  readonly liveness?: kplus.Probe;

  /**
   * When the container made from `image` counts as started.
   *
   * @default - at once
   */
  readonly startup?: kplus.Probe;

  /**
   * When the image is pulled, for the container made from `image`.
   *
   * @default - chosen by Kubernetes: always for the tag `latest`, else if the node lacks it
   */
  readonly imagePullPolicy?: kplus.ImagePullPolicy;

  /**
   * Names of the Secrets that hold registry credentials.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];

  /**
   * Whether the container made from `image` gets a terminal.
   *
   * @default false
   */
  readonly tty?: boolean;

  /**
   * More labels for the pods.
   *
   * @default - just those of the service and the version
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Annotations for the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: { [key: string]: string };

  /**
   * Security settings of the pods.
   *
   * @default - none
   */
  readonly securityContext?: kplus.PodSecurityContextProps;

  /**
   * How long pods may take to end, in whole seconds (`pods-invalid` otherwise).
   *
   * @default - chosen by Kubernetes: 30 seconds
   */
  readonly terminationGracePeriod?: Duration;

  /**
   * Whether the containers get the token of the service account.
   *
   * @default - chosen by Kubernetes: yes, unless the account says otherwise
   */
  readonly automountServiceAccountToken?: boolean;

  /**
   * How pods are replaced when the version itself changes: surge and unavailability as numbers or percent.
   *
   * @default - chosen by Kubernetes: a rolling update, 25 % surge, 25 % unavailable
   */
  readonly strategy?: kplus.DeploymentStrategy;

  /**
   * How long a pod has to be ready to count as available, in whole seconds (`pods-invalid` otherwise). It gets traffic as soon as it is ready.
   *
   * @default - no time
   */
  readonly minReady?: Duration;

  /**
   * Traffic policy of this version alone. Each part of it (load balancing, connection pool, outlier detection) takes the place of the
   * service's; parts that it leaves out are the service's.
   *
   * @default - that of the service
   */
  readonly trafficPolicy?: TrafficPolicy;
}
