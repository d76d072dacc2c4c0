import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/** Who declares an object: several paths where the cluster would see one object. */
interface ObjectIndex {
  readonly paths: ReadonlyMap<string, readonly string[]>;
  readonly constructs: ReadonlySet<IConstruct>;
  /** Constructs that asked already. One that asks again stands in a new round of validation. */
  readonly askers: Set<IConstruct>;
}

const indexes = new WeakMap<IConstruct, ObjectIndex>();

/**
 * Paths of all objects of the app by what the cluster knows them as.
 *
 * Validation asks each construct in turn, several times a synthesis. Looking through the whole app each time would cost the square of its
 * size, so one look serves a round: it is taken anew when a construct asks for the second time, or was not there before.
 */
export function objectPaths(asker: IConstruct): ReadonlyMap<string, readonly string[]> {
  const root = asker.node.root;
  const known = indexes.get(root);
  if (known && known.constructs.has(asker) && !known.askers.has(asker)) {
    known.askers.add(asker);
    return known.paths;
  }
  const index = { ...look(root), askers: new Set([asker]) };
  indexes.set(root, index);
  return index.paths;
}

/** Group, kind, namespace and name: versions of one group are the same object. */
export function objectKey(object: ApiObject): string {
  const namespace = object.metadata.namespace ?? Chart.of(object).namespace ?? 'default';
  return `${object.apiGroup}/${object.kind} "${object.metadata.name ?? object.name}" in namespace "${namespace}"`;
}

function look(root: IConstruct): Pick<ObjectIndex, 'paths' | 'constructs'> {
  const constructs = new Set(root.node.findAll());
  const paths = new Map<string, string[]>();
  for (const construct of constructs) {
    if (!ApiObject.isApiObject(construct)) continue;
    const key = objectKey(construct);
    paths.set(key, [...(paths.get(key) ?? []), construct.node.path]);
  }
  return { paths, constructs };
}
