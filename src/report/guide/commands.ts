import { KubeObject } from '../../manifests/kube-object';
import { ObjectChange } from '../plan/object-changes';

/** A folder of manifests on the one that was applied before. */
export interface AppliedSet {
  /** Below the folder of the guide. */
  readonly folder: string;
  /** Whether its files lie in folders below it. */
  readonly nested: boolean;
  readonly objects: readonly KubeObject[];
  /** What it changes. */
  readonly changes: readonly ObjectChange[];
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'];

/**
 * What a person runs to go to a set, in this order: apply, wait until all that it uses is ready, delete what is no longer used.
 *
 * Waiting for an autoscaler means waiting for the pods: `kubectl wait` knows just equality, and it may want more than its minimum already.
 */
export function commandsOf({ folder, nested, objects, changes }: AppliedSet): string[] {
  const touched = new Set(changes.filter(({ how }) => how !== 'removed').map(({ object }) => object));
  const workloads = objects.filter(({ kind, title }) => WORKLOADS.includes(kind) && touched.has(title));
  const scaled = objects.filter((object) => object.kind === 'HorizontalPodAutoscaler' && (touched.has(object.title) || touched.has(targetOf(object))));
  return [
    `kubectl apply ${nested ? '-R ' : ''}-f ${folder}`,
    ...workloads.map((workload) => `kubectl rollout status ${named(workload)} --timeout=10m`),
    ...scaled.flatMap(waitForMinimum),
    ...deletions(changes.filter(({ how }) => how === 'removed')),
  ];
}

function targetOf({ spec, namespace }: KubeObject): string {
  const target = spec.at('scaleTargetRef');
  return `${target.at('kind').text() ?? ''} ${namespace ? `${namespace}/` : ''}${target.at('name').text() ?? ''}`;
}

/** One pod is there as soon as the Deployment is. */
function waitForMinimum({ spec, namespace }: KubeObject): string[] {
  const minimum = spec.at('minReplicas').integer() ?? 1;
  const target = spec.at('scaleTargetRef');
  if (minimum < 2) return [];
  const ready = `kubectl get ${target.at('kind').text()?.toLowerCase()}/${target.at('name').text()}${option(namespace)} -o jsonpath='{.status.readyReplicas}'`;
  return [`until n=$(${ready}); [ "\${n:-0}" -ge ${minimum} ]; do sleep 5; done`];
}

/** One command for each namespace, in the order of the changes: users before what they use. */
function deletions(removed: readonly ObjectChange[]): string[] {
  const namespaces = [...new Set(removed.map(({ namespace }) => namespace))];
  return namespaces.map((namespace) => {
    const names = removed.filter((change) => change.namespace === namespace).map(resource);
    return `kubectl delete${option(namespace)} --ignore-not-found ${names.join(' ')}`;
  });
}

function named({ apiVersion, kind, name, namespace }: KubeObject): string {
  return `${resource({ apiVersion, kind, name })}${option(namespace)}`;
}

/** Nothing for kinds without a namespace, and for objects that name none and so follow `kubectl`. */
function option(namespace: string): string {
  return namespace === '' ? '' : ` -n ${namespace}`;
}

/** `virtualservice.networking.istio.io/web`: without its group a kind may be that of another mesh. */
function resource({ apiVersion, kind, name }: Pick<ObjectChange, 'apiVersion' | 'kind' | 'name'>): string {
  const [group, version] = apiVersion.split('/');
  return `${kind.toLowerCase()}${version === undefined || group === 'apps' ? '' : `.${group}`}/${name}`;
}
