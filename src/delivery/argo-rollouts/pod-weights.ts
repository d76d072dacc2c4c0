/**
 * The weight by which the controller gives the candidate just so many pods where pods make the shares, or `undefined` if there is none.
 * @see https://github.com/argoproj/argo-rollouts/blob/v1.10.2/utils/replicaset/canary.go (approximateWeightedCanaryStableReplicaCounts)
 */
export function weightForPods(pods: number, candidate: number): number | undefined {
  const weight = Math.round(100 * candidate / pods);
  const [chosen] = options(pods, weight).sort((one, other) => distance(one, weight) - distance(other, weight));
  return chosen?.candidate === candidate && chosen.total === pods ? weight : undefined;
}

interface Option {
  readonly candidate: number;
  readonly total: number;
}

/** One pod more than declared may be used, as long as updates may surge, which they do unless told otherwise. */
function options(pods: number, weight: number): Option[] {
  const up = Math.ceil(pods * weight / 100);
  const down = Math.floor(pods * weight / 100);
  const mayBeNone = weight === 0 || weight === 100;
  return [
    ...(up < pods || mayBeNone ? [{ candidate: up, total: pods }] : []),
    ...(!isTied(weight, pods) && (down !== 0 || mayBeNone) ? [{ candidate: down, total: pods }] : []),
    { candidate: up, total: pods + 1 },
    ...(!isTied(weight, pods + 1) && (down !== 0 || mayBeNone) ? [{ candidate: down, total: pods + 1 }] : []),
  ];
}

/** Half a pod: then only rounding up is looked at. */
function isTied(weight: number, pods: number): boolean {
  return (pods * weight / 100) % 1 === 0.5;
}

function distance({ candidate, total }: Option, weight: number): number {
  return Math.abs(weight - 100 * candidate / total);
}
