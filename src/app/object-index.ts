import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Finding } from '../model/finding';
import { Report } from '../model/report';

/** Who declares an object: several paths where the cluster would see one object. */
interface ObjectIndex {
  readonly paths: ReadonlyMap<string, readonly string[]>;
  readonly constructs: ReadonlySet<IConstruct>;
  /** Constructs that asked already. One that asks again stands in a new round of validation. */
  readonly askers: Set<IConstruct>;
}

const indexes = new WeakMap<IConstruct, ObjectIndex>();

/** Objects below a construct that are declared elsewhere in the app as well, except below the paths that another finding tells of. */
export function duplicateObjects(owner: IConstruct, except: readonly string[] = []): Finding[] {
  const report = new Report(owner.node.path);
  const paths = objectPaths(owner);
  const objects = owner.node.findAll().filter((construct) => ApiObject.isApiObject(construct)) as ApiObject[];
  const reported = new Set<string>();
  for (const object of objects) {
    const key = objectKey(object);
    const others = (paths.get(key) ?? []).filter((path) => path !== object.node.path);
    if (others.length === 0 || others.some((path) => except.some((known) => path.startsWith(`${known}/`))) || reported.has(key)) continue;
    reported.add(key);
    report.add('object-duplicate', object.node.path.slice(owner.node.path.length + 1), `${key} is declared by "${others[0]}" too`, 'give one of them another name');
  }
  return report.findings;
}

/**
 * Paths of all objects of the app by what the cluster knows them as.
 *
 * Validation asks each construct in turn, several times a synthesis. Looking through the whole app each time would cost the square of its
 * size, so one look serves a round: it is taken anew when a construct asks for the second time, or was not there before.
 */
function objectPaths(asker: IConstruct): ReadonlyMap<string, readonly string[]> {
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
function objectKey(object: ApiObject): string {
  const namespace = object.metadata.namespace ?? Chart.of(object).namespace ?? 'default';
  const place = object.kind === 'Namespace' ? '' : ` in namespace "${namespace}"`;
  return `${object.apiGroup}/${object.kind} "${object.metadata.name ?? object.name}"${place}`;
}

function look(root: IConstruct): Pick<ObjectIndex, 'paths' | 'constructs'> {
  const constructs = new Set(root.node.findAll());
  const paths = new Map<string, string[]>();
  for (const construct of constructs) {
    if (!ApiObject.isApiObject(construct)) continue;
    const key = objectKey(construct);
    const known = paths.get(key);
    if (known) known.push(construct.node.path);
    else paths.set(key, [construct.node.path]);
  }
  return { paths, constructs };
}
