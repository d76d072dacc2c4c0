import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { Mesh } from './index';
import { nameProblem } from '../model/names';

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
   * @default - the one chosen with `Mesh.setDefault`; without one, the namespace is labelled for none
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

  /**
   * Declares a namespace.
   *
   * @param scope a chart, or a construct in one
   * @param id id of the construct
   * @param props properties
   */
  public constructor(scope: Construct, id: string, props: MeshNamespaceProps = {}) {
    super(scope, id);
    const mesh = props.mesh ?? Mesh.of(this);
    const labels = { ...mesh?._driver.namespaceLabels, ...props.labels };
    this.namespaceName = props.name ?? id;
    const object = new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: this.namespaceName, labels: Object.keys(labels).length > 0 ? labels : undefined },
    });
    // The chart's own namespace is not for objects that stand outside of namespaces.
    object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    this.node.addValidation({ validate: () => this.problems() });
  }

  private problems(): string[] {
    const problem = nameProblem(this.namespaceName, 'dns-1123-label');
    return problem ? [`name-invalid at name: ${problem}; give a valid \`name\``] : [];
  }
}
