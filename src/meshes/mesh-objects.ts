import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { NAMED_OBJECTS } from '../manifests/named-objects';
import { Metadata, RoutingModel, Version } from '../model/routing-model';

export interface MeshObject extends Metadata {
  /** Id of the construct; the kind unless an object of that kind stands there already. */
  readonly id?: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** The manifest, of which only the spec is used; read at synthesis, when all checks have passed. */
  readonly manifest: () => { readonly spec?: unknown };
}

/** Writes one object of a mesh. API versions are data: the imported classes know one each, and all versions in use share its schema. */
export function writeObject(scope: Construct, object: MeshObject): ApiObject {
  const { id, apiVersion, kind, name, namespace, labels, annotations, manifest } = object;
  return new ApiObject(scope, id ?? kind, {
    apiVersion,
    kind,
    metadata: { name, namespace, labels: labels && { ...labels }, annotations: annotations && { ...annotations } },
    spec: Lazy.any({ produce: () => manifest().spec }),
  });
}

/** Writes one object that belongs to a service, or to one version of it: in its namespace, with its labels. */
export function writeFor(model: RoutingModel, scope: Construct, object: Omit<MeshObject, 'namespace' | 'labels'>, version?: Version): ApiObject {
  const labels = version ? { ...model.labels, [model.versionKey]: version.label } : model.labels;
  return writeObject(scope, { ...object, annotations: withNamed(model, object.annotations), namespace: model.namespace, labels });
}

/** Says on each object what it counts on. */
function withNamed({ named = [] }: RoutingModel, annotations: Metadata['annotations']): Metadata['annotations'] {
  return named.length > 0 ? { ...annotations, [NAMED_OBJECTS]: JSON.stringify(named) } : annotations;
}
