import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { Mesh } from './index';
import { meshMissing } from './mesh-missing';
import { addFindings } from '../app/findings';
import { duplicateObjects } from '../app/object-index';
import { Finding } from '../model/finding';
import { Report } from '../model/report';

/**
 * Properties of `MeshNamespace`.
 */
export interface MeshNamespaceProps {
  /**
   * Name of the namespace, a DNS label (`name-invalid` otherwise).
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Mesh that the pods of the namespace belong to.
   *
   * @default - the one chosen with `Mesh.setDefault`; without one, the namespace is refused (`mesh-missing`), because its pods would belong to none
   */
  readonly mesh?: Mesh;

  /**
   * More labels.
   *
   * @default - just those that the mesh asks for
   */
  readonly labels?: { [key: string]: string };
}

/**
 * A Namespace whose pods belong to the mesh. Declare it before what it holds, so that it comes first in the manifests.
 */
export class MeshNamespace extends Construct {
  /** Name of the namespace. */
  public readonly namespaceName: string;

  private readonly labels: { [key: string]: string };
  private readonly mesh?: Mesh;

  /**
   * Declares a namespace.
   *
   * @param scope a chart, or a construct in one
   * @param id id of the construct
   * @param props properties
   */
  public constructor(scope: Construct, id: string, props: MeshNamespaceProps = {}) {
    super(scope, id);
    this.mesh = props.mesh ?? Mesh.of(this);
    const { labels, annotations } = this.mesh?._driver.namespaceMetadata ?? {};
    this.labels = { ...labels, ...props.labels };
    this.namespaceName = props.name ?? id;
    const object = new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: this.namespaceName, labels: Object.keys(this.labels).length > 0 ? this.labels : undefined, annotations },
    });
    // The chart's own namespace is not for objects that stand outside of namespaces.
    object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    addFindings(this, () => this.findings());
  }

  private findings(): Finding[] {
    const report = new Report(this.node.path);
    report.name('name', this.namespaceName, 'dns-1123-label', 'give a valid `name`');
    for (const [key, value] of Object.entries(this.labels)) {
      report.name('labels', key, 'label-key', 'give a valid label key');
      report.name('labels', value, 'label-value', 'give a valid label value');
    }
    return [...report.findings, ...this.mesh ? [] : meshMissing(this.node.path, 'namespace'), ...duplicateObjects(this)];
  }
}
