import { asApplied } from './as-applied';
import { FieldChange, fieldChanges } from './field-changes';
import { Cluster } from '../../manifests/cluster';
import { KubeObject } from '../../manifests/kube-object';

/** An object that two sets of manifests do not have in common. */
export interface ObjectChange {
  /** `VirtualService shop/web`. */
  readonly object: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty for kinds without one. */
  readonly namespace: string;
  readonly name: string;
  readonly how: 'added' | 'changed' | 'removed';
  /** Of a changed object. Values of Secrets are not shown. */
  readonly fields: readonly FieldChange[];
}

/** What is added and changed in the order of the newer manifests, then what is removed: the other way round, so that nothing goes before its user. */
export function objectChanges(before: Cluster, after: Cluster): ObjectChange[] {
  const old = new Map(before.objects.map((object) => [object.key, object]));
  const kept = new Set(after.objects.map(({ key }) => key));
  return [
    ...after.objects.flatMap((object) => change(old.get(object.key), object)),
    ...before.objects.filter(({ key }) => !kept.has(key)).reverse().map((object) => changeOf(object, 'removed')),
  ];
}

function change(before: KubeObject | undefined, after: KubeObject): ObjectChange[] {
  if (!before) return [changeOf(after, 'added')];
  const fields = fieldChanges(declared(asApplied(before.document, after.document)), declared(after.document));
  return fields.length === 0 ? [] : [changeOf(after, 'changed', after.kind === 'Secret' ? fields.map(hidden) : fields)];
}

function changeOf({ title, apiVersion, kind, namespace, name }: KubeObject, how: ObjectChange['how'], fields: readonly FieldChange[] = []): ObjectChange {
  return { object: title, apiVersion, kind, namespace, name, how, fields };
}

function hidden({ path, ...values }: FieldChange): FieldChange {
  return { path, ...'from' in values ? { from: HIDDEN } : {}, ...'to' in values ? { to: HIDDEN } : {} };
}

const HIDDEN = '(hidden)';

/** Written by the API server and by kubectl, not by anybody who declares an object. */
const OF_THE_SERVER = ['creationTimestamp', 'deletionTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'];
const OF_KUBECTL = 'kubectl.kubernetes.io/last-applied-configuration';

function declared(document: unknown): unknown {
  const { status, metadata, ...rest } = document as Readonly<Record<string, unknown>>;
  const { annotations, ...others } = without(metadata, OF_THE_SERVER);
  const own = without(annotations, [OF_KUBECTL]);
  return { ...rest, metadata: { ...others, ...Object.keys(own).length === 0 ? {} : { annotations: own } } };
}

function without(map: unknown, keys: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(map ?? {}).filter(([key]) => !keys.includes(key)));
}
