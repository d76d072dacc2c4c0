import { Field } from './field';
import { KubeObject } from './kube-object';

/** Pods that come from one template. */
export interface Workload {
  readonly object: KubeObject;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly serviceAccount: string;
  /** Pods that are wanted; all of them count as ready. */
  readonly pods: number;
  readonly containerPorts: readonly ContainerPort[];
}

export interface ContainerPort {
  readonly name?: string;
  readonly number: number;
}

/** Kinds whose pods stand behind Services. Pods of a Job come and go: none of them is counted. */
const TEMPLATED: Readonly<Record<string, readonly string[]>> = {
  'apps': ['Deployment', 'StatefulSet', 'ReplicaSet', 'DaemonSet'],
  '': ['ReplicationController'],
  'argoproj.io': ['Rollout'],
};

/** The pods that an object asks for, if it asks for any. */
export function workloadOf(object: KubeObject, templateOf: (rollout: KubeObject) => Field | undefined): Workload | undefined {
  if (object.group === '' && object.kind === 'Pod') return made(object, object.root, 1);
  if (!TEMPLATED[object.group]?.includes(object.kind)) return undefined;
  const template = object.spec.at('template');
  return made(object, template.exists ? template : templateOf(object) ?? template, podCount(object));
}

/** A paused Deployment that never ran has no pods, and whether it ran does not stand here: it counts as running. */
function podCount({ kind, spec }: KubeObject): number {
  // How many nodes there are nobody knows: one pod stands for them all.
  if (kind === 'DaemonSet') return 1;
  return Math.max(0, spec.at('replicas').integer() ?? 1);
}

function made(object: KubeObject, template: Field, pods: number): Workload {
  const metadata = template.at('metadata');
  const spec = template.at('spec');
  return {
    object,
    namespace: object.namespace,
    name: object.name,
    labels: metadata.at('labels').textMap(),
    annotations: metadata.at('annotations').textMap(),
    serviceAccount: spec.at('serviceAccountName').text() ?? spec.at('serviceAccount').text() ?? 'default',
    pods,
    containerPorts: [...spec.at('containers').items(), ...sidecars(spec)].flatMap(portsOf),
  };
}

/** Init containers that are restarted always run beside the others. */
function sidecars(spec: Field): Field[] {
  return spec.at('initContainers').items().filter((container) => container.at('restartPolicy').text() === 'Always');
}

function portsOf(container: Field): ContainerPort[] {
  return container.at('ports').items().flatMap((port) => {
    const number = port.at('containerPort').integer();
    return number === undefined ? [] : [{ name: port.at('name').text(), number }];
  });
}
