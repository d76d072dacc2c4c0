import { Field, FieldProblem } from './field';

/** Where an object was found. */
export interface Origin {
  /** File, `-` for the standard input, or the construct path of an object of an app. */
  readonly file: string;
  /** Number of the document in the file, from 1; with `item` in a list. */
  readonly document?: number;
  /** Line that the document begins on, from 1. */
  readonly line?: number;
}

/** Kinds without a namespace, of the groups that are read here. */
const CLUSTER_SCOPED = new Set(['Namespace', 'Node', 'PersistentVolume', 'CustomResourceDefinition', 'ClusterRole', 'ClusterRoleBinding', 'GatewayClass', 'IngressClass',
  'StorageClass', 'PriorityClass', 'ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'APIService', 'RuntimeClass', 'Mesh']);

/** A Kubernetes object as it was written, by anybody. */
export class KubeObject {
  public readonly problems: FieldProblem[] = [];
  public readonly root: Field;
  public readonly apiVersion: string;
  public readonly group: string;
  public readonly version: string;
  public readonly kind: string;
  public readonly name: string;
  /** Empty for kinds without one. */
  public readonly namespace: string;
  public readonly labels: Readonly<Record<string, string>>;
  public readonly annotations: Readonly<Record<string, string>>;
  /** When a cluster made it, where the document says so. */
  public readonly created?: string;

  /**
   * @param document the parsed document
   * @param origin where it stands
   * @param defaultNamespace namespace of objects that name none
   */
  public constructor(public readonly document: unknown, public readonly origin: Origin, defaultNamespace: string) {
    this.root = new Field(document, '', this.problems);
    this.apiVersion = this.root.at('apiVersion').text() ?? '';
    const slash = this.apiVersion.indexOf('/');
    this.group = slash < 0 ? '' : this.apiVersion.slice(0, slash);
    this.version = this.apiVersion.slice(slash + 1);
    this.kind = this.root.at('kind').text() ?? '';
    const metadata = this.root.at('metadata');
    this.name = metadata.at('name').text() ?? '';
    this.namespace = CLUSTER_SCOPED.has(this.kind) ? '' : metadata.at('namespace').text() ?? defaultNamespace;
    this.labels = metadata.at('labels').textMap();
    this.annotations = metadata.at('annotations').textMap();
    this.created = metadata.at('creationTimestamp').text();
  }

  public get spec(): Field {
    return this.root.at('spec');
  }

  /** `Service shop/web`. */
  public get title(): string {
    return `${this.kind} ${this.namespace ? `${this.namespace}/` : ''}${this.name}`;
  }

  /** What tells it from all others, whatever the version. */
  public get key(): string {
    return objectKey(this.group, this.kind, this.namespace, this.name);
  }
}

export function objectKey(group: string, kind: string, namespace: string, name: string): string {
  return `${group}/${kind}/${namespace}/${name}`;
}
