import { versionOf } from '../../evaluation/version-of';
import { Cluster } from '../../manifests/cluster';
import { Field } from '../../manifests/field';
import { bytesText, cpuText, quantity } from '../../manifests/quantity';
import { Workload } from '../../manifests/workload';

/** Pods of one workload and what they request; `most` where an autoscaler may add some. What a mesh injects is not counted. */
export interface PlannedLoad {
  /** `Deployment shop/web-v1`. */
  readonly workload: string;
  readonly version: string;
  readonly least: Load;
  readonly most: Load;
  /** What containers do not say, and so is not counted: `memory of "web"`. */
  readonly unstated: readonly string[];
}

export interface Load {
  readonly pods: number;
  /** Quantity: cores. */
  readonly cpu: string;
  /** Quantity: bytes. */
  readonly memory: string;
}

export function loadsOf(cluster: Cluster): PlannedLoad[] {
  return cluster.workloads.map((workload) => {
    const [least, most] = podNumbers(cluster, workload);
    const pod = perPod(workload);
    return {
      workload: workload.object.title,
      version: versionOf(workload),
      least: loadOf(least, pod),
      most: loadOf(most, pod),
      unstated: [...pod.cpu.unstated, ...pod.memory.unstated],
    };
  });
}

/** All of them together. */
export function sumOf(loads: readonly Load[]): Load {
  const sum = (resource: Resource) => loads.reduce((all, load) => all + (quantity(load[resource]) ?? 0n), 0n);
  return { pods: loads.reduce((all, { pods }) => all + pods, 0), cpu: cpuText(sum('cpu')), memory: bytesText(sum('memory')) };
}

function loadOf(pods: number, { cpu, memory }: Readonly<Record<Resource, Requested>>): Load {
  return { pods, cpu: cpuText(BigInt(pods) * cpu.amount), memory: bytesText(BigInt(pods) * memory.amount) };
}

/** Fewest and most. An autoscaler leaves a workload without pods alone. */
function podNumbers(cluster: Cluster, { object, pods }: Workload): readonly [number, number] {
  const scaler = cluster.ofKind('autoscaling', 'HorizontalPodAutoscaler').find(({ namespace, spec }) => {
    const target = spec.at('scaleTargetRef');
    return namespace === object.namespace && target.at('kind').raw === object.kind && target.at('name').raw === object.name;
  });
  if (!scaler || pods === 0) return [pods, pods];
  const least = scaler.spec.at('minReplicas').integer() ?? 1;
  return [least, Math.max(least, scaler.spec.at('maxReplicas').integer() ?? least)];
}

type Resource = 'cpu' | 'memory';

interface Requested {
  readonly amount: bigint;
  readonly unstated: readonly string[];
}

/**
 * What the scheduler counts for one pod: the containers and sidecars together, or an init container with the sidecars before it, if that is more.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
function perPod({ object }: Workload): Readonly<Record<Resource, Requested>> {
  const pod = object.kind === 'Pod' ? object.spec : object.spec.at('template').at('spec');
  const containers = pod.at('containers').items();
  const starting = pod.at('initContainers').items();
  const sidecars = starting.filter(isSidecar);
  const requested = (resource: Resource): Requested => {
    const running = [...containers, ...sidecars];
    const peaks = starting.filter((container) => !isSidecar(container)).map((container) =>
      total([container, ...starting.slice(0, starting.indexOf(container)).filter(isSidecar)], resource));
    const amount = [total(running, resource), ...peaks].reduce((most, one) => (one > most ? one : most));
    const silent = running.filter((container) => requestOf(container, resource) === undefined);
    return { amount, unstated: silent.map((container) => `${resource === 'cpu' ? 'CPU' : resource} of "${container.at('name').text() ?? ''}"`) };
  };
  return { cpu: requested('cpu'), memory: requested('memory') };
}

function isSidecar(container: Field): boolean {
  return container.at('restartPolicy').raw === 'Always';
}

function total(containers: readonly Field[], resource: Resource): bigint {
  return containers.reduce((sum, container) => sum + (requestOf(container, resource) ?? 0n), 0n);
}

/** A limit without a request is one, too. */
function requestOf(container: Field, resource: Resource): bigint | undefined {
  const resources = container.at('resources');
  return quantity(resources.at('requests').at(resource).raw ?? resources.at('limits').at(resource).raw);
}
