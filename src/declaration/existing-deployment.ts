import { IConstruct } from 'constructs';
import { ExistingObject, inCluster, inConstruct, inFile, inText, withReplicas } from './existing-object';
import { ExistingPods, podsOf } from './existing-pods';

const KIND = { group: 'apps', kind: 'Deployment' };

/**
 * Options for `ExistingDeployment.fromConstruct`, `.fromYaml` and `.fromFile`, and those of `ExistingService`.
 */
export interface ExistingOptions {
  /**
   * Name of the object that is meant.
   *
   * @default - the only one of its kind; several are refused (`adoption-invalid`)
   */
  readonly name?: string;
}

/**
 * What a Deployment in the cluster looks like. It is taken at its word: `kubectl get deployment <name> -o yaml` shows it.
 */
export interface NamedDeploymentProps {
  /**
   * Its `spec.selector.matchLabels`.
   */
  readonly matchLabels: { [key: string]: string };

  /**
   * Labels of its pods, from `spec.template.metadata.labels`.
   *
   * @default - those that it selects, and no others
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Annotations of its pods, from `spec.template.metadata.annotations`.
   *
   * @default - none
   */
  readonly podAnnotations?: { [key: string]: string };

  /**
   * Number of its pods.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Account that its pods run under.
   *
   * @default 'default'
   */
  readonly serviceAccountName?: string;
}

/**
 * A Deployment that runs already and stays as it is, to be taken over as a version: selector and pod template are not touched, so that no pod
 * restarts. Nor is the number of pods, unless a rollout says it: that can only be said of a Deployment that is written here (`fromYaml`, `fromFile`),
 * and so it is with its retirement.
 *
 * Its pods are known by the labels that it selects (`spec.selector.matchLabels`); they need no version label.
 */
export class ExistingDeployment {
  /**
   * A Deployment of this app: one of cdk8s-plus, an `Include`, an `ApiObject`, or what holds one. It is written where it is declared.
   *
   * @param construct the object, or a construct around it
   * @param options which one, if there are several
   */
  public static fromConstruct(construct: IConstruct, options: ExistingOptions = {}): ExistingDeployment {
    return new ExistingDeployment(inConstruct(construct, { ...KIND, ...options }));
  }

  /**
   * A Deployment in a YAML or JSON text. It is written with the service, without what the cluster added (`status`, `resourceVersion` and the like).
   *
   * @param text the text; other objects in it are passed by
   * @param options which one, if there are several
   */
  public static fromYaml(text: string, options: ExistingOptions = {}): ExistingDeployment {
    return new ExistingDeployment(inText(text, { ...KIND, ...options }));
  }

  /**
   * A Deployment in a YAML or JSON file, or in a folder of them. It is written with the service, as from `fromYaml`.
   *
   * @param path the file or folder, from where the app runs
   * @param options which one, if there are several
   */
  public static fromFile(path: string, options: ExistingOptions = {}): ExistingDeployment {
    return new ExistingDeployment(inFile(path, { ...KIND, ...options }));
  }

  /**
   * A Deployment that somebody else writes. It is not written here.
   *
   * @param name its name, in the namespace of the service
   * @param props what it looks like
   */
  public static byName(name: string, props: NamedDeploymentProps): ExistingDeployment {
    const metadata = { labels: props.podLabels ?? props.matchLabels, annotations: props.podAnnotations };
    const template = { metadata, spec: { serviceAccountName: props.serviceAccountName } };
    const spec = { replicas: props.replicas, selector: { matchLabels: props.matchLabels }, template };
    return new ExistingDeployment(inCluster({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec }));
  }

  private constructor(
    /** @internal */
    public readonly _object: ExistingObject,
  ) {}

  /** Whether it is written here, and a rollout may change its number of pods or leave it out. @internal */
  public get _ours(): boolean {
    return this._object.written === 'here';
  }

  /** @internal */
  public _withReplicas(replicas: number): ExistingDeployment {
    return new ExistingDeployment(withReplicas(this._object, replicas));
  }

  /** @internal */
  public _read(): ExistingPods | undefined {
    const found = this._object.read();
    return 'object' in found ? podsOf(found.object) : undefined;
  }
}
