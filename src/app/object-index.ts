import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Finding } from '../model/finding';
import { Report } from '../model/report';

/** All objects of an app. */
export interface ObjectIndex {
  /** Who declares an object that is declared several times, by what the cluster knows it as. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
  /** Objects of all namespaces, by `named`. */
  readonly byName: ReadonlyMap<string, readonly ApiObject[]>;
  readonly constructs: ReadonlySet<IConstruct>;
  /** Constructs that asked already. One that asks again stands in a new round of validation. */
  readonly askers: Set<IConstruct>;
}

const indexes = new WeakMap<IConstruct, ObjectIndex>();

/** Objects below a construct that are declared elsewhere in the app as well, except below the paths that another finding tells of. */
export function duplicateObjects(owner: IConstruct, except: readonly string[] = [], { paths } = objectIndex(owner)): Finding[] {
  const report = new Report(owner.node.path);
  if (paths.size === 0) return report.findings;
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

/** Objects of one kind and name, whatever their namespace. */
export function objectsNamed({ byName }: ObjectIndex, group: string, kind: string, name: string): readonly ApiObject[] {
  return byName.get(named(group, kind, name)) ?? [];
}

/**
 * The objects of the app that a construct belongs to.
 *
 * Validation asks each construct in turn, several times a synthesis. Looking through the whole app each time would cost the square of its
 * size, so one look serves a round: it is taken anew when a construct asks for the second time, or was not there before.
 */
export function objectIndex(asker: IConstruct): ObjectIndex {
  const root = asker.node.root;
  const known = indexes.get(root);
  if (known && known.constructs.has(asker) && !known.askers.has(asker)) {
    known.askers.add(asker);
    return known;
  }
  const index = { ...look(root), askers: new Set([asker]) };
  indexes.set(root, index);
  return index;
}

/** Group, kind, namespace and name: versions of one group are the same object. */
function objectKey(object: ApiObject): string {
  const namespace = object.metadata.namespace ?? Chart.of(object).namespace ?? 'default';
  const place = object.kind === 'Namespace' ? '' : ` in namespace "${namespace}"`;
  return `${named(object.apiGroup, object.kind, nameOf(object))}${place}`;
}

function nameOf({ metadata, name }: ApiObject): string {
  return metadata.name ?? name;
}

function named(group: string, kind: string, name: string): string {
  return `${group}/${kind} "${name}"`;
}

function look(root: IConstruct): Omit<ObjectIndex, 'askers'> {
  const constructs = new Set(root.node.findAll());
  const paths = new Map<string, string[]>();
  const byName = new Map<string, ApiObject[]>();
  for (const construct of constructs) {
    if (!ApiObject.isApiObject(construct)) continue;
    add(paths, objectKey(construct), construct.node.path);
    add(byName, named(construct.apiGroup, construct.kind, nameOf(construct)), construct);
  }
  const repeated = [...paths].filter(([, declared]) => declared.length > 1);
  return { paths: new Map(repeated), byName, constructs };
}

function add<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}
